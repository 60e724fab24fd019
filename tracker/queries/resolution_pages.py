"""One resolution as adopted, with the standing of its mandates beside the clauses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, case, false, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import BlockKind
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Implementation, Lifecycle, Nature
from tracker.domain.workflow import Review
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
    SourceFile,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.citations import CitedText, texts_cited

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
_Last = Mapping[int, tuple[Review, Implementation | None, str]]
_Version = aliased(ClauseText)


@dataclass(frozen=True, slots=True)
class ClauseMandate:
    """The mandate that a clause is: what it asks, who answers, what was said last."""

    mandate_id: int
    version: int
    nature: Nature
    action_verb: str | None
    addressee: str | None
    lifecycle: Lifecycle
    is_proposed_for_action: bool
    requires_action: bool | None
    unit_name: str | None
    focal_point_name: str | None
    due_on: date | None
    needs_look: bool = False
    last_review: Review | None = None
    last_status: Implementation | None = None
    last_period: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One block of a resolution in its place; ``language`` is that of its text as shown."""

    clause_id: int
    kind: BlockKind
    text: str
    number: str | None
    path: str | None
    verb: str | None
    language: str
    is_out_of_date: bool
    mandate: ClauseMandate | None


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """A resolution as adopted, with its mandates beside the clauses.

    ``dropped`` are clauses that a corrected edition took out of the text, with their mandates.
    """

    instrument_id: int
    symbol: str
    title: str
    language: str
    languages: tuple[str, ...]
    body_key: str
    body_name: str
    slug: str
    session_name: str | None
    adopted_on: date | None
    imported_at: datetime
    imported_by: str | None
    file_name: str | None
    clauses: tuple[ClauseRow, ...]
    dropped: tuple[ClauseRow, ...]
    citations: tuple[CitedText, ...]

    @property
    def mandates(self) -> tuple[ClauseMandate, ...]:
        """Return the mandates in the order of the text."""
        return tuple(clause.mandate for clause in self.clauses if clause.mandate is not None)

    @property
    def unconfirmed_count(self) -> int:
        """Return how many mandates nobody has confirmed yet."""
        return sum(mandate.requires_action is None for mandate in self.mandates)

    @property
    def proposed_count(self) -> int:
        """Return how many unconfirmed mandates are proposed as requiring our action."""
        return self.unconfirmed_count - self.rest_count

    @property
    def rest_count(self) -> int:
        """Return how many unconfirmed mandates are proposed as asking nothing of us."""
        return sum(
            mandate.requires_action is None and not mandate.is_proposed_for_action
            for mandate in self.mandates
        )

    @property
    def action_count(self) -> int:
        """Return how many mandates require our action."""
        return sum(mandate.requires_action is True for mandate in self.mandates)

    @property
    def look_count(self) -> int:
        """Return how many confirmed mandates need another look since their words changed."""
        return sum(mandate.needs_look for mandate in self.mandates)

    @property
    def ownerless_count(self) -> int:
        """Return how many active mandates require our action while nobody answers for them."""
        return sum(
            mandate.requires_action is True
            and mandate.lifecycle is Lifecycle.ACTIVE
            and mandate.unit_name is None
            for mandate in self.mandates
        )


def resolution_at(
    session: Session, body_key: str, slug: str, *, language: str | None = None
) -> ResolutionPage:
    """Return the resolution at an address in a language, in the original where there is no such.

    Its ``languages`` begin with the original. Raises NotFound when there is no resolution. Takes
    five statements.
    """
    row = session.execute(
        select(
            Instrument.id,
            Instrument.symbol,
            Instrument.slug,
            Instrument.adopted_on,
            Instrument.imported_at,
            Person.name.label("imported_by"),
            Body.key.label("body_key"),
            Body.name.label("body_name"),
            BodySession.name.label("session_name"),
            InstrumentText.language,
            SourceFile.file_name,
        )
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .outerjoin(Person, Person.id == Instrument.imported_by_id)
        .outerjoin(SourceFile, SourceFile.id == InstrumentText.source_file_id)
        .where(Body.key == body_key, Instrument.slug == slug, InstrumentText.is_original)
    ).first()
    if row is None:
        raise NotFound(
            "There is no resolution at this address. Choose one from the list of resolutions, or "
            "check the symbol."
        )
    titles = _titles(session, row.id)
    shown: str = language if language is not None and language in titles else row.language
    clauses, dropped = _clauses(session, row.id, shown)
    return ResolutionPage(
        instrument_id=row.id,
        symbol=row.symbol,
        title=titles[shown],
        language=shown,
        languages=tuple(titles),
        body_key=row.body_key,
        body_name=row.body_name,
        slug=row.slug,
        session_name=row.session_name,
        adopted_on=row.adopted_on,
        imported_at=row.imported_at,
        imported_by=row.imported_by,
        file_name=row.file_name,
        clauses=clauses,
        dropped=dropped,
        citations=texts_cited(session, instrument_id=row.id),
    )


