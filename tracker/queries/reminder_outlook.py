"""What will go out, as things stand now: the rule of reminders asked about the days to come."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence
from tracker.domain.digest_times import DigestTimes, is_time_of_any, moment_on
from tracker.domain.going_on import GoingOn
from tracker.domain.pauses import Reminded, find_pause
from tracker.domain.periods import PeriodState
from tracker.domain.reminder_rules import RuleBook
from tracker.domain.reminder_turns import stretches, turns_of
from tracker.domain.reminders import (
    Item,
    Occasion,
    ReminderKind,
    ReportFacts,
    answerers,
    comes_besides,
    occasions_of,
    reviewers,
)
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_since
from tracker.queries.digest_times import collected_until, digest_times, last_digests
from tracker.queries.house_matters import house_matters
from tracker.queries.pauses import pauses_since, places_of
from tracker.queries.reminder_rules import rule_book
from tracker.queries.reminders import reminder_facts, told_since

_URGENCY = {kind: place for place, kind in enumerate(ReminderKind)}
_Mail = tuple[datetime, int, bool]  # when, to whom, and whether it is a roll-up


@dataclass(frozen=True, slots=True)
class Ahead:
    """A mail to come: when, to whom, and how many reports of each kind it tells of."""

    at: datetime
    recipient_id: int
    recipient: str
    counts: Mapping[ReminderKind, int]


def outlook(
    session: Session,
    *,
    after: datetime,
    days: int,
    report_ids: Collection[int] | None = None,
    book: RuleBook | None = None,
) -> Sequence[tuple[datetime, Occasion]]:
    """Return each occasion that is still to be told, with the moment of the mail that tells it.

    Those come within ``days`` days after the moment ``after``, the next first; what the rule of
    escalation then tells to chiefs is among them. Nothing is planned by it; ``book`` are the rules
    to go by, those in force when none is given. A fixed number of statements, however many reports
    and days there are.
    """
    rules = rule_book(session) if book is None else book
    facts = reminder_facts(session, report_ids, book=rules)
    away = absences_since(session, after)
    matters = house_matters(session, facts, after, away, latest=after + timedelta(days=days))
    reached = {each.report_id: _reached(answerers(each) | reviewers(each), away) for each in facts}
    people = {one for of in reached.values() for one in of} | _reached(matters.people, away)
    times = digest_times(session, people, usual=rules.times)
    last = dict(last_digests(session))
    told = _told(session, report_ids)
    since = dict(told_since(session, report_ids)) if rules.was_changed else {}
    collected = collected_until(session)
    is_paused = _pausing(session, after, report_ids, times)
    moments = {person_id: _moments(chosen, after, days) for person_id, chosen in times.items()}
    held = _ahead(facts, reached, moments, away)
    going_on = GoingOn(matters, away, moments)
    found = []
    for at in sorted({moment for of_person in moments.values() for moment in of_person}):
        rest = going_on.occasions(at)
        for person_id in sorted(person for person, of in moments.items() if at in of):
            untold = [
                one
                for one in (*held.get((at, person_id), ()), *rest.get(person_id, ()))
                if (one.name, person_id) not in told
                and not one.was_told_by(since)
                and not is_paused(one, at)
            ]
            # The jobs ring each hour, so that only the next ring looks further back.
            asked_at = collected if at == _next_ring(after) else at - timedelta(hours=1)
            if is_time_of_any(
                times[person_id],
                {(one.weekdays, comes_besides(one.name)) for one in untold},
                at=at,
                since=asked_at,
                last_at=last.get(person_id),
            ):
                last[person_id] = at
                told |= {(one.name, person_id) for one in untold}
                since |= {one.series: at for one in untold} if rules.was_changed else {}
                going_on.tell(untold, at)
                found += [(at, one) for one in untold]
        found += [(at, one) for one in going_on.roll_ups(at) if not is_paused(one, at)]
    # What is about mandates alone stands on no report's page.
    return [(at, one) for at, one in found if report_ids is None or one.report_id in report_ids]


def _pausing(
    session: Session,
    after: datetime,
    report_ids: Collection[int] | None,
    times: Mapping[int, DigestTimes],
) -> Callable[[Occasion, datetime], bool]:
    """Return what tells whether an occasion is paused at a moment; one statement, if nothing is."""
    pauses = pauses_since(session, after)
    places = places_of(session, report_ids) if pauses else {}

    def is_paused(occasion: Occasion, at: datetime) -> bool:
        if not pauses:
            return False
        person_id = occasion.recipient_id
        unit_id, mandate_id = places.get(occasion.report_id or 0, (None, occasion.mandate_id))
        reminded = Reminded(person_id, times[person_id].time_zone, unit_id, mandate_id)
        return find_pause(pauses, reminded, at) is not None

    return is_paused


def _ahead(
    facts: Sequence[ReportFacts],
    reached: Mapping[int, frozenset[int]],
    moments: Mapping[int, Collection[datetime]],
    away: Sequence[Absence],
) -> Mapping[tuple[datetime, int], Sequence[Occasion]]:
    """Return what holds for each person at each moment at which a digest of theirs could come."""
    found: dict[tuple[datetime, int], list[Occasion]] = defaultdict(list)
    absent = {each.person_id for each in away}
    in_order = _InOrder(moments)
    for each in facts:
        people = reached[each.report_id]
        wanted = in_order.of(people)
        if not wanted:
            continue
        turns = turns_of(each, wanted[0], wanted[-1])
        # Who stands in for somebody may change at any moment; else what holds stays until a turn.
        rows = stretches(turns, wanted) if absent.isdisjoint(people) else ([at] for at in wanted)
        for row in rows:
            for occasion in occasions_of(each, row[0], away):
                mine = moments.get(occasion.recipient_id, frozenset())
                for at in row:
                    if at in mine:
                        found[at, occasion.recipient_id].append(occasion)
    return found


class _InOrder:
    """The moments of several people in order, each set of people put in order once."""

    def __init__(self, moments: Mapping[int, Collection[datetime]]) -> None:
        self._moments = moments
        self._known: dict[frozenset[int], Sequence[datetime]] = {}

    def of(self, people: frozenset[int]) -> Sequence[datetime]:
        if people not in self._known:
            self._known[people] = sorted(
                {moment for person_id in people for moment in self._moments.get(person_id, ())}
            )
        return self._known[people]


def _reached(people: Collection[int], away: Sequence[Absence]) -> frozenset[int]:
    """Return all who may be told in the days to come, with whoever stands in for them."""
    people = set(people)
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


def mails_ahead(
    session: Session, *, after: datetime, days: int, book: RuleBook | None = None
) -> Sequence[Ahead]:
    """Return the mails to come, the next first; one a person and moment, each report once in it."""
    kinds: dict[_Mail, dict[Item, ReminderKind]] = {}
    for at, occasion in outlook(session, after=after, days=days, book=book):
        is_roll_up = occasion.kind is ReminderKind.ESCALATION
        of_mail = kinds.setdefault((at, occasion.recipient_id, is_roll_up), {})
        known = of_mail.get(occasion.item, occasion.kind)
        of_mail[occasion.item] = _more_urgent(known, occasion.kind)
    names = names_of(session, {person_id for _at, person_id, _is_roll_up in kinds})
    mails = [
        Ahead(at, person_id, names[person_id], Counter(of_mail.values()))
        for (at, person_id, _is_roll_up), of_mail in kinds.items()
    ]
    return sorted(mails, key=lambda mail: (mail.at, mail.recipient, mail.recipient_id))


@dataclass(frozen=True, slots=True)
class ChangedMail:
    """A mail to come that another rule would change; None is where there is none."""

    at: datetime
    recipient_id: int
    recipient: str
    now: Mapping[ReminderKind, int] | None
    then: Mapping[ReminderKind, int] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many mails are to come now and by another book of rules, and those that differ."""

    now: int
    then: int
    changed: Sequence[ChangedMail]


