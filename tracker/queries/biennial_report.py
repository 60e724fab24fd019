"""What the biennial report on a period is made from: cleared texts and activities alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.biennial_report import (
    Clearance,
    ReportContent,
    ReportMandate,
    ReportResolution,
)
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import WHOLE, DocumentType, Scope, ScopeKind
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Sensitivity
from tracker.domain.names import Named, Names
from tracker.domain.workflow import Move
from tracker.models.activities import Activity, ActivityLink
from tracker.models.biennial_reports import EditionRevision, EditionState, ReportEdition
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, Subprogramme
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.completeness import PUBLISHED
from tracker.queries.many_keys import is_among
from tracker.queries.names import names_in, titles_in
from tracker.queries.references import cited_in_print, printed_label
from tracker.queries.report_activities import report_activities
from tracker.queries.report_templates import (
    body_of_period,
    template_in_force,
    template_of_edition,
)
from tracker.queries.report_wordings import editorial_bases, editorial_texts

_UNCLASSIFIED = (
    Mandate.sensitivity == Sensitivity.UNCLASSIFIED,
    ProgressRevision.sensitivity == Sensitivity.UNCLASSIFIED,
)
_ClauseVersion = aliased(ClauseText)
_TitleVersion = aliased(InstrumentText)


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """What is printed on an edition besides its content."""

    period_id: int
    language: str
    entity_name: str
    issued_on: date
    document_symbol: str = ""
    is_draft: bool = True
    has_sources: bool = False  # with the annex that names who cleared what, for the house alone
    time_zone: str = "UTC"  # of the days in that annex
    # The final edition that this one says in another language: the same texts, whatever came since.
    original_id: int | None = None
    document_type: DocumentType = DocumentType.SESSION
    scope: Scope = WHOLE
    template: HouseTemplate | None = None  # one that is tried, in place of the one that holds


def find_period(session: Session, name: str) -> ReportingPeriod:
    """Return the period called ``name``; raise NotFound with the names there are."""
    period = session.scalar(select(ReportingPeriod).where(ReportingPeriod.name == name))
    if period is None:
        names = session.scalars(
            select(ReportingPeriod.name).order_by(ReportingPeriod.starts_on)
        ).all()
        if not names:
            raise NotFound(
                "There is no reporting period yet. Open one on the page Periods, then try again."
            )
        raise NotFound(
            "There is no reporting period %(name)s. Choose one of: %(names)s.",
            name=name,
            names=", ".join(names),
        )
    return period


def report_content(session: Session, request: EditionRequest) -> ReportContent:
    """Return everything that an edition of the report says, from cleared material alone.

    Confidential and internal mandates and activities are left out. Raise NotFound when there is
    no such period.
    """
    period = session.get(ReportingPeriod, request.period_id)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one on the page Reports.")
    host = session.get(BodySession, period.session_id) if period.session_id else None
    body = session.get(Body, host.body_id) if host else None
    names = names_in(session, request.language)
    resolutions = _resolutions(session, request, names)
    return ReportContent(
        entity_name=request.entity_name,
        body_name=names.of(Named.BODY, body.name)
        if body
        else (resolutions[0].body if resolutions else ""),
        period_name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        issued_on=request.issued_on,
        resolutions=resolutions,
        activities=report_activities(
            session, period, request.language, names, is_within=_activity_within(session, request)
        ),
        asked_report_ids=_asked_report_ids(session, request),
        session_name=names.of(Named.SESSION, host.name) if host else None,
        session_place=host.place if host else None,
        session_opens_on=host.opens_on if host else None,
        session_closes_on=host.closes_on if host else None,
        document_symbol=request.document_symbol or None,
        language=request.language,
        original_language=_original_language(resolutions, request.language),
        edition_number=_edition_number(session, request),
        is_draft=request.is_draft,
        editorial=editorial_texts(session, period.id, request.language),
        period_id=period.id,
        finals_before=_finals_before(session, request),
        clearances=_clearances(session, request, resolutions) if request.has_sources else None,
        document_type=request.document_type,
        scope_kind=request.scope.kind,
        scope_name=scope_name(session, request.scope, names),
        editorial_over=editorial_bases(session, period.id, request.language),
        template=_template(session, request),
    )


def _template(session: Session, request: EditionRequest) -> HouseTemplate | None:
    """Return the template that holds; of a final edition's other languages that of the edition."""
    if request.template is not None:
        return request.template
    if request.original_id is not None:
        return template_of_edition(session, request.original_id)
    body_id = body_of_period(session, request.period_id)
    return None if body_id is None else template_in_force(session, body_id, request.document_type)


