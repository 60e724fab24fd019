"""A house in which reports stay unanswered after reminders, and its jobs on days to come."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.post import SITE, TOKENS, Post
from tests.reporting import House, make_house, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor, Role
from tracker.domain.reminder_limits import USUAL
from tracker.domain.reminders import ReminderKind
from tracker.models.reminders import Delivery, Notification
from tracker.queries.reminder_limits import rules_version
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.escalation_rules import set_rules
from tracker.services.reminders import plan_reminders
from tracker.services.roll_ups import send_by_rule

# The reports are due on 30 June, a Tuesday; digests come on Mondays, and on the day itself.
REMINDED = (date(2026, 6, 16), date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 6))
RIPE = datetime(2026, 7, 9, 9, tzinfo=UTC)
ADMINISTRATOR = Actor(1, "Adam", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)}))


def make_silence(session: Session) -> House:
    """Add the commission, whose three reports nobody answered though reminders were delivered."""
    made = make_house(session)
    open_biennium(session, made, at=datetime(2026, 2, 1, tzinfo=UTC))
    for mandate_id in made.mandates:
        report = report_on(session, mandate_id)
        session.add_all(
            Notification(
                occasion=f"due:{report.id}:{report.due_on}:{day}",
                kind=ReminderKind.OVERDUE if day > report.due_on else ReminderKind.DUE,
                recipient_id=report.focal_point_id,
                report_id=report.id,
                due_on=report.due_on,
                state=Delivery.SENT,
                planned_at=_at(day),
                settled_at=_at(day),
            )
            for day in REMINDED
        )
    return made


def go_on(database: Database, travel: Travel, post: Post, *days: date) -> None:
    """Let the jobs run in the morning of these days."""
    for day in days:
        travel.to(_at(day))
        run_jobs(database, post)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def run_jobs(database: Database, post: Post) -> None:
    """Plan, collect, send roll-ups by rule, and deliver, now."""
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())
    with database.transaction() as session:
        send_by_rule(session, at=clock.now())
    deliver(database, post)


def deliver(database: Database, post: Post) -> None:
    """Deliver what waits."""
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())


def switch_on(database: Database, *, is_on: bool = True) -> None:
    """Let roll-ups go out by themselves in all units, or no more."""
    with database.transaction() as session:
        set_rules(
            session,
            version=rules_version(session),
            is_on=is_on,
            units={},
            limits=USUAL,
            actor=ADMINISTRATOR,
            at=clock.now(),
        )


def told(database: Database, kind: ReminderKind) -> list[tuple[int | None, int, Delivery]]:
    """Return report, recipient and state of each occasion of a kind in the ledger."""
    with database.reading() as session:
        rows = session.scalars(
            select(Notification).where(Notification.kind == kind.value).order_by(Notification.id)
        )
        return [(row.report_id, row.recipient_id, row.state) for row in rows]
