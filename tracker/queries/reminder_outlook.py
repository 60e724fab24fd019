"""What will go out, as things stand now: the rule of reminders asked about the days to come."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence
from tracker.domain.digest_times import DigestTimes, is_time, moment_on
from tracker.domain.periods import PeriodState
from tracker.domain.reminders import (
    DUE_DAY,
    Occasion,
    ReminderKind,
    ReportFacts,
    answerers,
    occasions_of,
    reviewers,
)
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_since
from tracker.queries.digest_times import collected_until, digest_times, last_digests
from tracker.queries.reminders import reminder_facts


@dataclass(frozen=True, slots=True)
class Ahead:
    """A mail to come: when, to whom, and how many reports of each kind it tells of."""

    at: datetime
    recipient_id: int
    recipient: str
    counts: Mapping[ReminderKind, int]


def outlook(
    session: Session, *, after: datetime, days: int, report_ids: Collection[int] | None = None
) -> Sequence[tuple[datetime, Occasion]]:
    """Return each occasion that is still to be told, with the moment of the digest that tells it.

    Those come within ``days`` days after the moment ``after``, the next first. Nothing is planned
    by it. A fixed number of statements, however many reports and days there are.
    """
    facts = reminder_facts(session, report_ids)
    away = absences_since(session, after)
    reached = {each.report_id: _reached(each, away) for each in facts}
    times = digest_times(session, {one for people in reached.values() for one in people})
    last = dict(last_digests(session))
    told = _told(session, report_ids)
    collected = collected_until(session)
    moments = {person_id: _moments(chosen, after, days) for person_id, chosen in times.items()}
    held = _ahead(facts, reached, moments, away)
    found = []
    for (at, person_id), occasions in sorted(held.items()):
        untold = [one for one in occasions if (one.name, person_id) not in told]
        falls_due = any(one.name.endswith(DUE_DAY) for one in untold)
        # The jobs ring each hour, so that only the next ring looks further back.
        since = collected if at == _next_ring(after) else at - timedelta(hours=1)
        if untold and is_time(
            times[person_id],
            at=at,
            since=since,
            last_at=last.get(person_id),
            falls_due_today=falls_due,
        ):
            last[person_id] = at
            told |= {(one.name, person_id) for one in untold}
            found += [(at, one) for one in untold]
    return found


def _ahead(
    facts: Sequence[ReportFacts],
    reached: Mapping[int, Collection[int]],
    moments: Mapping[int, Collection[datetime]],
    away: Sequence[Absence],
) -> Mapping[tuple[datetime, int], Sequence[Occasion]]:
    """Return what holds for each person at each moment at which a digest of theirs could come."""
    found: dict[tuple[datetime, int], list[Occasion]] = defaultdict(list)
    for each in facts:
        people = reached[each.report_id]
        for at in {moment for person_id in people for moment in moments.get(person_id, ())}:
            for occasion in occasions_of(each, at, away):
                if at in moments.get(occasion.recipient_id, ()):
                    found[at, occasion.recipient_id].append(occasion)
    return found


def _reached(facts: ReportFacts, away: Sequence[Absence]) -> frozenset[int]:
    """Return all who may be told of a report in the days to come, with whoever stands in."""
    people = set(answerers(facts) | reviewers(facts))
    for _ in away:
        people |= {
            stand_in
            for each in away
            if each.person_id in people
            for stand_in in (each.deputy_id, each.officer_id)
            if stand_in is not None
        }
    return frozenset(people)


def _moments(times: DigestTimes, after: datetime, days: int) -> frozenset[datetime]:
    """Return the next ring, at which what is late is told, and the chosen hour of each day."""
    first = after.astimezone(ZoneInfo(times.time_zone)).date()
    daily = (moment_on(times, first + timedelta(days=number)) for number in range(days + 1))
    return frozenset({_next_ring(after), *(at for at in daily if at > after)})


def _next_ring(after: datetime) -> datetime:
    return after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def mails_ahead(session: Session, *, after: datetime, days: int) -> Sequence[Ahead]:
    """Return the mails to come, the next first; one a person and moment, each report once in it."""
    kinds: dict[tuple[datetime, int], dict[int, ReminderKind]] = {}
    for at, occasion in outlook(session, after=after, days=days):
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