def _clearances(
    session: Session, request: EditionRequest, resolutions: tuple[ReportResolution, ...]
) -> Mapping[int, Clearance]:
    """Return who cleared each of the texts on which day."""
    time_zone = ZoneInfo(request.time_zone)
    wanted = [mandate.revision_id for each in resolutions for mandate in each.mandates]
    rows = session.execute(
        select(
            ProgressRevision.id, ProgressRevision.number, ProgressRevision.written_at, Person.name
        )
        .join(Person, Person.id == ProgressRevision.written_by_id)
        .where(is_among(session, ProgressRevision.id, wanted))
    )
    return {
        revision_id: Clearance(number, name, written_at.astimezone(time_zone).date())
        for revision_id, number, written_at, name in rows
    }


def scope_name(session: Session, scope: Scope, names: Names) -> str:
    """Return the name of what a report is limited to, "" where it is not.

    Raise NotFound when there is no such thing.
    """
    match scope.kind:
        case ScopeKind.WHOLE:
            return ""
        case ScopeKind.UNIT:
            name = session.scalar(
                select(OrganizationalUnit.name).where(OrganizationalUnit.id == scope.subject_id)
            )
            found = name and names.of(Named.UNIT, name)
        case ScopeKind.SUBPROGRAMME:
            name = session.scalar(
                select(Subprogramme.name).where(Subprogramme.id == scope.subject_id)
            )
            found = name and names.of(Named.SUBPROGRAMME, name)
        case ScopeKind.RESOLUTION:
            found = session.scalar(
                select(Instrument.symbol).where(Instrument.id == scope.subject_id)
            )
    if not found:
        raise NotFound("There is no such unit, subprogramme or resolution. Choose one in the list.")
    return found


