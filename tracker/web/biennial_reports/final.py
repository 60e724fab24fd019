"""Views of the final edition: what it leaves out, what it does, and the decision to make it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.permissions import Action
from tracker.queries.biennial_report import published_count
from tracker.queries.completeness import missing_by_unit, missing_ids
from tracker.queries.editions import (
    TASK_KIND,
    PeriodWithEditions,
    find_newest_task,
    period_with_editions,
)
from tracker.queries.report_templates import sections_left_out
from tracker.queries.report_wordings import newest_wordings, unplaced_wordings
from tracker.queries.sign_offs import signed_languages
from tracker.queries.signing_posts import posts_of_period
from tracker.services.background_tasks import request_task
from tracker.web.biennial_reports.composed import composed_today
from tracker.web.biennial_reports.forms import FinalEditionForm
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.id_sets import packed_ids
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

MOST_NAMED = 120  # of the mandates that the edition would leave out, on one page
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
                "document_type": period.finals[0].document_type.value
                if period.is_frozen
                else form.document_type.data,
                "original_id": period.finals[0].id if period.is_frozen else None,
                "left_out": sorted(form.missing),
            },
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The final edition is being written."), "success")
    return redirect(url_for("biennial_reports.period", period_id=period_id, task=task.id), 303)


def _missing(session: Session, period: PeriodWithEditions) -> Sequence[int]:
    """Return what a final edition would leave out; its other languages leave out nothing more."""
    return () if period.is_frozen else missing_ids(session, period.id)


def _form(period: PeriodWithEditions, missing: Sequence[int]) -> FinalEditionForm:
    finals = period.finals if period.is_frozen else ()
    made = {edition.language for edition in finals}
    form = FinalEditionForm(
        [choice for choice in language_choices() if choice[0] not in made],
        missing=missing,
        symbol=finals[0].document_symbol if finals else "",
        document_type=_type_of_drafts(period),
    )
    if finals:  # its other languages are the same document
        del form.document_type
    return form


def _type_of_drafts(period: PeriodWithEditions) -> DocumentType:
    """Return what the newest draft of the whole report is: the final edition is made from it."""
    drafts = (edition for edition in period.editions if edition.scope.is_whole)
    return next((edition.document_type for edition in drafts), DocumentType.SESSION)


def _page(
    session: Session,
    period: PeriodWithEditions,
    missing: Sequence[int],
    form: FinalEditionForm,
) -> str:
    task = find_newest_task(session, period.id)
    units = () if period.is_frozen else missing_by_unit(session, period.id, most=MOST_NAMED)
    return render_template(
        "biennial_reports/final.html",
        period=period,
        form=form,
        seen=packed_ids(missing),
        lacks_signed=not period.is_frozen
        and bool(posts_of_period(session, period.id))
        and not signed_languages(session, period.id),
        missing_count=len(missing),
        units=units,
        submitted_count=sum(unit.submitted_count for unit in units),
        left_out=[] if period.is_frozen else sections_left_out(session, period.id),
        unplaced=_unplaced(session, period),
        published_count=published_count(session, period.id),
        is_running=task is not None and not task.is_over,
    )


def _unplaced(session: Session, period: PeriodWithEditions) -> dict[str, int]:
    """Return how many edited texts the final edition would print nowhere, by language."""
    if period.is_frozen:
        return {}
    told = {}
    for language, _name in language_choices():
        wordings = newest_wordings(session, period.id, language)
        if not any(wording.text for wording in wordings.values()):
            continue
        passages = composed_today(session, period, language).passages
        if passages is None:  # too long for a page, and nobody has had it composed
            continue
        placed = passages.with_keys(wordings.keys())
        lost = unplaced_wordings(wordings, [passage.key for passage in placed])
        if lost:
            told[language] = len(lost)
    return told
