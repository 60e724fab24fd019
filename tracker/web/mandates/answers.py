"""Views of answers: assignments accepted, several at once, or one declined with a reason."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from tracker import clock
from tracker.domain.assignments import LONGEST_REASON
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action, require
from tracker.queries.mandate_pages import MandatePage
from tracker.services.assignment_answers import answer_assignments
from tracker.web.forms import VersionedForm
from tracker.web.mandates.selection import read_selection
from tracker.web.mandates.views import blueprint, mandate_of, to_mandate
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction

Page = str | tuple[str, int]


class DeclineForm(VersionedForm):
    """Why somebody does not answer for a mandate."""

    reason = TextAreaField(
        lazy_gettext("Why is it not yours?"),
        description=lazy_gettext("The coordinator reads it. Name whom to ask instead, if you can."),
        render_kw={"maxlength": LONGEST_REASON},
    )


@blueprint.post("/mandates/accept")
@requires(Action.ANSWER_ASSIGNMENT)
def accept() -> Response:
    versions = read_selection(request.form).versions
    with transaction() as session:
        mandates = answer_assignments(
            session, versions=versions, is_accepted=True, actor=actor(), at=clock.now()
        )
    count = len(mandates)
    flash(
        ngettext(
            "%(num)s mandate is yours to report on.",
            "%(num)s mandates are yours to report on.",
            count,
        ),
        "success",
    )
    if request.form.get("at") == "mandate":
        return to_mandate(mandates[0].id)
    return redirect(url_for("dashboard.index"), 303)


@blueprint.get("/mandates/<int:mandate_id>/decline")
@requires(Action.ANSWER_ASSIGNMENT)
def decline(mandate_id: int) -> str:
    mandate = _own(mandate_id)
    return _page(mandate, DeclineForm(version=str(mandate.version)))


@blueprint.post("/mandates/<int:mandate_id>/decline")
@requires(Action.ANSWER_ASSIGNMENT)
def send_back(mandate_id: int) -> Response | Page:
    mandate, form = _own(mandate_id), DeclineForm()
    if not form.validate():
        return _page(mandate, form), 400
    try:
        with transaction() as session:
            answer_assignments(
                session,
                versions={mandate_id: form.seen_version},
                is_accepted=False,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(mandate, form), 400
    except (Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _page(mandate, form), 409
    flash(gettext("The mandate goes back to the coordinator, with your reason."), "success")
    return redirect(url_for("dashboard.index"), 303)


def _own(mandate_id: int) -> MandatePage:
    mandate = mandate_of(mandate_id)
    require(actor(), Action.ANSWER_ASSIGNMENT, unit_id=mandate.unit_id)
    return mandate


def _page(mandate: MandatePage, form: DeclineForm) -> str:
    return render_template("mandates/decline.html", mandate=mandate, form=form)
