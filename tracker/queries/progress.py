"""A progress report as its page shows it: what is asked, what was said, and how it came to be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, literal_column, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.attestation import Offer
from tracker.domain.periods import PeriodState, Span
from tracker.domain.progress import ReportText
from tracker.domain.review_warnings import ReviewFacts, ReviewWarning, review_warnings
from tracker.domain.workflow import DECISIONS, Level, Move
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import (
    Clearance,
    DueDate,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
    Waiver,
)
from tracker.queries.activities import CarryingOut, activities_of_mandate
from tracker.queries.clearances import FirstClearance, first_clearances
from tracker.queries.last_said import LastSaid, last_said, offer_on
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.report_lines import ReportLine, line_of, lines_query
from tracker.queries.report_parts import Parts, columns_of_parts
from tracker.queries.report_texts import FieldText, field_texts, text_of
from tracker.queries.review_facts import review_facts

_AsksSecond = aliased(OrganizationalUnit)
_FocalPoint = aliased(Person)
_Absent = aliased(Person)

# The statements of the page: to make them takes longer than to run them.
_REPORT: BindParameter[int] = bindparam("report_id")
_PAGE = KeptStatement(
    lines_query()
    .add_columns(
        ReportingPeriod.starts_on,
        ReportingPeriod.ends_on,
        ReportingPeriod.state,
        _FocalPoint.name,
        _AsksSecond.name,
        *columns_of_parts(),
    )
    .outerjoin(_AsksSecond, _AsksSecond.id == OrganizationalUnit.second_clearance_unit_id)
    .outerjoin(_FocalPoint, _FocalPoint.id == ProgressReport.focal_point_id)
    .where(ProgressReport.id == _REPORT)
)
_LINE = len(lines_query().selected_columns)  # of the columns, what tells the line
_REVISIONS = KeptStatement(
    select(
        ProgressRevision.number,
        ProgressRevision.move,
        ProgressRevision.written_by_id,
        ProgressRevision.written_at,
        ProgressRevision.attests_id,
        ProgressRevision.given_by,
        Person.name.label("name"),
        _Absent.name.label("in_place_of"),
        *(getattr(ProgressRevision, name) for name in ReportText.__slots__),
    )
    .join(Person, Person.id == ProgressRevision.written_by_id)
    .outerjoin(_Absent, _Absent.id == ProgressRevision.in_place_of_id)
    .where(ProgressRevision.report_id == _REPORT)
    .order_by(ProgressRevision.number)
)
_DECISIONS = KeptStatement(
    select(Clearance.remark, Clearance.level)
    .where(Clearance.report_id == _REPORT)
    .order_by(Clearance.id)
)
_DUE_DATES = KeptStatement(
    select(DueDate.due_on, DueDate.reason, Person.name)
    .join(Person, Person.id == DueDate.set_by_id)
    .where(DueDate.report_id == _REPORT)
    .order_by(DueDate.id)
)
_WAIVED = KeptStatement(
    select(Waiver.reason, Person.name, Waiver.waived_at)
    .join(Person, Person.id == Waiver.waived_by_id)
    .where(Waiver.report_id == _REPORT)
    .order_by(Waiver.id.desc())
    .limit(literal_column("1"))
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The reader's own unfinished text; an outdated one is older than the newest revision."""

    text: ReportText
    saved_at: datetime
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of the report, newest first on its page.

    ``fields`` compare a submitted text with the one submitted before, or with last period's;
    ``remark`` and ``level`` are those of a decision.
    """

    number: int
    move: Move
    text: ReportText
    written_by: Doer
    written_by_id: int
    written_at: datetime
    remark: str
    level: Level
    is_attested: bool
    given_by: str
    fields: tuple[FieldText, ...]


@dataclass(frozen=True, slots=True)
class SetDueDate:
    """A due date with the reason it was set for, empty for the first one."""

    due_on: date
    reason: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Why nobody is asked for the report."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a progress report shows to one reader.

    ``asked_second`` is the unit that clears a text of this unit a second time, by the rule that
    holds now; ``cleared_first`` who has cleared it at the first level, where that rule was applied.
    """

    line: ReportLine
    span: Span
    period_id: int
    period_state: PeriodState
    focal_point: str | None
    last: LastSaid | None
    draft: Draft | None
    revisions: Sequence[Revision]
    due_dates: Sequence[SetDueDate]
    waived: Waived | None
    activities: Sequence[CarryingOut]
    facts: ReviewFacts | None
    parts: Parts
    asked_second: str | None
    cleared_first: FirstClearance | None

    @property
    def warnings(self) -> tuple[ReviewWarning, ...]:
        """Return what to look at before the submitted text is cleared."""
        if self.submitted is None or self.facts is None:
            return ()
        return review_warnings(
            self.submitted.text, self.last.text if self.last else None, self.facts
        )

    @property
    def submitted(self) -> Revision | None:
        """Return the newest submitted text, None when there is none or it was taken back."""
        return _submitted(self.revisions)

    @property
    def offer(self) -> Offer | None:
        """Return whether what was said last can be said again with one click."""
        return offer_on(self.line, self.last)

    @property
    def starting_text(self) -> ReportText | None:
        """Return what the form begins with: one's own draft, else what was submitted last."""
        if self.draft and not self.draft.is_outdated:
            return self.draft.text
        return self.submitted.text if self.submitted else None


