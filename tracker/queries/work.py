"""What waits for a person: reports to write, and how many of them and of those to clear."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    and_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.attestation import Offer
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import Review
from tracker.models.progress import (
    ProgressReport,
    ReportingPeriod,
)
from tracker.queries.assignments import is_declined
from tracker.queries.clearances import Remark, newest_remarks
from tracker.queries.conversations import Message, newest_messages
from tracker.queries.last_said import LastSaid, last_said, offer_on
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.planned_once import planned_once
from tracker.queries.report_lines import IS_OPEN, ReportLine, count_of, counting, report_lines
from tracker.queries.review_queue import WAITS_FOR_CLEARANCE, counting_to_clear
from tracker.queries.waiting_editions import counting_editions

SOON = timedelta(days=7)
MOST_TO_WRITE = 50
MOST_WAITING = 20
_Own = aliased(ProgressReport)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A report to write, with what was said last and the remark it was returned with.

    ``answer`` is the newest message about it: what was asked, or what a manager has answered.
    """

    line: ReportLine
    last: LastSaid | None
    remark: Remark | None
    answer: Message | None

    @property
    def offer(self) -> Offer | None:
        """Return whether what was said last can be said again with one click."""
        return offer_on(self.line, self.last)


@dataclass(frozen=True, slots=True)
class MyWork:
    """The reports a focal point is to write, each in one group, the most urgent first.

    ``total`` counts all of them, also those beyond ``MOST_TO_WRITE`` that are not listed.
    ``waiting`` are those submitted that wait for a manager, the newest first; at most
    ``MOST_WAITING``.
    """

    returned: tuple[WorkItem, ...]
    overdue: tuple[WorkItem, ...]
    this_week: tuple[WorkItem, ...]
    later: tuple[WorkItem, ...]
    total: int
    waiting: tuple[ReportLine, ...]

    @property
    def listed_count(self) -> int:
        """Return how many are listed."""
        return sum(map(len, (self.returned, self.overdue, self.this_week, self.later)))


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """How many reports a person is to write soon and to clear, and editions to sign."""

    to_write: int
    to_clear: int
    to_sign: int = 0

    @property
    def total(self) -> int:
        """Return how many wait in all."""
        return self.to_write + self.to_clear + self.to_sign


def my_work(session: Session, actor: Actor, *, at: datetime) -> MyWork:
    """Return what ``actor`` is to write in the open periods, in six statements at most."""
    conditions = tuple(
        map(planned_once, (*_to_write(actor), ReportingPeriod.state == PeriodState.OPEN))
    )
    lines = report_lines(
        session,
        *conditions,
        at=at,
        by=(ProgressReport.overdue_at, ProgressReport.id),
        limit=MOST_TO_WRITE,
    )
    total = len(lines) if len(lines) < MOST_TO_WRITE else count_of(session, *conditions)
    last = last_said(session, [line.report_id for line in lines])
    remarks = newest_remarks(
        session, [line.report_id for line in lines if line.review is Review.RETURNED]
    )
    answers = newest_messages(session, [line.report_id for line in lines])
    groups: dict[str, list[WorkItem]] = {
        name: [] for name in ("returned", "overdue", "this_week", "later")
    }
    for line in lines:
        item = WorkItem(
            line=line,
            last=last.get(line.report_id),
            remark=remarks.get(line.report_id),
            answer=answers.get(line.report_id),
        )
        groups[_group(line, at)].append(item)
    waiting = report_lines(
        session,
        _is_of(actor),
        *WAITS_FOR_CLEARANCE,
        at=at,
        by=(ProgressReport.submitted_at.desc(), ProgressReport.id),
        limit=MOST_WAITING,
    )
    return MyWork(
        **{name: tuple(items) for name, items in groups.items()}, total=total, waiting=waiting
    )


def waiting_counts(session: Session, actor: Actor) -> WaitingCounts:
    """Return how many reports ``actor`` has to write, as My work lists them, to clear and to sign.

    One statement.
    """
    [counts] = _counting_for(actor).rows(session)
    return WaitingCounts(*counts)


@lru_cache(maxsize=2048)
def _counting_for(actor: Actor) -> KeptStatement[int, int, int]:
    """Return the statement; it is run for every page, and making it takes longer than that."""
    counts = select(
        _counting_to_write(actor),
        counting_to_clear(actor).scalar_subquery(),
        counting_editions(actor).scalar_subquery(),
    )
    return KeptStatement(planned_once(counts))


def _counting_to_write(actor: Actor) -> ColumnElement[int]:
    """Return how many reports ``_to_write`` names: those of the actor and those free in a unit.

    No report is both, so that each is counted from an index of its own.
    """
    units = actor.units_acting_as(Role.FOCAL_POINT) - {None}
    is_open = (~is_declined(), IS_OPEN, ReportingPeriod.state == PeriodState.OPEN)
    named = ProgressReport.focal_point_id.in_(actor.answers_for)
    count: ColumnElement[int] = counting(named, *is_open).scalar_subquery()
    if units:
        is_free = ProgressReport.focal_point_id.is_(None), ProgressReport.unit_id.in_(units)
        count = count + counting(*is_free, *is_open).scalar_subquery()
    return count


def _group(line: ReportLine, at: datetime) -> str:
    if line.review is Review.RETURNED:
        return "returned"
    if line.overdue_at <= at:
        return "overdue"
    return "this_week" if line.overdue_at <= at + SOON else "later"


def _to_write(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        _is_of(actor),
        ~is_declined(),
        IS_OPEN,
    )


def _is_of(actor: Actor) -> ColumnElement[bool]:
    """Say, of a report, that it is the actor's: they are named, or it is free in their unit.

    What is of somebody who is away is also of whoever stands in for them.
    """
    units = actor.units_acting_as(Role.FOCAL_POINT) - {None}
    if not units:
        return ProgressReport.focal_point_id.in_(actor.answers_for)
    named = select(_Own.id).where(_Own.focal_point_id.in_(actor.answers_for))
    free = select(_Own.id).where(_Own.focal_point_id.is_(None), _Own.unit_id.in_(units))
    is_free = and_(ProgressReport.focal_point_id.is_(None), ProgressReport.unit_id.in_(units))
    # Said twice. Each is looked for by itself, since for one or the other SQLite goes through all
    # that is open; and PostgreSQL does so for what is among them, but has an index for the other.
    return and_(
        or_(ProgressReport.focal_point_id.in_(actor.answers_for), is_free),
        ProgressReport.id.in_(union_all(named, free)),
    )