def _titles(session: Session, instrument_id: int) -> Mapping[str, str]:
    """Return the title in each language that there is, the original first."""
    rows = session.execute(
        select(InstrumentText.language, InstrumentText.title)
        .where(InstrumentText.instrument_id == instrument_id)
        .order_by(InstrumentText.is_original.desc(), InstrumentText.language)
    )
    return {row.language: row.title for row in rows}


def _clauses(
    session: Session, instrument_id: int, language: str
) -> tuple[tuple[ClauseRow, ...], tuple[ClauseRow, ...]]:
    """Return what stands in the text, and the clauses with a mandate that were taken out of it."""
    last = _last_reports(session, instrument_id)
    # A masthead may have no version: the original stands in for it.
    rows = session.execute(
        select(
            Clause.id,
            Clause.kind,
            Clause.number,
            Clause.path,
            Clause.is_dropped,
            func.coalesce(_Version.text, ClauseText.text).label("text"),
            case((_Version.id.is_(None), ClauseText.verb), else_=_Version.verb).label("verb"),
            func.coalesce(_Version.language, ClauseText.language).label("language"),
            func.coalesce(_Version.is_out_of_date, false()).label("is_out_of_date"),
            Mandate,
            OrganizationalUnit.name.label("unit_name"),
            Person.name.label("focal_point_name"),
        )
        .join(ClauseText, ClauseText.clause_id == Clause.id)
        .outerjoin(_Version, (_Version.clause_id == Clause.id) & (_Version.language == language))
        .outerjoin(Mandate, Mandate.clause_id == Clause.id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(Clause.instrument_id == instrument_id, ClauseText.is_original)
        .order_by(Clause.position)
    )
    found = [(row.is_dropped, _row(row, last)) for row in rows]
    text = tuple(each for is_dropped, each in found if not is_dropped)
    return text, tuple(each for is_dropped, each in found if is_dropped and each.mandate)


def _row(row: AnyRow, last: _Last) -> ClauseRow:
    return ClauseRow(
        clause_id=row.id,
        kind=row.kind,
        text=row.text,
        number=row.number,
        path=row.path,
        verb=row.verb,
        language=row.language,
        is_out_of_date=row.is_out_of_date,
        mandate=None
        if row.Mandate is None
        else _mandate(row.Mandate, row.unit_name, row.focal_point_name, last),
    )


def _mandate(
    mandate: Mandate, unit_name: str | None, focal_point_name: str | None, last: _Last
) -> ClauseMandate:
    review, status, period = last.get(mandate.id, (None, None, None))
    return ClauseMandate(
        mandate_id=mandate.id,
        version=mandate.version,
        nature=mandate.nature,
        action_verb=mandate.action_verb,
        addressee=mandate.addressee,
        lifecycle=mandate.lifecycle,
        is_proposed_for_action=mandate.is_proposed_for_action,
        requires_action=mandate.requires_action,
        unit_name=unit_name,
        focal_point_name=focal_point_name,
        due_on=mandate.due_on,
        needs_look=mandate.needs_look,
        last_review=review,
        last_status=status,
        last_period=period,
    )


def _last_reports(session: Session, instrument_id: int) -> _Last:
    """Return review, status and period of the newest period's report on each mandate."""
    rows = session.execute(
        select(
            ProgressReport.mandate_id,
            ProgressReport.review,
            ProgressReport.status,
            ReportingPeriod.name,
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(Mandate.instrument_id == instrument_id)
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
