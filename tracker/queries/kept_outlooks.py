"""The mails to come of a large house, as a job worked them out and kept them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from tracker.domain.reminders import ReminderKind
from tracker.models.jobs import BackgroundTask
from tracker.models.outlooks import Outlook, OutlookMail
from tracker.models.people import Person
from tracker.models.reminder_rules import ReminderRuleRow
from tracker.queries.jobs import TaskProgress, task_progress
from tracker.queries.reminder_outlook import Ahead
from tracker.queries.reminders import reports_that_wait

TASK_KIND = "outlook"
# Reports that wait, of which a page works out at once what goes out: within a second.
MOST_AT_ONCE = 3_000


@dataclass(frozen=True, slots=True)
class KeptOutlook:
    """That the mails until a moment were worked out; ``is_outruled``: rules were changed since."""

    id: int
    worked_out_at: datetime
    reaches_until: datetime
    is_outruled: bool


def is_worked_out_apart(session: Session) -> bool:
    """Tell whether so many reports wait that no page can work out what goes out. One statement."""
    waiting = reports_that_wait().limit(MOST_AT_ONCE + 1).subquery()
    return (session.scalar(select(func.count()).select_from(waiting)) or 0) > MOST_AT_ONCE


def find_kept_outlook(session: Session) -> KeptOutlook | None:
    """Return what was worked out last; None where nothing was. One statement."""
    is_outruled = exists().where(ReminderRuleRow.written_at > Outlook.worked_out_at)
    row = session.execute(
        select(Outlook.id, Outlook.worked_out_at, Outlook.reaches_until, is_outruled)
        .order_by(Outlook.id.desc())
        .limit(1)
    ).first()
    return None if row is None else KeptOutlook(*row)


def kept_mails(
    session: Session, outlook_id: int, *, after: datetime, until: datetime, most: int
) -> tuple[Sequence[Ahead], int]:
    """Return the first mails after a moment and until another, by moment, and how many they are.

    Those of one moment are by name. Two statements.
    """
    within = (
        OutlookMail.outlook_id == outlook_id,
        OutlookMail.goes_out_at > after,
        OutlookMail.goes_out_at <= until,
    )
    rows = session.execute(
        select(OutlookMail.goes_out_at, OutlookMail.recipient_id, Person.name, OutlookMail.counts)
        .join(Person, Person.id == OutlookMail.recipient_id)
        .where(*within)
        .order_by(OutlookMail.goes_out_at, OutlookMail.id)
        .limit(most)
    )
    mails = [
        Ahead(at, person_id, name, {ReminderKind(kind): num for kind, num in counts.items()})
        for at, person_id, name, counts in rows
    ]
    return mails, session.scalar(select(func.count(OutlookMail.id)).where(*within)) or 0


def find_outlook_task(session: Session) -> TaskProgress | None:
    """Return the newest task that works the mails to come out, None where none was asked for."""
    task = session.scalar(
        select(BackgroundTask)
        .where(BackgroundTask.kind == TASK_KIND)
        .order_by(BackgroundTask.id.desc())
        .limit(1)
    )
    return None if task is None else task_progress(task)