def find_report_page(
    session: Session, report_id: int, *, reader_id: int, at: datetime
) -> ReportPage | None:
    """Return the page of a report for one reader, None when there is no such report.

    A part of which there is nothing takes no statement.
    """
    rows = _PAGE.rows(session, {"report_id": report_id})
    if not rows:
        return None
    [found] = rows
    line = line_of(found[:_LINE], at)
    starts_on, ends_on, period_state, focal_point, asked_second, *held = found[_LINE:]
    parts = Parts(*held)
    first = first_clearances(session, [report_id] if line.second_unit_id else [])
    last = last_said(session, [report_id] if parts.earlier else []).get(report_id)
    revisions = _revisions(session, report_id, last)
    span = Span(starts_on, ends_on)
    facts = review_facts(session, [report_id] if _submitted(revisions) else [])
    return ReportPage(
        line=line,
        span=span,
        period_id=line.period_id,
        period_state=period_state,
        focal_point=focal_point,
        last=last,
        draft=_draft(session, report_id, reader_id, revisions) if parts.drafts else None,
        revisions=revisions,
        due_dates=_due_dates(session, report_id),
        waived=_waived(session, report_id) if parts.waivers else None,
        activities=activities_of_mandate(session, line.mandate_id, within=span)
        if parts.activities
        else (),
        facts=facts.get(report_id),
        parts=parts,
        asked_second=asked_second,
        cleared_first=first.get(report_id),
    )


def _submitted(revisions: Sequence[Revision]) -> Revision | None:
    said = (step for step in revisions if step.move in {Move.SUBMIT, Move.TAKE_BACK})
    newest = next(said, None)
    return newest if newest and newest.move is Move.SUBMIT else None


def _revisions(session: Session, report_id: int, last: LastSaid | None) -> list[Revision]:
    decisions = _decisions(session, report_id)
    steps: list[Revision] = []
    compared = last.text if last else None
    for row in _REVISIONS.rows(session, {"report_id": report_id}):
        text = text_of(row)
        remark, level = next(decisions) if row.move in DECISIONS else ("", Level.FIRST)
        steps.append(
            Revision(
                number=row.number,
                move=row.move,
                text=text,
                written_by=Doer(row.name, row.in_place_of, is_officer=row.move in DECISIONS),
                written_by_id=row.written_by_id,
                written_at=row.written_at,
                remark=remark,
                level=level,
                is_attested=row.attests_id is not None,
                given_by=row.given_by,
                fields=field_texts(text, compared) if row.move is Move.SUBMIT else (),
            )
        )
        if row.move is Move.SUBMIT:
            compared = text
    return steps[::-1]


def _decisions(session: Session, report_id: int) -> Iterator[tuple[str, Level]]:
    """Yield remark and level of the decisions, oldest first: each made one revision."""
    rows = _DECISIONS.rows(session, {"report_id": report_id})
    return ((remark, Level(level)) for remark, level in rows)


def _draft(
    session: Session, report_id: int, reader_id: int, revisions: Sequence[Revision]
) -> Draft | None:
    draft = session.scalar(
        select(ProgressDraft).where(
            ProgressDraft.report_id == report_id, ProgressDraft.author_id == reader_id
        )
    )
    if draft is None:
        return None
    submitted = [step.written_at for step in revisions if step.move is Move.SUBMIT]
    return Draft(
        text=text_of(draft),
        saved_at=draft.saved_at,
        is_outdated=bool(submitted) and draft.saved_at < submitted[0],
    )


def _due_dates(session: Session, report_id: int) -> list[SetDueDate]:
    rows = _DUE_DATES.rows(session, {"report_id": report_id})
    return [SetDueDate(due_on=due_on, reason=reason, set_by=name) for due_on, reason, name in rows]


def _waived(session: Session, report_id: int) -> Waived | None:
    rows = _WAIVED.rows(session, {"report_id": report_id})
    return Waived(*rows[0]) if rows else None
