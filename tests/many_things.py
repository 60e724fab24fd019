"""A house in which everything that matters for reminders happens at once, another for each seed."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import (
    House,
    make_house,
    make_instrument,
    make_mandate,
    make_person,
    open_biennium,
)
from tracker.domain.deadlines import overdue_from
from tracker.domain.pauses import PauseScope
from tracker.domain.permissions import Role
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.domain.workflow import Move, Review
from tracker.models.absences import PersonAbsence
from tracker.models.digest_times import DigestChoice
from tracker.models.escalations import EscalationSwitch
from tracker.models.pauses import ReminderPause
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ProgressRevision
from tracker.models.reminder_rules import ReminderRuleRow
from tracker.models.reminders import Delivery, Notification
from tracker.queries.reminder_rules import content_of

OPENED_AT = datetime(2026, 2, 1, tzinfo=UTC)
_ZONES = ("UTC", "Asia/Tokyo", "America/Lima")
_MOVES = {
    Review.DRAFT: Move.SAVE,
    Review.SUBMITTED: Move.SUBMIT,
    Review.RETURNED: Move.RETURN,
}


def make_many_things(session: Session, seed: int, *, at: datetime) -> House:
    """Add the commission with fourteen people more and thirty reports in all states.

    People are away and stand in for each other in a chain, some chose their hours; one unit's
    roll-ups go out by themselves, with an odd seed a rule was changed and something is paused.
    """
    draw = Random(seed)  # noqa: S311 - the same house for the same seed
    made = make_house(session)
    units = [session.get_one(OrganizationalUnit, key) for key in (made.statistics, made.trade)]
    people = [_person(session, draw, number, units) for number in range(14)]
    instrument = make_instrument(session, "13(V)", "13-v")
    for number in range(1, 28):
        owner = draw.choice([None, *people])
        make_mandate(session, instrument, str(number), draw.choice([*units, *units, None]), owner)
    open_biennium(session, made, at=OPENED_AT)
    for report in session.scalars(select(ProgressReport).order_by(ProgressReport.id)).all():
        _move(session, draw, report, people, at)
    _go_on_leave(session, draw, [made.coordinator.person_id, *(one.id for one in people)], at)
    session.add(EscalationSwitch(subject="unit:1", unit_id=made.statistics, is_on=True))
    session.add(EscalationSwitch(subject="all", is_on=False))
    if seed % 2:
        _change_rules(session, made, at)
    session.flush()
    return made


def _person(session: Session, draw: Random, number: int, units: list[OrganizationalUnit]) -> Person:
    role = draw.choice((Role.FOCAL_POINT, Role.FOCAL_POINT, Role.MANAGER))
    person = make_person(session, f"Person {number}", (role, draw.choice(units).id))
    if number == 0:
        person.roles[0].role, person.roles[0].unit_id = Role.COORDINATOR, None
    person.time_zone = draw.choice(_ZONES)
    if draw.random() < 0.4:
        weekdays = "".join(map(str, sorted(draw.sample(range(5), 2))))
        session.add(DigestChoice(person_id=person.id, hour=draw.randrange(24), weekdays=weekdays))
    return person


def _move(
    session: Session, draw: Random, report: ProgressReport, people: list[Person], at: datetime
) -> None:
    """Give a report its due date and state, and let some of its reminders be told already."""
    report.due_on = at.date() + timedelta(days=draw.randrange(-30, 30))
    report.overdue_at = overdue_from(report.due_on, "UTC")
    report.review = draw.choice([*_MOVES, Review.OPEN, Review.OPEN, Review.OPEN])
    if report.review in _MOVES:
        session.add(
            ProgressRevision(
                report_id=report.id,
                number=1,
                move=_MOVES[report.review],
                language="en",
                done="Counted.",
                written_at=at - timedelta(days=draw.randrange(60)),
                written_by_id=draw.choice(people).id,
            )
        )
    for step in draw.sample(("T-14", "T-3", "T-0", "W0", "W1"), 2):
        session.add(
            Notification(
                occasion=f"due:{report.id}:{report.due_on}:{step}",
                kind="overdue" if step.startswith("W") else "due",
                recipient_id=report.focal_point_id or draw.choice(people).id,
                report_id=report.id,
                due_on=report.due_on,
                state=draw.choice((Delivery.SENT, Delivery.PENDING, Delivery.CANCELLED)),
                planned_at=at - timedelta(days=9),
                settled_at=at - timedelta(days=draw.randrange(9)),
            )
        )


def _go_on_leave(session: Session, draw: Random, people: list[int], at: datetime) -> None:
    for person_id, deputy_id in zip(people[::3], people[1::3], strict=False):
        starts_on: date = at.date() + timedelta(days=draw.randrange(-3, 30))
        session.add(
            PersonAbsence(
                person_id=person_id,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=draw.randrange(12)),
                deputy_id=deputy_id,
                officer_id=draw.choice([one for one in people if one != person_id]),
                entered_at=at,
                entered_by_id=person_id,
            )
        )


def _change_rules(session: Session, made: House, at: datetime) -> None:
    rule = ReminderRule(due_days=(20, 6, 0), repeat_days=5, weekdays=frozenset({1, 3}))
    session.add(
        ReminderRuleRow(
            target=str(HOUSE),
            number=1,
            content=content_of(rule, None),
            written_at=at - timedelta(days=4),
            written_by_id=made.coordinator.person_id,
        )
    )
    session.add(
        ReminderPause(
            scope=PauseScope.UNIT,
            unit_id=made.trade,
            starts_on=at.date() + timedelta(days=5),
            ends_on=at.date() + timedelta(days=12),
            reason="Everybody is at the session.",
            entered_at=at,
            entered_by_id=made.coordinator.person_id,
        )
    )
