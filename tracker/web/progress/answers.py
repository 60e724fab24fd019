"""Views of one-click answers: the last text said again, and a submitted one taken back."""

from flask import flash, redirect, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.services.attestations import attest_last_text, take_back_report
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.progress.forms import AttestationForm
from tracker.web.progress.views import Page, blueprint, report_page
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction


@blueprint.post("/<int:report_id>/attest")
@requires(Action.SUBMIT_REPORT)
def attest(report_id: int) -> Page:
    form, seen = AttestationForm(), VersionedForm()
    try:
        with transaction() as session:
            attest_last_text(
                session,
                report_id=report_id,
                version=seen.seen_version,
                given_by=form.given_by.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        return _page_of_refused(report_id, form, refusal), status_of(refusal)
    except (Stale, WrongState) as refusal:
        return report_page(report_id, refusal=refusal), status_of(refusal)
    flash(
        gettext(
            "Submitted under your name as it was said last. You can take it back until a manager "
            "has decided on it."
        ),
        "success",
    )
    return redirect(url_for("dashboard.index"), 303)


@blueprint.post("/<int:report_id>/take-back")
@requires(Action.SUBMIT_REPORT)
def take_back(report_id: int) -> Page:
    form = VersionedForm()
    try:
        with transaction() as session:
            take_back_report(
                session,
                report_id=report_id,
                version=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Stale, WrongState) as refusal:
        return report_page(report_id, refusal=refusal), status_of(refusal)
    flash(gettext("The report is yours again. Its text is your draft now."), "success")
    return redirect(url_for("progress.edit", report_id=report_id), 303)


def _page_of_refused(report_id: int, form: AttestationForm, refusal: Invalid) -> str:
    """Return the page with the refusal at its field, or above where the last text is to blame."""
    if refusal.field != "given_by":
        return report_page(report_id, refusal=refusal)
    form.refuse(refusal)
    return report_page(report_id, attestation_form=form)
