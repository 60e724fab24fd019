"""What waits for a person: reports to write, reports to clear, and how many of both."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.attestation import Offer
from tracker.domain.differences import Part, is_changed, word_difference
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Actor, Role
from tracker.domain.progress import TEXT_FIELDS, ReportText, clears_no_own_text
from tracker.domain.review_warnings import ReviewFacts, ReviewWarning, review_warnings
from tracker.domain.workflow import Move, Review
from tracker.models.people import Person
from tracker.models.progress import (
    Clearance,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.queries.assignments import is_declined
from tracker.queries.conversations import Message, newest_messages
from tracker.queries.last_said import LastSaid, last_said, offer_on
from tracker.queries.report_lines import COUNTS, ReportLine, count_of, report_lines
from tracker.queries.report_texts import text_of
from tracker.queries.review_facts import review_facts

SOON = timedelta(days=7)
MOST_TO_WRITE = 100
MOST_TO_CLEAR = 50
MOST_WAITING = 20
_TO_WRITE = (Review.OPEN, Review.DRAFT, Review.RETURNED)
_WAITS_FOR_CLEARANCE = (
    ProgressReport.review == Review.SUBMITTED,
    ~ProgressReport.is_waived,
    ReportingPeriod.state != PeriodState.FROZEN,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a report was returned, and by whom."""

    words: str
    by: str


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
class FieldText:
    """One field of a submitted text; ``difference`` compares with last period, if there was one."""

    field: str
    words: str
    difference: tuple[Part, ...] | None

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the field says exactly what it said last period."""
        return self.difference is not None and not is_changed(self.difference)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A submitted report that waits for clearance; nobody clears what they wrote themselves."""

    line: ReportLine
    text: ReportText
    fields: tuple[FieldText, ...]
    said_by: Doer
    said_at: datetime
    is_own: bool
    last: LastSaid | None
    warnings: tuple[ReviewWarning, ...]


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What waits for clearance, waiting longest first; ``total`` counts also what is not listed."""

    items: tuple[QueueItem, ...]
    total: int

    @property
    def for_me(self) -> int:
        """Return how many wait for this reader: nobody clears what they wrote themselves."""
        return self.total - sum(item.is_own for item in self.items)


@dataclass(frozen=True, slots=True)
class WaitingCounts:
    """How many reports a person is to write soon and to clear."""

    to_write: int
    to_clear: int

    @property
    def total(self) -> int:
        """Return how many wait in all."""
        return self.to_write + self.to_clear


def my_work(session: Session, actor: Actor, *, at: datetime) -> MyWork:
    """Return what ``actor`` is to write in the open periods, in six statements at most."""
    conditions = (*_to_write(actor), ReportingPeriod.state == PeriodState.OPEN)
    lines = report_lines(
        session,
        *conditions,
        at=at,
        by=(ProgressReport.overdue_at, ProgressReport.id),
        limit=MOST_TO_WRITE,
    )
    total = len(lines) if len(lines) < MOST_TO_WRITE else count_of(session, *conditions)
    last = last_said(session, [line.report_id for line in lines])
    remarks = _remarks(
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
        *_WAITS_FOR_CLEARANCE,
        at=at,
        by=(ProgressReport.submitted_at.desc(), ProgressReport.id),
        limit=MOST_WAITING,
    )
    return MyWork(
        **{name: tuple(items) for name, items in groups.items()}, total=total, waiting=waiting
    )


def review_queue(session: Session, actor: Actor, *, at: datetime) -> ReviewQueue:
    """Return what ``actor`` can clear, waiting longest first, in six statements at most."""
    conditions = _to_clear(actor)
    lines = report_lines(
        session,
        *conditions,
        at=at,
        by=(ProgressReport.submitted_at, ProgressReport.id),
        limit=MOST_TO_CLEAR,
    )
    total = len(lines) if len(lines) < MOST_TO_CLEAR else count_of(session, *conditions)
    ids = [line.report_id for line in lines]
    last, submitted = last_said(session, ids), _submitted(session, ids)
    facts = review_facts(session, ids)
    return ReviewQueue(
        items=tuple(
            _queue_item(
                line,
                *submitted[line.report_id],
                last.get(line.report_id),
                facts[line.report_id],
                actor,
            )
            for line in lines
        ),
        total=total,
    )


def waiting_counts(session: Session, actor: Actor) -> WaitingCounts:
    """Return how many reports ``actor`` has to write, as My work lists them, and to clear."""
    to_write = count_of(session, *_to_write(actor), ReportingPeriod.state == PeriodState.OPEN)
    to_clear = 0
    if actor.units_acting_as(Role.MANAGER):
        to_clear = count_of(session, *_to_clear(actor), ~_is_said_by(actor.person_id))
    return WaitingCounts(to_write=to_write, to_clear=to_clear)


def field_texts(text: ReportText, last: ReportText | None) -> tuple[FieldText, ...]:
    """Return the texts that are not empty, each with its difference from ``last``, if given."""
    return tuple(
        FieldText(
            field=name,
            words=words,
            difference=None if last is None else tuple(word_difference(getattr(last, name), words)),
        )
        for name in ("status_reason", *TEXT_FIELDS)
        if (words := getattr(text, name)) or (last is not None and getattr(last, name))
    )


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
        ProgressReport.review.in_(_TO_WRITE),
        ~ProgressReport.is_waived,
        COUNTS,
    )


def _is_of(actor: Actor) -> ColumnElement[bool]:
    """Say, of a report, that it is the actor's: they are named, or it is free in their unit.

    What is of somebody who is away is also of whoever stands in for them.
    """
    units = actor.units_acting_as(Role.FOCAL_POINT) - {None}
    is_free = and_(ProgressReport.focal_point_id.is_(None), ProgressReport.unit_id.in_(units))
    return or_(ProgressReport.focal_point_id.in_(actor.answers_for), is_free)


def _to_clear(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    units = actor.units_acting_as(Role.MANAGER)
    in_reach: ColumnElement[bool] = ProgressReport.unit_id.in_(units - {None})
    if not units:
        in_reach = false()
    elif None in units:
        in_reach = ProgressReport.unit_id.is_not(None)
    return (in_reach, *_WAITS_FOR_CLEARANCE)


def _is_said_by(person_id: int) -> ColumnElement[bool]:
    """Say, of a report, that its newest submitted text is the person's own."""
    return (
        exists()
        .where(
            ProgressRevision.report_id == ProgressReport.id,
            ProgressRevision.written_by_id == person_id,
            ProgressRevision.number == _newest_submission(ProgressReport.id),
        )
        .correlate(ProgressReport)
    )


