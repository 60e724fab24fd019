"""Views of the final edition: what it leaves out, what it does, and the decision to make it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.permissions import Action
from tracker.queries.biennial_report import published_count
from tracker.queries.completeness import Missing, completeness
from tracker.queries.editions import (
    TASK_KIND,
    PeriodWithEditions,
    find_newest_task,
    period_with_editions,
)
from tracker.services.background_tasks import request_task
from tracker.web.biennial_reports.forms import FinalEditionForm
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:period_id>/final")
@requires(Action.GENERATE_REPORT)
def ask_for_final(period_id: int) -> Page:
    with reading() as session:
        period = period_with_editions(session, period_id)
        missing = _missing(session, period)
        return _page(session, period, missing, _form(period, missing))


@blueprint.post("/<int:period_id>/final")
@requires(Action.GENERATE_REPORT)
def make_final(period_id: int) -> Page:
    with transaction() as session:
        period = period_with_editions(session, period_id)
        missing = _missing(session, period)
        form = _form(period, missing)
        if not form.validate():
            return _page(session, period, missing, form), 400
        task = request_task(
            session,
            kind=TASK_KIND,
            arguments={
                "period_id": period_id,
                "language": form.language.data,
                "document_symbol": (form.document_symbol.data or "").strip(),
                "names_missing": bool(form.names_missing.data),
                "is_final": True,
                "original_id": period.finals[0].id if period.is_frozen else None,
                "left_out": sorted(form.missing),
            },
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The final edition is being written."), "success")
    return redirect(url_for("biennial_reports.period", period_id=period_id, task=task.id), 303)


def _missing(session: Session, period: PeriodWithEditions) -> tuple[Missing, ...]:
    """Return what a final edition would leave out; its other languages leave out nothing more."""
    return () if period.is_frozen else completeness(session, period.id).missing


def _form(period: PeriodWithEditions, missing: Sequence[Missing]) -> FinalEditionForm:
    finals = period.finals if period.is_frozen else ()
    made = {edition.language for edition in finals}
    return FinalEditionForm(
        [choice for choice in language_choices() if choice[0] not in made],
        missing=[item.report_id for item in missing],
        symbol=finals[0].document_symbol if finals else "",
    )


def _page(
    session: Session,
    period: PeriodWithEditions,
    missing: Sequence[Missing],
    form: FinalEditionForm,
) -> str:
    task = find_newest_task(session, period.id)
    return render_template(
        "biennial_reports/final.html",
        period=period,
        form=form,
        seen="-".join(str(item.report_id) for item in missing),
        missing=missing,
        published_count=published_count(session, period.id),
        is_running=task is not None and not task.is_over,
    )
