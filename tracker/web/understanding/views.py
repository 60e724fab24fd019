"""Views of what is understood: of a whole resolution, and of one clause to change it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.clauses import slug_path
from tracker.domain.errors import Invalid, Stale
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.understanding import instrument_of_mandate, understanding_of
from tracker.queries.understood_clauses import UnderstandingPage, UnderstoodClause
from tracker.services.findings import accept_findings, decide_findings
from tracker.services.read_findings import read_again
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction
from tracker.web.understanding.forms import UnderstandForm

blueprint = Blueprint("understanding", __name__)
Page = str | tuple[str, int]


@blueprint.get("/resolutions/<int:instrument_id>/understood")
@requires(Action.READ)
def show(instrument_id: int) -> str:
    with reading() as session:
        page = understanding_of(session, instrument_id)
    is_waiting = request.args.get("show") == "waiting"
    return render_template(
        "understanding/show.html",
        page=page,
        clauses=[one for one in page.clauses if one.waiting_count or one.missing]
        if is_waiting
        else page.clauses,
        is_waiting=is_waiting,
        may_confirm=is_allowed(actor(), Action.CONFIRM_MANDATE),
    )


@blueprint.post("/resolutions/<int:instrument_id>/understood/accept")
@requires(Action.CONFIRM_MANDATE)
def accept(instrument_id: int) -> Response:
    with transaction() as session:
        count = accept_findings(session, instrument_id=instrument_id, actor=actor(), at=clock.now())
    accepted = ngettext("%(num)s finding is accepted.", "%(num)s findings are accepted.", count)
    flash(accepted, "success")
    return redirect(url_for("understanding.show", instrument_id=instrument_id), 303)


@blueprint.post("/resolutions/<int:instrument_id>/understood/read")
@requires(Action.CONFIRM_MANDATE)
def read(instrument_id: int) -> Response:
    with transaction() as session:
        count = read_again(
            session,
            instrument_id=instrument_id,
            entity=house().entity,
            actor=actor(),
            at=clock.now(),
        )
    flash(
        ngettext(
            "The clauses were read again: %(num)s finding waits for you.",
            "The clauses were read again: %(num)s findings wait for you.",
            count,
        ),
        "success",
    )
    return redirect(url_for("understanding.show", instrument_id=instrument_id), 303)


@blueprint.get("/mandates/<int:mandate_id>/understood")
@requires(Action.CONFIRM_MANDATE)
def edit(mandate_id: int) -> Page:
    page, clause = _clause(mandate_id)
    return _form_page(page, clause, UnderstandForm(clause))


@blueprint.post("/mandates/<int:mandate_id>/understood")
@requires(Action.CONFIRM_MANDATE)
def save(mandate_id: int) -> Response | Page:
    page, clause = _clause(mandate_id)
    form = UnderstandForm(clause)
    if not form.validate():
        return _form_page(page, clause, form), 400
    try:
        with transaction() as session:
            decide_findings(
                session,
                mandate_id=mandate_id,
                version=form.seen_version,
                values=form.values,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(page, clause, form), 400
    except Stale as refusal:
        form.refuse(refusal)
        return _form_page(page, clause, form), 409
    flash(gettext("What the clause asks is confirmed."), "success")
    path = slug_path(clause.path)
    return redirect(url_for("mandates.show", body=page.body_key, slug=page.slug, path=path), 303)


def _clause(mandate_id: int) -> tuple[UnderstandingPage, UnderstoodClause]:
    with reading() as session:
        instrument_id = instrument_of_mandate(session, mandate_id)
        page = understanding_of(session, instrument_id, mandate_id=mandate_id)
    return page, page.clauses[0]


def _form_page(page: UnderstandingPage, clause: UnderstoodClause, form: UnderstandForm) -> str:
    return render_template("understanding/edit.html", page=page, clause=clause, form=form)
