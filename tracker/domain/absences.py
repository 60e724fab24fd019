"""Absences: who is away when, who answers in their place, and which absence cannot be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Capacity

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Absence:
    """The days, both included, on which a person is away, and who stands in for them.

    The deputy answers in their place; the officer-in-charge clears in the place of a manager. The
    days are those of the person's time zone.
    """

    person_id: int
    starts_on: date
    ends_on: date
    deputy_id: int | None = None
    officer_id: int | None = None
    time_zone: str = "UTC"

    def covers(self, day: date) -> bool:
        """Tell whether the person is away on the day."""
        return self.starts_on <= day <= self.ends_on

    def holds_at(self, at: datetime) -> bool:
        """Tell whether the person is away at the moment."""
        return self.covers(at.astimezone(ZoneInfo(self.time_zone)).date())

    def overlaps(self, other: "Absence") -> bool:
        """Tell whether both have a day in common."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def stand_in(self, capacity: Capacity) -> int | None:
        """Return who stands in for the person, None where nobody is named."""
        return self.deputy_id if capacity is Capacity.DEPUTY else self.officer_id


def who_answers(
    person_id: int, day: date, absences: Iterable[Absence], capacity: Capacity = Capacity.DEPUTY
) -> int:
    """Return who acts in place of a person on a day: they themselves, or who stands in for them.

    A stand-in who is away as well is followed to theirs; where nobody is named further, or two name
    each other, the last one named it is.
    """
    return _followed(person_id, _by_person(each for each in absences if each.covers(day)), capacity)


def who_answers_at(
    person_id: int, at: datetime, absences: Iterable[Absence], capacity: Capacity = Capacity.DEPUTY
) -> int:
    """Return who acts in place of a person at a moment, as ``who_answers`` does for a day."""
    return _followed(
        person_id, _by_person(each for each in absences if each.holds_at(at)), capacity
    )


def _by_person(absences: Iterable[Absence]) -> Mapping[int, Absence]:
    return {each.person_id: each for each in absences}


def _followed(person_id: int, away: Mapping[int, Absence], capacity: Capacity) -> int:
    seen, found = {person_id}, person_id
    while (absence := away.get(found)) is not None:
        following = absence.stand_in(capacity)
        if following is None or following in seen:
            break
        seen.add(following)
        found = following
    return found


def stood_in_for(people: Iterable[int], absences: Iterable[Absence]) -> frozenset[int]:
    """Return these people and whoever may come to stand in for one of them, however far on."""
    stand_ins: dict[int, set[int]] = {}
    for each in absences:
        named = {one for one in (each.deputy_id, each.officer_id) if one is not None}
        stand_ins.setdefault(each.person_id, set()).update(named)
    found, following = set[int](), set(people)
    while following:
        found |= following
        following = {one for each in following for one in stand_ins.get(each, ())} - found
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who did something, and in whose place: as deputy, or as officer-in-charge."""

    name: str
    in_place_of: str | None = None
    is_officer: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A person as an absence names them."""

    id: int
    name: str
    is_active: bool = True
    is_mailbox: bool = False
    decides: bool = False  # clears reports, or signs editions


def check_days(absence: Absence, *, today: date) -> None:
    """Refuse days that are no absence to come; ``today`` is the day of the person who is away."""
    if absence.ends_on < absence.starts_on:
        raise Invalid(
            "The last day lies before the first. Enter the days in their order.", field="ends_on"
        )
    if absence.ends_on < today:
        raise Invalid(
            "This absence is over already, so nobody can stand in any more. Enter a last day that "
            "is still to come.",
            field="ends_on",
        )
    if absence.ends_on - absence.starts_on > LONGEST:
        raise Invalid(
            "This is longer than a year. Enter a shorter absence, or let the administrator hand "
            "the work over to somebody else.",
            field="ends_on",
        )


def check_apart(absence: Absence, others: Iterable[Absence], *, name: str) -> None:
    """Refuse days on which the person, called ``name``, is away by another absence already."""
    for other in others:
        if other.person_id == absence.person_id and other.overlaps(absence):
            raise Invalid(
                "%(name)s is away already from %(first)s to %(last)s. Change that absence, or "
                "enter other days.",
                field="starts_on",
                name=name,
                first=other.starts_on,
                last=other.ends_on,
            )


def check_stand_ins(
    absence: Absence,
    others: Iterable[Absence],
    *,
    person: Named,
    deputy: Named | None,
    officer: Named | None,
) -> None:
    """Refuse somebody who cannot stand in, and an absence in which nobody does.

    ``others`` are the absences of the deputy and the officer, among any.
    """
    if deputy is None and officer is None:
        raise Invalid("Choose who stands in, so that nothing waits meanwhile.", field="deputy_id")
    known = list(others)
    for named, field in ((deputy, "deputy_id"), (officer, "officer_id")):
        if named is not None:
            _check_stand_in(absence, known, person, named, field)
    if officer is not None and not person.decides:
        raise Invalid(
            "%(name)s clears no reports and signs none, so no officer-in-charge is needed. Leave "
            "the field empty.",
            field="officer_id",
            name=person.name,
        )
    if officer is not None and officer.is_mailbox:
        raise Invalid(
            "%(name)s is a shared mailbox, and a person must answer for what is cleared. Choose "
            "somebody else.",
            field="officer_id",
            name=officer.name,
        )


def _check_stand_in(
    absence: Absence, others: Iterable[Absence], person: Named, named: Named, field: str
) -> None:
    if named.id == person.id:
        raise Invalid("Nobody stands in for themselves. Choose somebody else.", field=field)
    if not named.is_active:
        raise Invalid(
            "%(name)s is deactivated and cannot sign in. Choose somebody else.",
            field=field,
            name=named.name,
        )
    for other in others:
        if other.person_id == named.id and other.overlaps(absence):
            raise Invalid(
                "%(name)s is away themselves from %(first)s to %(last)s. Choose somebody else.",
                field=field,
                name=named.name,
                first=other.starts_on,
                last=other.ends_on,
            )