def compare_books(session: Session, *, after: datetime, days: int, book: RuleBook) -> Comparison:
    """Return what the mails of the next days are now and by ``book``. Nothing is planned by it."""
    before, after_change = (
        {
            (mail.at, mail.recipient_id): mail
            for mail in mails
            if ReminderKind.ESCALATION not in mail.counts  # the rules are not about those
        }
        for mails in (
            mails_ahead(session, after=after, days=days),
            mails_ahead(session, after=after, days=days, book=book),
        )
    )
    changed = []
    for key in sorted(before.keys() | after_change.keys()):
        now, then = before.get(key), after_change.get(key)
        counts = tuple(dict(mail.counts) if mail else None for mail in (now, then))
        mail = now or then
        if counts[0] != counts[1] and mail is not None:
            changed.append(ChangedMail(*key, mail.recipient, *counts))
    return Comparison(len(before), len(after_change), changed)


def names_of(session: Session, person_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of these people by id."""
    found = select(Person.id, Person.name).where(Person.id.in_(list(person_ids)))
    return dict(session.execute(found).all())


def _more_urgent(one: ReminderKind, other: ReminderKind) -> ReminderKind:
    return one if one is other else min(one, other, key=_URGENCY.__getitem__)


def _told(session: Session, report_ids: Collection[int] | None) -> set[tuple[str, int]]:
    """Return the occasions that went out, are on their way, or were given up."""
    query = (
        select(Notification.occasion, Notification.recipient_id)
        .outerjoin(ProgressReport, ProgressReport.id == Notification.report_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            or_(Notification.report_id.is_(None), ReportingPeriod.state == PeriodState.OPEN),
            Notification.state.in_((Delivery.SENT, Delivery.SENDING, Delivery.FAILED)),
        )
    )
    if report_ids is not None:
        query = query.where(Notification.report_id.in_(report_ids))
    return {(name, person_id) for name, person_id in session.execute(query)}
