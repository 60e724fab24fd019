"""What will go out, as things stand now: the rule of reminders asked about the days to come."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence, stood_in_for
from tracker.domain.digest_times import DigestTimes, is_time_of_any, moment_on
from tracker.domain.going_on import GoingOn
from tracker.domain.held_ahead import HeldAhead, held_ahead
from tracker.domain.pauses import Reminded, find_pause
from tracker.domain.periods import PeriodState
from tracker.domain.reminder_rules import RuleBook
from tracker.domain.reminders import (
    Item,
    Occasion,
    ReminderKind,
    ReportFacts,
    answerers,
    comes_besides,
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

Tell = Callable[[float], None]
_SHARE_OF_READING = 0.3  # of the work
_MOMENTS_HELD = 50  # of which all that holds is kept in memory, some days of a house of many zones
_URGENCY = {kind: place for place, kind in enumerate(ReminderKind)}


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
    mails = _mails(session, after=after, days=days, report_ids=report_ids, book=book)
    # What is about mandates alone stands on no report's page.
    return [
        (at, one)
        for at, told in mails
        for one in told
        if report_ids is None or one.report_id in report_ids
    ]


def _mails(
    session: Session,
    *,
    after: datetime,
    days: int,
    report_ids: Collection[int] | None = None,
    book: RuleBook | None = None,
    tell: Tell = lambda _share: None,
) -> Iterator[tuple[datetime, Sequence[Occasion]]]:
    """Yield what is told at each moment, mail by mail, in the order of ``outlook``.

    All that the rule of escalation tells at a moment comes in one go.
    """
    rules = rule_book(session) if book is None else book
    facts = reminder_facts(session, report_ids, book=rules)
    away = absences_since(session, after)
    matters = house_matters(session, facts, after, away, latest=after + timedelta(days=days))
    reached = _Reached(away)
    people = reached.of(matters.people).union(*(reached.by(each) for each in facts))
    times = digest_times(session, people, usual=rules.times)
    last = dict(last_digests(session))
    told = _told(session, report_ids)
    since = dict(told_since(session, report_ids)) if rules.was_changed else {}
    collected = collected_until(session)
    is_paused = _pausing(session, after, report_ids, times)
    moments = {person_id: _moments(chosen, after, days) for person_id, chosen in times.items()}
    going_on = GoingOn(matters, away, moments)
    held: HeldAhead = {}
    recipients = _by_moment(moments)
    for number, at in enumerate(sorted(recipients)):
        tell(_SHARE_OF_READING + (1 - _SHARE_OF_READING) * number / len(recipients))
        if number % _MOMENTS_HELD == 0:
            some = set(sorted(recipients)[number : number + _MOMENTS_HELD])
            within = {person_id: some & mine for person_id, mine in moments.items()}
            held = held_ahead(facts, matters, within, away)
        rest = going_on.occasions(at)
        for person_id in recipients[at]:
            untold = [
                one
                for one in (*held.pop((at, person_id), ()), *rest.get(person_id, ()))
                if (one.name, person_id) not in told
                and not one.was_told_by(since)
                and not is_paused(one, at)
            ]
            # The jobs ring each hour, so that only the next ring looks further back.
            asked_at = collected if at == _next_ring(after) else at - timedelta(hours=1)
            if untold and is_time_of_any(
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
                yield at, untold
        rolled_up = [one for one in going_on.roll_ups(at) if not is_paused(one, at)]
        if rolled_up:
            yield at, rolled_up


def _by_moment(moments: Mapping[int, Collection[datetime]]) -> Mapping[datetime, Sequence[int]]:
    """Return whose mail could come at each moment, by id."""
    recipients: dict[datetime, list[int]] = defaultdict(list)
    for person_id in sorted(moments):
        for at in moments[person_id]:
            recipients[at].append(person_id)
    return recipients


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


class _Reached:
    """Who may be told in the days to come of what is meant for some people, each set asked once."""

    def __init__(self, away: Sequence[Absence]) -> None:
        self._away = away
        self._known: dict[frozenset[int], frozenset[int]] = {}

    def by(self, report: ReportFacts) -> frozenset[int]:
        """Return who may be told of a report."""
        return self.of(answerers(report) | reviewers(report))

    def of(self, people: frozenset[int]) -> frozenset[int]:
        """Return these people with whoever stands in for them."""
        if people not in self._known:
            self._known[people] = stood_in_for(people, self._away)
        return self._known[people]


def _moments(times: DigestTimes, after: datetime, days: int) -> frozenset[datetime]:
    """Return the next ring, at which what is late is told, and the chosen hour of each day."""
    first = after.astimezone(ZoneInfo(times.time_zone)).date()
    daily = (moment_on(times, first + timedelta(days=number)) for number in range(days + 1))
    return frozenset({_next_ring(after), *(at for at in daily if at > after)})


def _next_ring(after: datetime) -> datetime:
    return after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def mails_ahead(
    session: Session,
    *,
    after: datetime,
    days: int,
    book: RuleBook | None = None,
    tell: Tell = lambda _share: None,
) -> Sequence[Ahead]:
    """Return the mails to come, the next first; one a person and moment, each report once in it.

    ``tell`` is told again and again how far the work is, from 0 to 1.
    """
    counted: list[tuple[datetime, int, Mapping[ReminderKind, int]]] = []
    for at, told in _mails(session, after=after, days=days, book=book, tell=tell):
        kinds: dict[int, dict[Item, ReminderKind]] = defaultdict(dict)
        for one in told:  # to one person, or what several chiefs are told at the moment
            known = kinds[one.recipient_id].get(one.item, one.kind)
            kinds[one.recipient_id][one.item] = _more_urgent(known, one.kind)
        counted += [(at, person_id, Counter(of.values())) for person_id, of in kinds.items()]
    names = names_of(session, {person_id for _at, person_id, _counts in counted})
    mails = [Ahead(at, person_id, names[person_id], counts) for at, person_id, counts in counted]
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
    """How many mails are to come now and by another book of rules, and those that differ.

    ``changed`` holds the first of those, ``changed_count`` says how many there are.
    """

    now: int
    then: int
    changed: Sequence[ChangedMail]
    changed_count: int


def compare_books(
    session: Session,
    *,
    after: datetime,
    days: int,
    book: RuleBook,
    most: int | None = None,
    tell: Tell = lambda _share: None,
) -> Comparison:
    """Return what the mails of the next days are now and by ``book``. Nothing is planned by it.

    At most ``most`` of those that differ are named; ``tell`` is told how far the work is.
    """
    before, after_change = (
        {
            (mail.at, mail.recipient_id): mail
            for mail in mails
            if ReminderKind.ESCALATION not in mail.counts  # the rules are not about those
        }
        for mails in (
            mails_ahead(session, after=after, days=days, tell=lambda share: tell(share / 2)),
            mails_ahead(
                session, after=after, days=days, book=book, tell=lambda share: tell((1 + share) / 2)
            ),
        )
    )
    changed = []
    for key in sorted(before.keys() | after_change.keys()):
        now, then = before.get(key), after_change.get(key)
        counts = tuple(dict(mail.counts) if mail else None for mail in (now, then))
        mail = now or then
        if counts[0] != counts[1] and mail is not None:
            changed.append(ChangedMail(*key, mail.recipient, *counts))
    return Comparison(len(before), len(after_change), changed[:most], len(changed))


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
