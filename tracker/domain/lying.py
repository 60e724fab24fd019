"""What lies: reports that wait too long, mandates that were declined or that nobody answers for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.absences import Absence
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminder_limits import Limit, Limits
from tracker.domain.reminders import (
    Occasion,
    Raised,
    ReminderKind,
    ReportFacts,
    answerers,
    raised,
    reached,
)
from tracker.domain.workflow import Review

# What still lies is named again after as many days.
AGAIN_DAYS = 28
IN_DRAFT = N_("In draft, untouched since %(day)s.")
RETURNED = N_("Returned on %(day)s and not submitted again.")
SUBMITTED = N_("Submitted on %(day)s and not cleared.")
DECLINED = N_("Declined on %(day)s.")
NO_UNIT = N_("No unit leads it, so nobody is asked in the open period.")
FOCAL_POINT_LEFT = N_("Its focal point has left.")
NOBODY_IN_UNIT = N_("Its unit has neither a focal point nor a manager.")
_WORDS = {
    Review.DRAFT: (Limit.DRAFT, IN_DRAFT),
    Review.RETURNED: (Limit.RETURNED, RETURNED),
    Review.SUBMITTED: (Limit.SUBMITTED, SUBMITTED),
}


@dataclass(frozen=True, slots=True)
class LyingReport:
    """A report in draft, returned or submitted, and since when nobody has moved it."""

    report: ReportFacts
    since: datetime

    def days(self, limits: Limits) -> int:
        """Return after how many days it is told."""
        return limits[_WORDS[self.report.review][0]]


@dataclass(frozen=True, slots=True)
class UnheldMandate:
    """A mandate that comes back to the coordinators: declined, or nobody answers for it.

    ``mark`` tells this time from another one; ``report_id`` is there where a report is asked for.
    """

    kind: ReminderKind
    mandate_id: int
    report_id: int | None
    due_on: date | None
    since: datetime
    mark: str
    words: str

    @property
    def limit(self) -> Limit:
        """Return after which number of days it is told."""
        return Limit.DECLINED if self.kind is ReminderKind.DECLINED else Limit.OWNERLESS


def lying_people(each: LyingReport, coordinators: Iterable[int]) -> frozenset[int]:
    """Return who is told that a report lies; a stand-in comes in place of who is away.

    Whoever is to go on with it, and the coordinators; managers are reminded each week of what
    waits for their clearance, and nobody is told of what they did themselves.
    """
    report = each.report
    told = set(coordinators)
    if report.last_move is not None:
        told.discard(report.last_move.person_id)
    if report.review is not Review.SUBMITTED:
        told |= answerers(report)
    return frozenset(told)


def lying_occasions(
    each: LyingReport,
    limits: Limits,
    coordinators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Occasion]:
    """Yield to whom it is to be told at the moment that a report lies too long."""
    for told in raised_by_lying(each, limits, coordinators, at, absences):
        yield from told.to_each()


def raised_by_lying(
    each: LyingReport,
    limits: Limits,
    coordinators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Raised]:
    """Yield the same, once for all of them."""
    limit, words = _WORDS[each.report.review]
    time = _time_told(each.since, limits[limit], at)
    if time is None:
        return
    report_id, review = each.report.report_id, each.report.review.value
    name = f"lying:{report_id}:{review}:{each.since.date().isoformat()}:{time}"
    told = reached(lying_people(each, coordinators), absences, at, Capacity.DEPUTY)
    occasion = Occasion(
        name=name,
        kind=ReminderKind.LYING,
        report_id=report_id,
        due_on=each.report.due_on,
        recipient_id=0,
        note=Phrase(words, {"day": each.since.date()}),
    )
    yield from raised(occasion, told)


def turns_told(since: datetime, days: int, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield in order the moments after one and until another at which it is told first, or anew."""
    moment = since + timedelta(days=days)
    if moment <= after:
        passed = (after - moment).days // AGAIN_DAYS + 1
        moment += timedelta(days=passed * AGAIN_DAYS)
    while moment <= until:
        yield moment
        moment += timedelta(days=AGAIN_DAYS)


def unheld_occasions(
    each: UnheldMandate,
    limits: Limits,
    coordinators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Occasion]:
    """Yield to which coordinators it is to be told at the moment that a mandate is unheld."""
    for told in raised_by_unheld(each, limits, coordinators, at, absences):
        yield from told.to_each()


def raised_by_unheld(
    each: UnheldMandate,
    limits: Limits,
    coordinators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Raised]:
    """Yield the same, once for all of them."""
    time = _time_told(each.since, limits[each.limit], at)
    if time is None:
        return
    occasion = Occasion(
        name=f"{each.kind.value}:{each.mandate_id}:{each.mark}:{time}",
        kind=each.kind,
        report_id=each.report_id,
        due_on=each.due_on,
        recipient_id=0,
        mandate_id=each.mandate_id,
        note=Phrase(each.words, {"day": each.since.date()}),
    )
    yield from raised(occasion, reached(coordinators, absences, at, Capacity.DEPUTY))


def _time_told(since: datetime, days: int, at: datetime) -> str | None:
    """Return the name of the time for which it is told; None where it is too early."""
    late = at - since - timedelta(days=days)
    return None if late < timedelta(0) else f"T{late.days // AGAIN_DAYS}"
