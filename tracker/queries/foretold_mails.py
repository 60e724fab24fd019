"""The mails to come, foretold for some people at a time, so that few of their facts are held."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence, stood_in_for
from tracker.domain.digest_times import DigestTimes, moment_on
from tracker.domain.escalation import SilentReport
from tracker.domain.foretold import Foretelling, Foretold, Ledger, Rings
from tracker.domain.going_on import REMINDS, GoingOn, Heard, heard_of
from tracker.domain.held_ahead import Moments, held_ahead
from tracker.domain.house_matters import HouseMatters
from tracker.domain.pauses import Reminded, find_pause
from tracker.domain.periods import PeriodState
from tracker.domain.reminder_rules import RuleBook
from tracker.domain.reminders import Occasion, ReportFacts, answerers, remindable
from tracker.domain.told_together import parts_of
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_since
from tracker.queries.digest_times import collected_until, digest_times, last_digests
from tracker.queries.house_matters import house_matters
from tracker.queries.many_keys import is_among
from tracker.queries.pauses import pauses_since, places_of
from tracker.queries.reminder_rules import rule_book
from tracker.queries.reminders import reminder_facts, told_since

Tell = Callable[[float], None]
_SHARE_OF_READING = 0.2  # of the work
# What is in memory at once: the reports of so many people, and the days of what coordinators are
# told, who hear of the whole house.
_REPORTS_HELD = 1_000
_DAYS_HELD = 32


def foretold_mails(
    session: Session,
    *,
    after: datetime,
    days: int,
    report_ids: Collection[int] | None = None,
    book: RuleBook | None = None,
    tell: Tell = lambda _share: None,
) -> Iterator[Foretold]:
    """Yield the mails of the days after a moment, those of some people after those of others.

    The mails of one person come in their order. What the rule of escalation tells to chiefs at a
    moment comes in one or more. ``tell`` is told again and again how far the work is, from 0 to 1.
    """
    rules = rule_book(session) if book is None else book
    house = _House(session, after, days, report_ids, rules)
    parts = list(house.parts())
    for number, people in enumerate(parts):
        tell(_SHARE_OF_READING + (1 - _SHARE_OF_READING) * number / len(parts))
        yield from house.mails_of(people, is_last=number == len(parts) - 1)


@dataclass(frozen=True, slots=True)
class _Escalations:
    """What may be escalated: by rule, which is told to those who answer, or to coordinators."""

    by_rule: Sequence[SilentReport]
    proposed: Mapping[int, SilentReport]


class _House:
    """What is known of the whole house; of each person little more than which reports reach them.

    A mail depends on what its recipient was told before and on nobody else's mails, but for
    escalation: what those who answer for a report are told by rule depends on what all of them
    were told, so that they are looked at together; what coordinators are told depends on the
    reminders of everybody, so that they come last.
    """

    def __init__(
        self,
        session: Session,
        after: datetime,
        days: int,
        report_ids: Collection[int] | None,
        rules: RuleBook,
    ) -> None:
        self._session, self._report_ids, self._rules = session, report_ids, rules
        self._facts = reminder_facts(session, report_ids, book=rules)
        self._away = absences_since(session, after)
        latest = after + timedelta(days=days)
        self._matters = house_matters(session, self._facts, after, self._away, latest=latest)
        self._reached = _Reached(self._away)
        self._of_person = self._reports_by_person()
        people = self._reached.of(self._matters.people).union(self._of_person)
        self._times = digest_times(session, people, usual=rules.times)
        self._people = {key: of for key, of in self._of_person.items() if key in self._times}
        others = people.intersection(self._times).difference(self._people)
        self._people |= dict.fromkeys(sorted(others), ())
        self._moments = _moments_of(self._times, after, days)
        self._rings = Rings(_next_ring(after), collected_until(session))
        self._digests = dict(last_digests(session))
        self._is_paused = _pausing(session, after, self._facts, self._times)
        self._last = self._reached.of(
            self._matters.coordinators.union(
                self._matters.administrators, (each.person_id for each in self._matters.editions)
            )
        )
        self._escalations = _escalations(self._matters.silent)
        self._heard: list[Heard] = []
        self._whole = self._ledger(None) if len(self._facts) <= _REPORTS_HELD else None

    def parts(self) -> Iterator[Sequence[int]]:
        """Yield whose mails are worked out at once, the coordinators last."""
        bound = (self._reached.of(answerers(each.report)) for each in self._escalations.by_rule)
        return parts_of(self._people, bound, self._last, most=_REPORTS_HELD)

    def mails_of(self, people: Sequence[int], *, is_last: bool) -> Iterator[Foretold]:
        """Yield the mails of some people, part of whom are the coordinators if it ``is_last``."""
        mine = frozenset(people)
        facts, matters = self._facts_of(mine), self._matters_of(mine, is_last=is_last)
        moments = {person_id: self._moments[person_id] for person_id in mine}
        chiefs = {each.person_id for silent in matters.silent for each in silent.chiefs}
        ledger = self._whole or self._ledger(mine)
        foretelling = Foretelling(
            self._times,
            self._rings,
            ledger,
            GoingOn(
                matters,
                self._away,
                self._moments,
                told=ledger.names,
                heard=self._heard if is_last else (),
            ),
            self._is_paused,
        )
        looked_at = {key: self._moments.get(key, frozenset()) for key in mine | chiefs}
        for days in _rows_of_days(looked_at) if is_last else [_all(looked_at)]:
            within = {key: days.intersection(of) for key, of in moments.items()}
            held = held_ahead(facts, matters, within, self._away)
            looked = {key: days.intersection(of) for key, of in looked_at.items()}
            for mail in foretelling.mails(held, looked):
                if not is_last:
                    self._heard += self._reminders_in(mail)
                yield mail

    def _reports_by_person(self) -> Mapping[int, Sequence[int]]:
        """Return the places of the reports that may be told to each person."""
        places: dict[int, list[int]] = defaultdict(list)
        for place, each in enumerate(self._facts):
            for person_id in self._reached.by(each):
                places[person_id].append(place)
        return places

    def _facts_of(self, people: Collection[int]) -> Sequence[ReportFacts]:
        places = {place for person_id in people for place in self._of_person.get(person_id, ())}
        return [self._facts[place] for place in sorted(places)]

    def _matters_of(self, people: frozenset[int], *, is_last: bool) -> HouseMatters:
        """Return what besides reminders is told to some people; much of it to coordinators only."""
        by_rule = [
            each
            for each in self._escalations.by_rule
            if not people.isdisjoint(answerers(each.report))
        ]
        if is_last:
            return replace(self._matters, silent=[*by_rule, *self._escalations.proposed.values()])
        places = {each.report_id for each in self._facts_of(people)}
        return HouseMatters(
            lying=[each for each in self._matters.lying if each.report.report_id in places],
            silent=by_rule,
            limits=self._matters.limits,
        )

    def _reminders_in(self, mail: Foretold) -> Iterator[Heard]:
        for one, _told in mail.raised:
            if one.kind in REMINDS and one.report_id in self._escalations.proposed:
                yield heard_of(one, mail.recipient_id, mail.at)

    def _ledger(self, people: Collection[int] | None) -> Ledger:
        """Return what these people were told so far, None is everybody; one or two statements."""
        steps = None
        if self._rules.was_changed:
            steps = dict(told_since(self._session, self._report_ids, person_ids=people))
        names = _told(self._session, self._report_ids, people)
        return Ledger(names, steps, self._digests)


def _escalations(silent: Iterable[SilentReport]) -> _Escalations:
    undecided = [each for each in silent if not each.is_decided]
    return _Escalations(
        [each for each in undecided if each.goes_by_rule],
        {each.report.report_id: each for each in undecided if not each.goes_by_rule},
    )


class _Reached:
    """Who may be told in the days to come of what is meant for some people, each set asked once."""

    def __init__(self, away: Sequence[Absence]) -> None:
        self._away = away
        self._known: dict[frozenset[int], frozenset[int]] = {}

    def by(self, report: ReportFacts) -> frozenset[int]:
        """Return who may be told of a report."""
        return self.of(remindable(report))

    def of(self, people: frozenset[int]) -> frozenset[int]:
        """Return these people with whoever stands in for them."""
        if people not in self._known:
            self._known[people] = stood_in_for(people, self._away)
        return self._known[people]


def _moments_of(times: Mapping[int, DigestTimes], after: datetime, days: int) -> Moments:
    """Return at which moments each person's mail may come: the next ring, then once a day.

    Those of the same place and hour share theirs.
    """
    known: dict[tuple[str, int], frozenset[datetime]] = {}
    for each in times.values():
        key = each.time_zone, each.hour
        if key not in known:
            known[key] = _moments(each, after, days)
    return {key: known[each.time_zone, each.hour] for key, each in times.items()}


def _moments(times: DigestTimes, after: datetime, days: int) -> frozenset[datetime]:
    """Return the next ring, at which what is late is told, and the chosen hour of each day."""
    first = after.astimezone(ZoneInfo(times.time_zone)).date()
    daily = (moment_on(times, first + timedelta(days=number)) for number in range(days + 1))
    return frozenset({_next_ring(after), *(at for at in daily if at > after)})


def _next_ring(after: datetime) -> datetime:
    return after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _rows_of_days(moments: Moments) -> Iterator[frozenset[datetime]]:
    """Yield all of these moments in order, those of some days at a time."""
    left = sorted(_all(moments))
    while left:
        end = left[0] + timedelta(days=_DAYS_HELD)
        yield frozenset(at for at in left if at < end)
        left = [at for at in left if at >= end]


def _all(moments: Moments) -> frozenset[datetime]:
    return frozenset[datetime]().union(*moments.values())


def _pausing(
    session: Session,
    after: datetime,
    facts: Iterable[ReportFacts],
    times: Mapping[int, DigestTimes],
) -> Callable[[Occasion, datetime], bool] | None:
    """Return what tells whether an occasion is paused at a moment; None, if nothing ever is.

    One statement then, else two.
    """
    pauses = pauses_since(session, after)
    if not pauses:
        return None
    places = places_of(session, {each.report_id for each in facts})

    def is_paused(occasion: Occasion, at: datetime) -> bool:
        person_id = occasion.recipient_id
        unit_id, mandate_id = places.get(occasion.report_id or 0, (None, occasion.mandate_id))
        reminded = Reminded(person_id, times[person_id].time_zone, unit_id, mandate_id)
        return find_pause(pauses, reminded, at) is not None

    return is_paused


def _told(
    session: Session, report_ids: Collection[int] | None, person_ids: Collection[int] | None
) -> dict[int, set[str]]:
    """Return by recipient what went out, is on its way, or was given up."""
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
    if person_ids is not None:
        query = query.where(is_among(session, Notification.recipient_id, person_ids))
    found: dict[int, set[str]] = defaultdict(set)
    for name, person_id in session.execute(query):
        found[person_id].add(name)
    return dict(found)