def _newest_submission(report_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    newer = aliased(ProgressRevision)
    return (
        select(func.max(newer.number))
        .where(newer.report_id == report_id, newer.move == Move.SUBMIT)
        .correlate(report_id.class_)
        .scalar_subquery()
    )


def _remarks(session: Session, report_ids: Collection[int]) -> Mapping[int, Remark]:
    if not report_ids:
        return {}
    rows = session.execute(
        select(Clearance.report_id, Clearance.remark, Person.name)
        .join(Person, Person.id == Clearance.decided_by_id)
        .where(Clearance.report_id.in_(report_ids), ~Clearance.is_cleared)
        .order_by(Clearance.id)
    )
    return {report_id: Remark(words=words, by=name) for report_id, words, name in rows}


def _submitted(
    session: Session, report_ids: Collection[int]
) -> Mapping[int, tuple[ProgressRevision, Doer]]:
    if not report_ids:
        return {}
    absent = aliased(Person)
    rows = session.execute(
        select(ProgressRevision, Person.name, absent.name)
        .join(Person, Person.id == ProgressRevision.written_by_id)
        .outerjoin(absent, absent.id == ProgressRevision.in_place_of_id)
        .where(
            ProgressRevision.report_id.in_(report_ids),
            ProgressRevision.number == _newest_submission(ProgressRevision.report_id),
        )
    )
    return {
        revision.report_id: (revision, Doer(name, in_place_of))
        for revision, name, in_place_of in rows
    }


def _queue_item(
    line: ReportLine,
    revision: ProgressRevision,
    said_by: Doer,
    last: LastSaid | None,
    facts: ReviewFacts,
    actor: Actor,
) -> QueueItem:
    text = text_of(revision)
    return QueueItem(
        line=line,
        text=text,
        fields=field_texts(text, last.text if last else None),
        said_by=said_by,
        said_at=revision.written_at,
        is_own=not clears_no_own_text(
            actor, unit_id=line.unit_id, written_by_id=revision.written_by_id
        ),
        last=last,
        warnings=review_warnings(text, last.text if last else None, facts),
    )
