"""What will go out, as things stand now: the rule of reminders asked about the days to come."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.periods import PeriodState
from tracker.domain.reminders import Occasion, ReminderKind, occasions_of
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_since
from tracker.queries.reminders import reminder_facts


@dataclass(frozen=True, slots=True)
class Ahead:
    """A mail to come: when, to whom, and how many reports of each kind it tells of."""

    at: datetime
    recipient_id: int
    recipient: str
    counts: Mapping[ReminderKind, int]


def outlook(
    session: Session, moments: Sequence[datetime], *, report_ids: Collection[int] | None = None
) -> Sequence[tuple[datetime, Occasion]]:
    """Return each occasion that is still to be told, with the first of ``moments`` at which.

    Nothing is planned by it. Four statements, however many reports and moments there are.
    """
    told = _told(session, report_ids)
    found = []
    facts = reminder_facts(session, report_ids)
    away = absences_since(session, moments[0]) if moments else ()
    for at in moments:
        for one in facts:
            for occasion in occasions_of(one, at, away):
                key = (occasion.name, occasion.recipient_id)
                if key not in told:
                    told.add(key)
                    found.append((at, occasion))
    return found


def mails_ahead(session: Session, moments: Sequence[datetime]) -> Sequence[Ahead]:
    """Return the mails to come, the next first; one a person and moment, each report once in it."""
    kinds: dict[tuple[datetime, int], dict[int, ReminderKind]] = {}
    for at, occasion in outlook(session, moments):
        of_mail = kinds.setdefault((at, occasion.recipient_id), {})
        known = of_mail.get(occasion.report_id, occasion.kind)
        of_mail[occasion.report_id] = _more_urgent(known, occasion.kind)
    names = names_of(session, {person_id for _at, person_id in kinds})
    mails = [
        Ahead(at, person_id, names[person_id], Counter(of_mail.values()))
        for (at, person_id), of_mail in kinds.items()
    ]
    return sorted(mails, key=lambda mail: (mail.at, mail.recipient, mail.recipient_id))


def names_of(session: Session, person_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of these people by id."""
    found = select(Person.id, Person.name).where(Person.id.in_(list(person_ids)))
    return dict(session.execute(found).all())


def _more_urgent(one: ReminderKind, other: ReminderKind) -> ReminderKind:
    return min(one, other, key=list(ReminderKind).index)


def _told(session: Session, report_ids: Collection[int] | None) -> set[tuple[str, int]]:
    """Return the occasions that went out, are on their way, or were given up."""
    query = (
        select(Notification.occasion, Notification.recipient_id)
        .join(ProgressReport, ProgressReport.id == Notification.report_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            Notification.state.in_((Delivery.SENT, Delivery.SENDING, Delivery.FAILED)),
        )
    )
    if report_ids is not None:
        query = query.where(Notification.report_id.in_(report_ids))
    return {(name, person_id) for name, person_id in session.execute(query)}
