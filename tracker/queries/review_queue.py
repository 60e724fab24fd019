"""What waits for a manager: reports to clear, and what went on from them to a second level."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Actor, Role
from tracker.domain.progress import Hindrance, Passed, ReportText, clearing_hindrance
from tracker.domain.review_warnings import ReviewFacts, ReviewWarning, review_warnings
from tracker.domain.workflow import Level, Move, Review
from tracker.models.people import Person
from tracker.models.progress import (
    Clearance,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.queries.clearances import (
    FirstClearance,
    Remark,
    first_clearances,
    newest_first_clearance,
    newest_remarks,
)
from tracker.queries.last_said import LastSaid, last_said
from tracker.queries.many_keys import is_among
from tracker.queries.planned_once import NOTHING
from tracker.queries.report_lines import ReportLine, report_lines
from tracker.queries.report_texts import FieldText, field_texts, text_of
from tracker.queries.review_facts import review_facts

MOST_TO_CLEAR = 25
MOST_PASSED_ON = 20
# The word stands in the statement, as it stands in the index of what waits at the first level. The
# period as a sum, lest SQLite goes by it through all reports of a unit.
WAITS_FOR_CLEARANCE = (
    ProgressReport.review == literal_column("'submitted'", ProgressReport.review.type),
    ~ProgressReport.is_waived,
    (ProgressReport.period_id + NOTHING).in_(
        select(ReportingPeriod.id).where(ReportingPeriod.state != PeriodState.FROZEN)
    ),
)
_Waiting = Select[int, datetime | None]
_Newer = aliased(ProgressRevision)
_Absent = aliased(Person)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A submitted report that waits for clearance, with who cleared it at the first level, if so.

    ``hindrance`` is why this reader does not clear it: nobody clears their own text, or both
    levels.
    """

    line: ReportLine
    text: ReportText
    fields: tuple[FieldText, ...]
    said_by: Doer
    said_at: datetime
    cleared_first: FirstClearance | None
    hindrance: Hindrance | None
    last: LastSaid | None
    warnings: tuple[ReviewWarning, ...]


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A report that this manager's unit cleared: it waits at the second level, or came back."""

    line: ReportLine
    remark: Remark | None


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What waits for clearance, waiting longest first; ``total`` counts also what is not listed.

    ``passed_on`` are the reports of the reader's units that went on to a second level, those that
    were returned there first.
    """

    items: tuple[QueueItem, ...]
    total: int
    passed_on: tuple[PassedOn, ...]

    @property
    def for_me(self) -> int:
        """Return how many wait for this reader: others clear what has passed their own hands."""
        return self.total - sum(item.hindrance is not None for item in self.items)


def review_queue(session: Session, actor: Actor, *, at: datetime) -> ReviewQueue:
    """Return what ``actor`` can clear, waiting longest first, in ten statements at most."""
    # Found first and read afterwards: PostgreSQL would read all reports to find some among them.
    found = session.scalars(_longest_waiting(actor)).all()
    lines = report_lines(
        session,
        is_among(session, ProgressReport.id, found),
        at=at,
        by=(ProgressReport.submitted_at, ProgressReport.id),
        limit=MOST_TO_CLEAR,
    )
    total = len(lines)
    if total == MOST_TO_CLEAR:
        total = session.scalar(_counting(*_parts_to_clear(actor))) or 0
    ids = [line.report_id for line in lines]
    last, submitted = last_said(session, ids), _submitted(session, ids)
    facts = review_facts(session, ids)
    first = first_clearances(session, [line.report_id for line in lines if line.waits_at_second])
    return ReviewQueue(
        items=tuple(
            _queue_item(
                line,
                *submitted[line.report_id],
                first.get(line.report_id),
                last.get(line.report_id),
                facts[line.report_id],
                actor,
            )
            for line in lines
        ),
        total=total,
        passed_on=_passed_on(session, actor, at),
    )


def counting_to_clear(actor: Actor) -> Select[int]:
    """Return the query that counts what ``actor`` is to clear and what has not passed their hands.

    It runs for every page: texts of theirs are looked up once, not for each report that waits.
    """
    at_first, at_second = _parts_to_clear(actor)
    not_said = ~_is_said_by(actor.person_id)
    return _counting(
        at_first.where(not_said),
        at_second.where(not_said, ~_is_cleared_first_by(actor.person_id)),
    )


def _parts_to_clear(actor: Actor) -> tuple[_Waiting, _Waiting]:
    """Return what waits for ``actor`` at the first level, and what waits at the second."""
    units = actor.units_acting_as(Role.MANAGER)
    at_first, at_second = ProgressReport.unit_id, ProgressReport.second_unit_id
    waiting = select(ProgressReport.id, ProgressReport.submitted_at).where(*WAITS_FOR_CLEARANCE)
    if None in units:
        return waiting.where(at_second.is_(None)), waiting.where(at_second.is_not(None))
    units -= {None}
    return (
        waiting.where(at_second.is_(None), at_first.in_(units)),
        waiting.where(at_second.in_(units)),
    )


def _longest_waiting(actor: Actor) -> Select[int]:
    # The number stands in the statement, since a plan for any limit expects a tenth of the rows.
    most = literal_column(str(MOST_TO_CLEAR), Integer)
    parts = (
        part.order_by(ProgressReport.submitted_at, ProgressReport.id).limit(most)
        for part in _parts_to_clear(actor)
    )
    waiting = union_all(*(select(part.subquery()) for part in parts)).subquery()
    in_order = waiting.c.submitted_at, waiting.c.id
    return select(waiting.c.id).order_by(*in_order).limit(most)


def _counting(*parts: _Waiting) -> Select[int]:
    counts = [part.with_only_columns(func.count()).scalar_subquery() for part in parts]
    return select(sum(counts[1:], counts[0]))


def _passed_on(session: Session, actor: Actor, at: datetime) -> tuple[PassedOn, ...]:
    """Return what the units cleared of which the actor is manager, and others are to clear now."""
    units = {unit_id for unit_id in actor.units_acting_as(Role.MANAGER) if unit_id is not None}
    # Found first and read afterwards, as what waits is.
    found = session.scalars(_cleared_by(units)).all() if units else ()
    if not found:
        return ()
    lines = report_lines(
        session,
        is_among(session, ProgressReport.id, found),
        at=at,
        by=(ProgressReport.review, ProgressReport.submitted_at, ProgressReport.id),
        limit=MOST_PASSED_ON,
    )
    remarks = newest_remarks(
        session, [line.report_id for line in lines if line.review is Review.RETURNED]
    )
    return tuple(PassedOn(line, remarks.get(line.report_id)) for line in lines)


def _cleared_by(units: Collection[int]) -> Select[int]:
    """Return what these units cleared that waits at another, or was returned by it."""
    newest = (
        select(func.max(Clearance.id))
        .where(Clearance.report_id == ProgressReport.id)
        .correlate(ProgressReport)
        .scalar_subquery()
    )
    was_returned_there = exists().where(
        Clearance.id == newest, Clearance.level == Level.SECOND, ~Clearance.is_cleared
    )
    # By sums, as above: the index of a unit has the reviews, too.
    of_units = select(ProgressReport.id, ProgressReport.review, ProgressReport.submitted_at).where(
        ProgressReport.unit_id.in_(units),
        ~ProgressReport.is_waived,
        (ProgressReport.period_id + NOTHING).in_(
            select(ReportingPeriod.id).where(ReportingPeriod.state == PeriodState.OPEN)
        ),
    )
    found = union_all(
        of_units.where(
            ProgressReport.review == Review.SUBMITTED,
            ProgressReport.second_unit_id.is_not(None),
            ProgressReport.second_unit_id.not_in(units),
        ),
        of_units.where(ProgressReport.review == Review.RETURNED, was_returned_there),
    ).subquery()
    in_order = found.c.review, found.c.submitted_at, found.c.id
    return select(found.c.id).order_by(*in_order).limit(MOST_PASSED_ON)


def _is_said_by(person_id: int) -> ColumnElement[bool]:
    """Say, of a report that is submitted, that its newest submitted text is the person's own.

    Asked of each report that waits, since PostgreSQL else goes through all reports for those
    submitted in the whole house.
    """
    return (
        exists()
        .where(
            ProgressRevision.report_id == ProgressReport.id,
            ProgressRevision.written_by_id == person_id,
            ProgressRevision.number == _newest_submission(ProgressReport.id, ProgressReport),
        )
        .correlate(ProgressReport)
    )


def _is_cleared_first_by(person_id: int) -> ColumnElement[bool]:
    """Say, of a report, that it waits at the second level and the person cleared it at the first.

    Or that somebody did so in their place.
    """
    return and_(
        ProgressReport.second_unit_id.is_not(None),
        exists()
        .where(
            Clearance.id == newest_first_clearance(ProgressReport.id),
            or_(Clearance.decided_by_id == person_id, Clearance.in_place_of_id == person_id),
        )
        .correlate(ProgressReport),
    )


def _newest_submission(
    report_id: InstrumentedAttribute[int], of: type[ProgressReport | ProgressRevision]
) -> ScalarSelect[int]:
    return (
        select(func.max(_Newer.number))
        .where(_Newer.report_id == report_id, _Newer.move == Move.SUBMIT)
        .correlate(of)
        .scalar_subquery()
    )


def _submitted(
    session: Session, report_ids: Collection[int]
) -> Mapping[int, tuple[ProgressRevision, Doer]]:
    if not report_ids:
        return {}
    rows = session.execute(
        select(ProgressRevision, Person.name, _Absent.name)
        .join(Person, Person.id == ProgressRevision.written_by_id)
        .outerjoin(_Absent, _Absent.id == ProgressRevision.in_place_of_id)
        .where(
            ProgressRevision.report_id.in_(report_ids),
            ProgressRevision.number
            == _newest_submission(ProgressRevision.report_id, ProgressRevision),
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
    cleared_first: FirstClearance | None,
    last: LastSaid | None,
    facts: ReviewFacts,
    actor: Actor,
) -> QueueItem:
    text = text_of(revision)
    passed = Passed(
        revision.written_by_id, cleared_first.people_ids if cleared_first else frozenset()
    )
    return QueueItem(
        line=line,
        text=text,
        fields=field_texts(text, last.text if last else None),
        said_by=said_by,
        said_at=revision.written_at,
        cleared_first=cleared_first,
        hindrance=clearing_hindrance(actor, unit_id=line.clearing_unit_id, passed=passed),
        last=last,
        warnings=review_warnings(text, last.text if last else None, facts),
    )
