"""Whom a request for reports would reach, and whom not and why; the requests that were made."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.absences import Absence
from tracker.domain.deadlines import begins_at
from tracker.domain.digest_times import next_working_mail
from tracker.domain.pauses import Pause
from tracker.domain.permissions import Capacity
from tracker.domain.reminder_requests import Hindrance
from tracker.domain.reminders import (
    ReminderKind,
    ReportFacts,
    Silence,
    answerers,
    reached,
    request_key,
)
from tracker.domain.workflow import Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.models.reminder_requests import ReminderRequest, ReminderRequestItem
from tracker.models.reminders import Delivery, Notification
from tracker.queries.absences import absences_at
from tracker.queries.digest_times import digest_times, last_digests
from tracker.queries.pauses import pauses_of
from tracker.queries.reminder_history import silences_about
from tracker.queries.reminders import reminder_facts
from tracker.queries.report_lines import ReportLine, report_lines

MOST_LISTED = 50
_Pair = tuple[int, int]  # report and person
# What goes to those who clear or coordinate says nothing to those who answer.
_OTHERS = (ReminderKind.CLEARANCE.value, ReminderKind.ESCALATION.value)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A report that a person would be asked for; ``absent`` is in whose place, if anybody's."""

    line: ReportLine
    answerer_id: int
    absent: str


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """A person who would get one mail, when at the earliest, and about which reports.

    Without anybody who stands in, ``away_until`` says until when the person is away.
    """

    person_id: int
    name: str
    language: str
    mail_at: datetime
    away_until: date | None
    reports: tuple[AskedFor, ...]

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """Return the reports."""
        return tuple(each.line for each in self.reports)

    @property
    def absent(self) -> Mapping[int, str]:
        """Return in whose place the person is asked, by report, where it is in somebody's."""
        return {each.line.report_id: each.absent for each in self.reports if each.absent}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report for which nobody, or the named person, is asked, and why."""

    line: ReportLine
    reason: Silence | Hindrance
    person: str = ""
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """The reports that are left out for one reason, of one person or of nobody in particular."""

    first: LeftOut
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class RequestRehearsal:
    """What a request would do: a mail a person, and what is left out; nothing is planned by it."""

    people: tuple[AskedPerson, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def pairs(self) -> frozenset[_Pair]:
        """Return each report with each person who answers for it and would be asked."""
        return frozenset(
            (each.line.report_id, each.answerer_id)
            for person in self.people
            for each in person.reports
        )

    @property
    def groups_left_out(self) -> tuple[LeftOutGroup, ...]:
        """Return what is left out by its reason and person, in the order of the list."""
        found: dict[tuple[object, ...], list[LeftOut]] = defaultdict(list)
        for each in self.left_out:
            found[each.reason, each.person, each.pause].append(each)
        return tuple(
            LeftOutGroup(group[0], tuple(each.line for each in group)) for group in found.values()
        )

    @property
    def report_count(self) -> int:
        """Return how many reports would be asked for."""
        return len({report_id for report_id, _person_id in self.pairs})


@dataclass(frozen=True, slots=True)
class MadeRequest:
    """A request that was made: by whom, when, and how many reports it asks how many people for."""

    request_id: int
    requested_at: datetime
    requested_by: str
    report_count: int
    person_count: int


def rehearse_request(
    session: Session, report_ids: Collection[int], *, asked_by: int, at: datetime
) -> RequestRehearsal:
    """Return what asking for these reports would do at the moment.

    A fixed number of statements, however many reports there are.
    """
    lines = report_lines(
        session,
        ProgressReport.id.in_(report_ids),
        at=at,
        by=(Instrument.sort_key, Clause.position, ProgressReport.id),
        limit=len(report_ids),
    )
    facts = {each.report_id: each for each in reminder_facts(session, report_ids)}
    silences = silences_about(session, report_ids, at=at)
    away = absences_at(session, at)
    told: dict[int, Mapping[int, int | None]] = {}
    left_out: list[LeftOut] = []
    for line in lines:
        reason = _bar(line, facts.get(line.report_id), silences)
        if reason is None:
            asked = answerers(facts[line.report_id])
            told[line.report_id] = reached(asked, away, at, Capacity.DEPUTY)
        else:
            left_out.append(LeftOut(line, reason))
    people = _People(session, told, at)
    held_back = _Hindrances(session, told, people, asked_by=asked_by, at=at)
    reports: dict[int, list[AskedFor]] = defaultdict(list)
    for line in lines:
        for person_id, absent in sorted(told.get(line.report_id, {}).items()):
            hindrance = held_back.of(line.report_id, person_id)
            if hindrance is not None:
                pause = held_back.pauses.get((line.report_id, person_id))
                left_out.append(LeftOut(line, hindrance, people.name_of(person_id), pause))
                continue
            answerer_id = person_id if absent is None else absent
            absent_name = people.name_of(absent) if absent is not None else ""
            reports[person_id].append(AskedFor(line, answerer_id, absent_name))
    return RequestRehearsal(tuple(people.asked(reports, away)), tuple(left_out))


def _bar(
    line: ReportLine, facts: ReportFacts | None, silences: Mapping[int, Silence]
) -> Silence | Hindrance | None:
    """Return why nobody at all is asked for a report."""
    if (silence := silences.get(line.report_id)) is not None:
        return silence
    if facts is None or facts.review is Review.SUBMITTED:
        return Hindrance.SUBMITTED
    return None if answerers(facts) else Hindrance.NOBODY


class _People:
    """Who would be asked, and in whose place: names, languages, zones and times of their mail."""

    def __init__(
        self, session: Session, told: Mapping[int, Mapping[int, int | None]], at: datetime
    ) -> None:
        recipients = {person_id for of in told.values() for person_id in of}
        absent = {each for of in told.values() for each in of.values() if each is not None}
        query = select(Person).where(Person.id.in_(recipients | absent))
        self._at = at
        self._people = {person.id: person for person in session.scalars(query)}
        self._times = digest_times(session, recipients)
        self._last = last_digests(session)

    def name_of(self, person_id: int) -> str:
        return self._people[person_id].name

    def day_begins(self, person_id: int) -> datetime:
        """Return when today began where the person is."""
        zone = self._people[person_id].time_zone
        return begins_at(self._at.astimezone(ZoneInfo(zone)).date(), zone)

    def asked(
        self, reports: Mapping[int, Sequence[AskedFor]], away: Iterable[Absence]
    ) -> Iterator[AskedPerson]:
        """Yield those who get a mail, by name."""
        absences = {each.person_id: each.ends_on for each in away if each.holds_at(self._at)}
        for person_id in sorted(reports, key=lambda key: (self.name_of(key), key)):
            person = self._people[person_id]
            yield AskedPerson(
                person_id,
                person.name,
                person.language,
                next_working_mail(
                    self._times[person_id], at=self._at, last_at=self._last.get(person_id)
                ),
                absences.get(person_id),
                tuple(reports[person_id]),
            )


class _Hindrances:
    """Why a person is not asked for a report, though they answer for it."""

    def __init__(
        self,
        session: Session,
        told: Mapping[int, Mapping[int, int | None]],
        people: _People,
        *,
        asked_by: int,
        at: datetime,
    ) -> None:
        pairs = {(report_id, person_id) for report_id, of in told.items() for person_id in of}
        self.pauses = pauses_of(session, pairs, at=at)
        self._asked_by = asked_by
        self._waiting: set[_Pair] = set()
        self._told_today: set[_Pair] = set()
        query = select(
            Notification.report_id,
            Notification.recipient_id,
            Notification.state,
            Notification.settled_at,
        ).where(
            Notification.report_id.in_(told),
            Notification.kind.not_in(_OTHERS),
            Notification.state.in_((Delivery.PENDING, Delivery.SENDING, Delivery.SENT)),
        )
        for report_id, person_id, state, settled_at in session.execute(query):
            pair = report_id or 0, person_id
            if pair not in pairs:
                continue
            if state is not Delivery.SENT:
                self._waiting.add(pair)
            elif settled_at is not None and settled_at >= people.day_begins(person_id):
                self._told_today.add(pair)

    def of(self, report_id: int, person_id: int) -> Hindrance | None:
        """Return why the person is not asked; None where they are."""
        pair = report_id, person_id
        if person_id == self._asked_by:
            return Hindrance.YOURSELF
        if pair in self.pauses:
            return Hindrance.PAUSED
        if pair in self._told_today:
            return Hindrance.TODAY
        return Hindrance.WAITING if pair in self._waiting else None


def made_requests(session: Session, *, request_id: int | None = None) -> Sequence[MadeRequest]:
    """Return the newest requests, or the one with this id. One statement."""
    query = (
        select(
            ReminderRequest.id,
            ReminderRequest.requested_at,
            Person.name,
            func.count(ReminderRequestItem.report_id.distinct()),
            func.count(ReminderRequestItem.person_id.distinct()),
        )
        .join(Person, Person.id == ReminderRequest.requested_by_id)
        .join(ReminderRequestItem, ReminderRequestItem.request_id == ReminderRequest.id)
        .group_by(ReminderRequest.id, ReminderRequest.requested_at, Person.name)
        .order_by(ReminderRequest.id.desc())
        .limit(MOST_LISTED)
    )
    if request_id is not None:
        query = query.where(ReminderRequest.id == request_id)
    return [MadeRequest(*row) for row in session.execute(query)]


def occasions_of_request(session: Session, request: MadeRequest) -> Sequence[str]:
    """Return the names of the occasions on which the reports of a request were asked for."""
    query = (
        select(ReminderRequestItem.report_id)
        .where(ReminderRequestItem.request_id == request.request_id)
        .distinct()
    )
    return [request_key(report_id, request.requested_at) for report_id in session.scalars(query)]
