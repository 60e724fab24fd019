"""Whom a form offers as successor or stand-in: everybody, or of very many those of one unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from tracker.database import Session
from tracker.models.people import Person
from tracker.queries.people import active_count, active_people, people_of_unit, units
from tracker.web.addresses import whole_number
from tracker.web.choices import Choices, unit_choices

MOST_OFFERED = 300  # people in one list; of more, those of the chosen unit
WHOLE_HOUSE = "0"
SHOW_PEOPLE = "people"  # what the button does that lists them


@dataclass(frozen=True, slots=True)
class OfferedPeople:
    """The people of a list by name; ``units`` to choose another's from, none where all stand there.

    ``unit`` is the one whose people are listed: its id, or that of the whole house.
    """

    people: Sequence[Person]
    units: Choices
    unit: str


def offered_people(
    session: Session,
    *,
    instead_of: Person | None = None,
    kept: Collection[int] = (),
    most: int = MOST_OFFERED,
) -> OfferedPeople:
    """Return whom to offer, but the person in whose place they come; three statements at most.

    The unit is the one that was asked for (``unit``), else that of the person, whose roles are
    loaded. Whoever was chosen already stays, from whatever unit (``kept``).
    """
    if active_count(session) <= min(most, MOST_OFFERED):
        return OfferedPeople(_without(instead_of, active_people(session)), [], "")
    choices = [*unit_choices(units(session)), (WHOLE_HOUSE, gettext("The whole house"))]
    held = () if instead_of is None else (each.unit_id for each in instead_of.roles)
    own = next((str(unit_id) for unit_id in held if unit_id is not None), WHOLE_HOUSE)
    asked = request.values.get("unit", own)
    unit = asked if asked in dict(choices) else WHOLE_HOUSE
    found = people_of_unit(session, whole_number(unit) or None, kept=kept)
    return OfferedPeople(_without(instead_of, found), choices, unit)


def _without(somebody: Person | None, people: Sequence[Person]) -> list[Person]:
    return [person for person in people if somebody is None or person.id != somebody.id]
