"""What the biennial report on a period is made from: cleared texts and activities alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report import (
    ReportContent,
    ReportMandate,
    ReportResolution,
)
from tracker.domain.clauses import BlockKind, paragraph_label
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Sensitivity
from tracker.domain.names import Named, Names
from tracker.domain.workflow import Move
from tracker.models.activities import Activity, ActivityLink
from tracker.models.biennial_reports import EditionRevision, ReportEdition
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.completeness import PUBLISHED, completeness
from tracker.queries.names import names_in, titles_in
from tracker.queries.references import cited
from tracker.queries.report_activities import report_activities
from tracker.queries.report_wordings import editorial_texts


@dataclass(frozen=True, slots=True)
class EditionRequest:
    """What is printed on an edition besides its content."""

    period_id: int
    language: str
    entity_name: str
    issued_on: date
    document_symbol: str = ""
    is_draft: bool = True
    # The final edition that this one says in another language: the same texts, whatever came since.
    original_id: int | None = None


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
        activities=report_activities(session, period, request.language, names),
        requiring_action_count=completeness(session, period.id).asked_count,
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
    )


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
    rows = session.execute(_reported(request)).all()
    chapeaux = _texts(session, {row.parent_id for row in rows if row.parent_id})
    activities = _activity_titles(session, {row.mandate_id for row in rows}, request.language)
    set_aside = _set_aside_counts(session, {row.instrument_id for row in rows})
    mandates: dict[int, list[ReportMandate]] = defaultdict(list)
    heads: dict[int, Row[tuple[object, ...]]] = {}
    for row in rows:
        heads.setdefault(row.instrument_id, row)
        mandates[row.instrument_id].append(
            _mandate(
                row,
                chapeaux.get(row.parent_id),
                tuple(activities[row.mandate_id]),
                request.language,
                names,
            )
        )
    return tuple(
        ReportResolution(
            symbol=head.symbol,
            title=head.title,
            body=names.of(Named.BODY, head.body_name),
            adopted_on=head.adopted_on,
            mandates=tuple(mandates[instrument_id]),
            informational_count=set_aside.get(instrument_id, 0),
            instrument_id=instrument_id,
        )
        for instrument_id, head in heads.items()
    )


def published_count(session: Session, period_id: int) -> int:
    """Return how many mandates the report on the period would give an account of today."""
    cleared = _reported(EditionRequest(period_id, "en", "", date.min)).order_by(None)
    return session.scalar(select(func.count()).select_from(cleared.subquery())) or 0


def _reported(request: EditionRequest):  # type: ignore[no-untyped-def]
    """Return the texts of the edition: those cleared today, or those that the original holds."""
    query = _texts_with_clauses().where(  # type: ignore[no-untyped-call]
        ProgressReport.period_id == request.period_id,
        Mandate.sensitivity == Sensitivity.UNCLASSIFIED,
        ProgressRevision.sensitivity == Sensitivity.UNCLASSIFIED,
    )
    if request.original_id is not None:
        pinned = select(EditionRevision.revision_id).where(
            EditionRevision.edition_id == request.original_id
        )
        return query.where(ProgressRevision.id.in_(pinned))
    newest = (
        select(func.max(ProgressRevision.number))
        .where(ProgressRevision.report_id == ProgressReport.id, ProgressRevision.move == Move.CLEAR)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    return query.where(
        ProgressReport.review.in_(PUBLISHED),
        ~ProgressReport.is_waived,
        ProgressRevision.number == newest,
    )


def _texts_with_clauses():  # type: ignore[no-untyped-def]
    return (
        select(
            ProgressRevision,
            Mandate.id.label("mandate_id"),
            Instrument.id.label("instrument_id"),
            Instrument.symbol,
            Instrument.adopted_on,
            Body.name.label("body_name"),
            InstrumentText.title,
            Clause.path,
            Clause.parent_id,
            ClauseText.text,
            ClauseText.language.label("text_language"),
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
        .join(Body, Body.id == Instrument.body_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
        .order_by(Instrument.sort_key, Clause.position)
    )


def _mandate(
    row: Row[tuple[object, ...]],
    chapeau: str | None,
    activities: tuple[str, ...],
    language: str,
    names: Names,
) -> ReportMandate:
    revision: ProgressRevision = row.ProgressRevision
    return ReportMandate(
        reference=cited(row.symbol, row.path, language),
        paragraph=paragraph_label(row.path),
        text=row.text,
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
        activities=activities,
        language=row.text_language,
        mandate_id=row.mandate_id,
    )


def _texts(session: Session, clause_ids: set[int]) -> Mapping[int, str]:
    rows = session.execute(
        select(ClauseText.clause_id, ClauseText.text)
        .join(Clause, Clause.id == ClauseText.clause_id)
        .where(
            ClauseText.clause_id.in_(clause_ids),
            ClauseText.is_original,
            Clause.kind == BlockKind.OPERATIVE,
        )
    )
    return dict(rows.all())


def _activity_titles(
    session: Session, mandate_ids: set[int], language: str
) -> Mapping[int, list[str]]:
    rows = session.execute(
        select(ActivityLink.mandate_id, Activity.id, Activity.title)
        .join(Activity, Activity.id == ActivityLink.activity_id)
        .where(
            ActivityLink.mandate_id.in_(mandate_ids),
            Activity.sensitivity == Sensitivity.UNCLASSIFIED,
        )
        .order_by(Activity.starts_on, Activity.title)
    ).all()
    translated = titles_in(session, {row.id for row in rows}, language)
    titles: dict[int, list[str]] = defaultdict(list)
    for mandate_id, activity_id, title in rows:
        titles[mandate_id].append(translated.get(activity_id, title))
    return titles


def _set_aside_counts(session: Session, instrument_ids: set[int]) -> Mapping[int, int]:
    rows = session.execute(
        select(Mandate.instrument_id, func.count())
        .where(Mandate.instrument_id.in_(instrument_ids), Mandate.requires_action.is_(False))
        .group_by(Mandate.instrument_id)
    )
    return dict(rows.all())
