"""Views of the biennial report."""

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report import ReportDocument
from tracker.domain.permissions import Action, may_ever
from tracker.queries.biennial_report import EditionRequest, published_count
from tracker.queries.completeness import completeness
from tracker.queries.editions import (
    TASK_KIND,
    PeriodWithEditions,
    find_newest_task,
    period_with_editions,
    periods_with_editions,
)
from tracker.services.background_tasks import request_task
from tracker.services.biennial_reports import compose_edition
from tracker.web import filters
from tracker.web.biennial_reports.forms import EditionForm
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report.web_page import write_fragment

blueprint = Blueprint("biennial_reports", __name__, url_prefix="/reports")


@blueprint.get("")
@requires(Action.READ)
def periods() -> str:
    with reading() as session:
        return render_template(
            "biennial_reports/periods.html",
            periods=periods_with_editions(session),
            may_name=may_ever(actor(), Action.WRITE_NAME),
        )


@blueprint.get("/<int:period_id>")
@requires(Action.READ)
def period(period_id: int) -> str:
    return _page(period_id, EditionForm(language_choices()))


@blueprint.get("/<int:period_id>/preview")
@requires(Action.SEE_COMPLIANCE)
def preview(period_id: int) -> str:
    with reading() as session:
        found = period_with_editions(session, period_id)
        document = document_of_today(session, found, _preview_language())
    return render_template(
        "biennial_reports/preview.html",
        period=found,
        preview_language=document.language,
        # The fragment is made by the writer's own template, which escapes every text.
        fragment=Markup(write_fragment(document)),  # noqa: S704
    )


@blueprint.post("/<int:period_id>/generate")
@requires(Action.GENERATE_REPORT)
def generate(period_id: int) -> Response | tuple[str, int]:
    form = EditionForm(language_choices())
    if not form.validate():
        return _page(period_id, form), 400
    with transaction() as session:
        period_with_editions(session, period_id)
        task = request_task(
            session,
            kind=TASK_KIND,
            arguments={
                "period_id": period_id,
                "language": form.language.data,
                "document_symbol": (form.document_symbol.data or "").strip(),
                "names_missing": bool(form.names_missing.data),
                "is_final": False,
            },
            actor=actor(),
            at=clock.now(),
        )
    return redirect(url_for("biennial_reports.period", period_id=period_id, task=task.id), 303)


def document_of_today(session: Session, found: PeriodWithEditions, language: str) -> ReportDocument:
    """Return the report as it would be made now; of a frozen period from its own texts."""
    time_zone = installation().settings.time_zone
    original = found.finals[0] if found.is_frozen else None
    return compose_edition(
        session,
        EditionRequest(
            period_id=found.id,
            language=language,
            entity_name=house().entity.name_in(language),
            issued_on=original.issued_on(time_zone) if original else clock.today(time_zone),
            original_id=original.id if original else None,
        ),
    )


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the house, each by its code and its name."""
    return [
        (language, filters.language_name(language).capitalize()) for language in house().languages
    ]


def _preview_language() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in house().languages else filters.language()


def _page(period_id: int, form: EditionForm) -> str:
    with reading() as session:
        found = period_with_editions(session, period_id)
        sees_missing = may_ever(actor(), Action.SEE_COMPLIANCE)
        task = find_newest_task(session, period_id)
        return render_template(
            "biennial_reports/period.html",
            period=found,
            shown=found.shown_in(filters.language()),
            form=form,
            task=task,
            # Whoever has just asked for the edition is told that it is ready; nobody else is.
            is_awaited=task is not None and request.args.get("task") == str(task.task_id),
            may_cancel=task is not None
            and (
                task.requested_by_id == actor().person_id
                or may_ever(actor(), Action.SETTLE_DELIVERY)
            ),
            completeness=completeness(session, period_id) if sees_missing else None,
            published_count=published_count(session, period_id),
            house_languages=language_choices(),
            may_generate=may_ever(actor(), Action.GENERATE_REPORT),
            may_open=may_ever(actor(), Action.OPEN_PERIOD),
        )
