"""Views of the biennial report."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.layouts import DocumentType, Scope, ScopeKind, parse_scope
from tracker.domain.errors import NotFound
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
from tracker.queries.report_scopes import report_scopes, resolutions_named
from tracker.queries.report_templates import sections_left_out
from tracker.queries.sign_offs import sign_offs_of_period
from tracker.services.background_tasks import request_task
from tracker.services.biennial_reports import ComposedEdition, compose_edition
from tracker.services.kept_compositions import request_of_today as request_of
from tracker.services.report_templates import house_files
from tracker.web import filters
from tracker.web.biennial_reports.forms import DraftForm
from tracker.web.biennial_reports.source_hints import source_hints
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import CHARACTERS_NOT_SHOWN
from tracker.writing.biennial_report.glyphs import lacking_places
from tracker.writing.biennial_report.traced_page import Hint, with_ways_to_sources
from tracker.writing.biennial_report.web_page import write_fragment

PLACES_SHOWN = 20
"""Places with characters that the PDF cannot show that the preview names."""
MOST_PREVIEWED = 400  # mandates of a report that a page can show: a longer one weighs megabytes
MOST_NAMED = 60  # of the mandates without a cleared text, on one page
blueprint = Blueprint("biennial_reports", __name__, url_prefix="/reports")


@blueprint.get("")
@requires(Action.READ)
def periods() -> str:
    with reading() as session:
        return render_template(
            "biennial_reports/periods.html",
            periods=periods_with_editions(session),
            may_name=may_ever(actor(), Action.WRITE_NAME),
            may_see_sign_off=may_ever(actor(), Action.KEEP_ABSENCES),
            may_set_templates=may_ever(actor(), Action.SET_TEMPLATES),
        )


@blueprint.get("/<int:period_id>")
@requires(Action.READ)
def period(period_id: int) -> str:
    return _page(period_id, None)


@blueprint.get("/<int:period_id>/preview")
@requires(Action.SEE_COMPLIANCE)
def preview(period_id: int) -> str:
    with reading() as session:
        found = period_with_editions(session, period_id)
        count = published_count(session, period_id, asked_scope())
        if count > MOST_PREVIEWED:
            return render_template(
                "biennial_reports/preview_too_long.html",
                period=found,
                count=count,
                most=MOST_PREVIEWED,
                may_generate=may_ever(actor(), Action.GENERATE_REPORT),
            )
        composed = edition_wanted(session, found)
        hint = source_hints(session, composed.record)
    return render_template(
        "biennial_reports/preview.html",
        period=found,
        preview_language=composed.document.language,
        lacking=lacking_places(composed.document),
        shown=PLACES_SHOWN,
        may_word=may_ever(actor(), Action.GENERATE_REPORT),
        # The fragment is made by the writer's own template, which escapes every text.
        fragment=Markup(_with_ways(period_id, composed, hint)),  # noqa: S704
    )


@blueprint.post("/<int:period_id>/generate")
@requires(Action.GENERATE_REPORT)
def generate(period_id: int) -> Response | tuple[str, int]:
    with reading() as session:
        period_with_editions(session, period_id)
        form = _draft_form(session, period_id)
        is_valid = form.validate() and (
            not form.named or form.take_named(resolutions_named(session, period_id, form.named))
        )
    if not is_valid:
        return _page(period_id, form), 400
    if request.form.get("act") == "preview":
        return redirect(
            url_for(
                "biennial_reports.preview",
                period_id=period_id,
                language=form.language.data,
                type=form.document_type.data,
                scope=form.scope.data,
            ),
            303,
        )
    with transaction() as session:
        task = request_task(
            session,
            kind=TASK_KIND,
            arguments={
                "period_id": period_id,
                "language": form.language.data,
                "document_symbol": (form.document_symbol.data or "").strip(),
                "names_missing": bool(form.names_missing.data),
                "is_final": False,
                "has_sources": bool(form.has_sources.data),
                "document_type": form.document_type.data,
                "scope": form.scope.data,
            },
            actor=actor(),
            at=clock.now(),
        )
    return redirect(url_for("biennial_reports.period", period_id=period_id, task=task.id), 303)


def _with_ways(period_id: int, composed: ComposedEdition, hint: Hint) -> str:
    """Return the document as a fragment whose numbers lead to the rows they count."""
    return with_ways_to_sources(
        fragment_today(composed),
        composed.record,
        lambda key: url_for(
            "biennial_reports.sources_today",
            period_id=period_id,
            key=key,
            language=composed.document.language,
            type=request.args.get("type"),
            scope=request.args.get("scope"),
        ),
        hint,
    )


def fragment_today(composed: ComposedEdition) -> str:
    """Return the report as it would be made now as a fragment for a page."""
    files = house_files(composed.template, installation().files)
    return write_fragment(composed.document, files=files)


def edition_of_today(session: Session, found: PeriodWithEditions, language: str) -> ComposedEdition:
    """Return the report as it would be made now; of a frozen period from its own texts."""
    return compose_edition(session, request_of_today(found, language))


def request_of_today(found: PeriodWithEditions, language: str) -> EditionRequest:
    """Return what is asked for to make the report now; of a frozen period from its own texts."""
    time_zone = installation().settings.time_zone
    return request_of(
        found,
        language,
        entity_name=house().entity.name_in(language),
        time_zone=time_zone,
        today=clock.today(time_zone),
    )


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the house, each by its code and its name."""
    return [
        (language, filters.language_name(language).capitalize()) for language in house().languages
    ]


def edition_wanted(session: Session, found: PeriodWithEditions) -> ComposedEdition:
    """Return the report as it would be now, of the type and scope that the address names."""
    today = request_of_today(found, preview_language())
    kind, scope = request.args.get("type", ""), asked_scope()
    if kind not in set(DocumentType):
        return compose_edition(session, replace(today, scope=scope))
    wanted = replace(today, document_type=DocumentType(kind), scope=scope)
    return compose_edition(session, wanted)


def asked_scope() -> Scope:
    """Return what part of the report the address names, all of it where it names none."""
    scope = parse_scope(request.args.get("scope", "whole"))
    if scope is None:
        raise NotFound("There is no such part of the report. Choose one on its page.")
    return scope


def preview_language() -> str:
    """Return the language of the document that the address names, else the reader's."""
    wanted = request.args.get("language", "")
    return wanted if wanted in house().languages else filters.language()


def _draft_form(session: Session, period_id: int) -> DraftForm:
    chosen = parse_scope(request.form.get("scope", ""))
    is_one = chosen is not None and chosen.kind is ScopeKind.RESOLUTION
    kept = {chosen.subject_id} if chosen and is_one else set[int]()
    return DraftForm(language_choices(), report_scopes(session, period_id, kept=kept))


def _page(period_id: int, form: DraftForm | None) -> str:
    with reading() as session:
        if form is None:
            form = _draft_form(session, period_id)
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
            completeness=completeness(session, period_id, most=MOST_NAMED)
            if sees_missing
            else None,
            left_out=sections_left_out(session, period_id)
            if sees_missing and not found.is_frozen
            else [],
            sign_offs=sign_offs_of_period(session, period_id),
            published_count=published_count(session, period_id),
            not_shown=CHARACTERS_NOT_SHOWN,
            house_languages=language_choices(),
            may_generate=may_ever(actor(), Action.GENERATE_REPORT),
            may_open=may_ever(actor(), Action.OPEN_PERIOD),
        )
