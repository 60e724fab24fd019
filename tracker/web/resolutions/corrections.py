"""Views that correct an imported clause: its words or its number, with the reason."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from tracker import clock
from tracker.domain.clauses import BlockKind, paragraph_label, slug_path
from tracker.domain.differences import word_difference
from tracker.domain.errors import Invalid, Stale
from tracker.domain.permissions import Action
from tracker.domain.review_paths import parse_path
from tracker.queries.clause_corrections import ClauseToCorrect, clause_to_correct
from tracker.services.corrections import correct_clause
from tracker.web.forms import VersionedForm
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


class CorrectionForm(VersionedForm):
    """The words and the number of a clause as they should be, and why."""

    text = TextAreaField(lazy_gettext("Words of the paragraph"))
    path = StringField(
        lazy_gettext("Number"),
        description=lazy_gettext(
            "As printed: 5 or 5(a)(i). The address under the former number keeps leading here."
        ),
    )
    reason = StringField(
        lazy_gettext("Reason"),
        description=lazy_gettext("For example: compared with the signed text."),
        validators=[Length(max=400, message=lazy_gettext("Enter at most %(max)d characters."))],
    )


@blueprint.get("/clauses/<int:clause_id>/correct")
@requires(Action.CORRECT_CLAUSE)
def correct(clause_id: int) -> str:
    clause = _clause(clause_id)
    return _correction_page(clause, _form(clause))


@blueprint.post("/clauses/<int:clause_id>/correct")
@requires(Action.CORRECT_CLAUSE)
def save_correction(clause_id: int) -> Response | Page:
    clause = _clause(clause_id)
    form = _form(clause)
    if not form.validate():
        return _correction_page(clause, form), 400
    try:
        is_clause = clause.kind is BlockKind.OPERATIVE
        path = parse_path(form.path.data or "") if is_clause else None
        with transaction() as session:
            correct_clause(
                session,
                clause_id=clause_id,
                version=form.seen_version,
                text=form.text.data or "",
                path=path,
                reason=form.reason.data or "",
                entity=house().entity,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _correction_page(clause, form), 400
    except Stale as refusal:
        form.refuse(refusal)
        return _correction_page(clause, form, is_stale=True), 409
    flash(gettext("The paragraph is corrected. What it said before is kept."), "success")
    return redirect(_address(_clause(clause_id)), 303)


def _clause(clause_id: int) -> ClauseToCorrect:
    with reading() as session:
        return clause_to_correct(session, clause_id)


def _form(clause: ClauseToCorrect) -> CorrectionForm:
    form = CorrectionForm(
        text=clause.text,
        path=paragraph_label(clause.reference.path) if clause.reference.path else "",
        version=clause.version,
    )
    if clause.kind is not BlockKind.OPERATIVE:
        del form.path
    return form


def _address(clause: ClauseToCorrect) -> str:
    reference = clause.reference
    if reference.path:
        path = slug_path(reference.path)
        return url_for("mandates.show", body=reference.body_key, slug=reference.slug, path=path)
    return url_for("resolutions.show", body=reference.body_key, slug=reference.slug)


def _correction_page(
    clause: ClauseToCorrect, form: CorrectionForm, *, is_stale: bool = False
) -> str:
    theirs = word_difference(form.text.data or "", clause.text) if is_stale else []
    return render_template(
        "resolutions/correct.html",
        clause=clause,
        form=form,
        theirs=theirs,
        back=_address(clause),
        corrections=[
            (each, word_difference(each.before, each.after)) for each in clause.corrections
        ],
    )