def reports_within(session: Session, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the reports within a scope; a unit holds those below it."""
    match scope.kind:
        case ScopeKind.WHOLE:
            return ()
        case ScopeKind.UNIT:
            return (ProgressReport.unit_id.in_(_units_of(session, scope.subject_id)),)
        case ScopeKind.SUBPROGRAMME:
            return (Mandate.subprogramme_id == scope.subject_id,)
        case ScopeKind.RESOLUTION:
            return (Mandate.instrument_id == scope.subject_id,)


def _activity_within(session: Session, request: EditionRequest) -> ColumnElement[bool] | None:
    scope = request.scope
    match scope.kind:
        case ScopeKind.WHOLE:
            return None
        case ScopeKind.UNIT:
            return Activity.unit_id.in_(_units_of(session, scope.subject_id))
        case ScopeKind.SUBPROGRAMME:
            return Activity.subprogramme_id == scope.subject_id
        case ScopeKind.RESOLUTION:
            linked = (
                select(ActivityLink.activity_id)
                .join(Mandate, Mandate.id == ActivityLink.mandate_id)
                .where(Mandate.instrument_id == scope.subject_id)
            )
            return Activity.id.in_(linked)


def _units_of(session: Session, unit_id: int) -> set[int]:
    """Return a unit and those below it."""
    parents = dict(
        session.execute(select(OrganizationalUnit.id, OrganizationalUnit.parent_id)).all()
    )
    found = {unit_id}
    while more := {key for key, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _asked_report_ids(session: Session, request: EditionRequest) -> tuple[int, ...]:
    asked = (
        select(ProgressReport.id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(
            ProgressReport.period_id == request.period_id,
            ~ProgressReport.is_waived,
            *reports_within(session, request.scope),
        )
    )
    if not request.scope.is_whole:
        return tuple(session.scalars(asked.order_by(ProgressReport.id)))
    by_reference = (
        asked.join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .order_by(Instrument.sort_key, Clause.position)
    )
    return tuple(session.scalars(by_reference))


def _finals_before(session: Session, request: EditionRequest) -> int:
    """Return how many final editions of the period came before the one that is made."""
    finals = select(func.count(ReportEdition.number.distinct())).where(
        ReportEdition.period_id == request.period_id, ReportEdition.state == EditionState.FINAL
    )
    if request.original_id is not None:
        own = select(ReportEdition.number).where(ReportEdition.id == request.original_id)
        finals = finals.where(ReportEdition.number < own.scalar_subquery())
    return session.scalar(finals) or 0


def _original_language(resolutions: tuple[ReportResolution, ...], language: str) -> str:
    """Return the language that most texts are written in: an edition in another is unofficial."""
    spoken = Counter(
        mandate.language for resolution in resolutions for mandate in resolution.mandates
    )
    return spoken.most_common(1)[0][0] if spoken else language


def _edition_number(session: Session, request: EditionRequest) -> int:
    """Return the number that the edition will bear; the languages of a final one share theirs."""
    numbers = select(func.max(ReportEdition.number)).where(
        ReportEdition.period_id == request.period_id
    )
    if request.original_id is not None:
        return session.scalar(numbers.where(ReportEdition.id == request.original_id)) or 1
    return (session.scalar(numbers) or 0) + 1


def _resolutions(
    session: Session, request: EditionRequest, names: Names
) -> tuple[ReportResolution, ...]:
    reported = _reported(request).where(*reports_within(session, request.scope))
    rows = session.execute(reported).all()
    chapeaux = _texts(session, {row.parent_id for row in rows if row.parent_id}, request.language)
    activities = _activity_titles(session, {row.mandate_id for row in rows}, request.language)
    set_aside = _set_aside(session, {row.instrument_id for row in rows})
    mandates: dict[int, list[ReportMandate]] = defaultdict(list)
    heads: dict[int, Row[tuple[object, ...]]] = {}
    for row in rows:
        heads.setdefault(row.instrument_id, row)
        mandates[row.instrument_id].append(
            _mandate(
                row,
                chapeaux.get(row.parent_id),
                activities[row.mandate_id],
                request.language,
                names,
            )
        )
    return tuple(
        ReportResolution(
            symbol=cited_in_print(head.symbol, None, request.language),
            title=head.title_version or head.title,
            body=names.of(Named.BODY, head.body_name),
            adopted_on=head.adopted_on,
            mandates=tuple(mandates[instrument_id]),
            set_aside=tuple(set_aside[instrument_id]),
            instrument_id=instrument_id,
        )
        for instrument_id, head in heads.items()
    )


def published_count(session: Session, period_id: int, scope: Scope = WHOLE) -> int:
    """Return how many mandates the report on the period would give an account of today.

    With ``scope`` those of a part of it.
    """
    # As ``published_texts`` finds them, of which the newest alone is looked at.
    sensitivity = (
        select(ProgressRevision.sensitivity)
        .where(ProgressRevision.report_id == ProgressReport.id, ProgressRevision.move == Move.CLEAR)
        .order_by(ProgressRevision.number.desc())
        .limit(1)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    published = (
        select(func.count())
        .select_from(ProgressReport)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(
            ProgressReport.period_id == period_id,
            ProgressReport.review.in_(PUBLISHED),
            ~ProgressReport.is_waived,
            Mandate.sensitivity == Sensitivity.UNCLASSIFIED,
            sensitivity == Sensitivity.UNCLASSIFIED,
            *reports_within(session, scope),
        )
    )
    return session.scalar(published) or 0


def _reported(request: EditionRequest):  # type: ignore[no-untyped-def]
    """Return the texts of the edition: those cleared today, or those that the original holds."""
    if request.original_id is None:
        return published_texts(request.language).where(
            ProgressReport.period_id == request.period_id
        )
    pinned = select(EditionRevision.revision_id).where(
        EditionRevision.edition_id == request.original_id
    )
    return (
        _texts_with_clauses(request.language)
        .where(ProgressReport.period_id == request.period_id, *_UNCLASSIFIED)
        .where(ProgressRevision.id.in_(pinned))
    )


def published_texts(language: str) -> Select[Any]:
    """Return the newest cleared text of each report, unclassified alone, with its clause.

    What the body adopted stands beside its original in ``language``, where it is there in it.
    """
    newest = (
        select(func.max(ProgressRevision.number))
        .where(ProgressRevision.report_id == ProgressReport.id, ProgressRevision.move == Move.CLEAR)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    query: Select[Any] = _texts_with_clauses(language)
    return query.where(
        ProgressReport.review.in_(PUBLISHED),
        ~ProgressReport.is_waived,
        ProgressRevision.number == newest,
        *_UNCLASSIFIED,
    )


def _texts_with_clauses(language: str):  # type: ignore[no-untyped-def]
    return (
        select(
            ProgressRevision,
            Mandate.id.label("mandate_id"),
            Mandate.joint_lead,
            Instrument.id.label("instrument_id"),
            Instrument.symbol,
            Instrument.adopted_on,
            Body.name.label("body_name"),
            InstrumentText.title,
            _TitleVersion.title.label("title_version"),
            Clause.path,
            Clause.parent_id,
            ClauseText.text,
            ClauseText.language.label("text_language"),
            _ClauseVersion.text.label("text_version"),
            OrganizationalUnit.name.label("unit_name"),
        )
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .outerjoin(
            _ClauseVersion,
            (_ClauseVersion.clause_id == Clause.id)
            & (_ClauseVersion.language == language)
            & ~_ClauseVersion.is_out_of_date,
        )
        .outerjoin(
            _TitleVersion,
            (_TitleVersion.instrument_id == Instrument.id)
            & (_TitleVersion.language == language)
            & ~_TitleVersion.is_out_of_date,
        )
        .join(Body, Body.id == Instrument.body_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .order_by(Instrument.sort_key, Clause.position)
    )


def _mandate(
    row: Row[tuple[object, ...]],
    chapeau: str | None,
    activities: Sequence[tuple[int, str]],
    language: str,
    names: Names,
) -> ReportMandate:
    revision: ProgressRevision = row.ProgressRevision
    return ReportMandate(
        reference=cited_in_print(row.symbol, row.path, language),
        paragraph=printed_label(row.path, language),
        text=row.text_version or row.text,
        revision_id=revision.id,
        chapeau=chapeau,
        status=revision.status,
        status_reason=revision.status_reason or None,
        postponed_to=revision.postponed_to,
        done=revision.done or None,
        results=revision.results or None,
        next_steps=revision.next_steps or None,
        difficulties=revision.difficulties or None,
        lead_unit=names.of(Named.UNIT, row.unit_name),
        joint_lead=row.joint_lead,
        activities=tuple(title for _, title in activities),
        activity_ids=tuple(activity_id for activity_id, _ in activities),
        language=row.text_language,
        mandate_id=row.mandate_id,
        text_language=language if row.text_version else row.text_language,
        report_id=revision.report_id,
    )


def _texts(session: Session, clause_ids: set[int], language: str) -> Mapping[int, str]:
    """Return what clauses say in a language, where it has no current text in the original's."""
    is_current = (ClauseText.language == language) & ~ClauseText.is_out_of_date
    rows = session.execute(
        select(ClauseText.clause_id, ClauseText.text)
        .join(Clause, Clause.id == ClauseText.clause_id)
        .where(
            is_among(session, ClauseText.clause_id, clause_ids),
            ClauseText.is_original | is_current,
            Clause.kind == BlockKind.OPERATIVE,
        )
        .order_by(is_current)  # of two the one in the language comes last, and stays
    )
    return dict(rows.all())


def _activity_titles(
    session: Session, mandate_ids: set[int], language: str
) -> Mapping[int, list[tuple[int, str]]]:
    rows = session.execute(
        select(ActivityLink.mandate_id, Activity.id, Activity.title)
        .join(Activity, Activity.id == ActivityLink.activity_id)
        .where(
            # As one value: else SQLite holds each of many activities against each of many mandates.
            is_among(session, ActivityLink.mandate_id, mandate_ids),
            Activity.sensitivity == Sensitivity.UNCLASSIFIED,
        )
        .order_by(Activity.starts_on, Activity.title)
    ).all()
    translated = titles_in(session, {row.id for row in rows}, language)
    titles: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for mandate_id, activity_id, title in rows:
        titles[mandate_id].append((activity_id, translated.get(activity_id, title)))
    return titles


def _set_aside(session: Session, instrument_ids: set[int]) -> Mapping[int, list[int]]:
    rows = session.execute(
        select(Mandate.instrument_id, Mandate.id)
        .where(
            is_among(session, Mandate.instrument_id, instrument_ids),
            Mandate.requires_action.is_(False),
        )
        .order_by(Mandate.id)
    )
    mandates: dict[int, list[int]] = defaultdict(list)
    for instrument_id, mandate_id in rows:
        mandates[instrument_id].append(mandate_id)
    return mandates
