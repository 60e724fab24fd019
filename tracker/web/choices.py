"""What people choose from in several forms: languages, time zones, units, roles."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.models.people import OrganizationalUnit
from tracker.web import filters
from tracker.web.house import house
from tracker.web.shown_names import named

Choices = list[tuple[str, str]]
_REGIONS = frozenset(
    {
        "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
        "Pacific",
    }
)  # fmt: skip


def language_choices() -> Choices:
    """Return the languages of this installation, each in its own name."""
    return [(code, language_name(code)) for code in house().languages]


@cache
def language_name(code: str) -> str:
    """Return what a language calls itself."""
    return (Locale.parse(code).get_language_name(code) or code).capitalize()


def time_zone_choices(present: str = "UTC") -> Choices:
    """Return UTC, the zones named after places, and the ``present`` one, by name."""
    return [(name, name.replace("_", " ")) for name in sorted({*_places(), "UTC", present})]


@cache
def _places() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if name.split("/")[0] in _REGIONS)


def label_choices(members: Iterable[StrEnum]) -> Choices:
    """Return the members of a closed set with the words people read for them."""
    return [(member.value, filters.label(member)) for member in members]


def unit_choices(units: Sequence[OrganizationalUnit]) -> Choices:
    """Return the units by id, without those that are closed."""
    return [
        (str(unit.id), named(Named.UNIT, unit.name)) for unit in units if unit.closed_at is None
    ]


def units_within_reach(
    units: Iterable[OrganizationalUnit], actor: Actor, action: Action
) -> list[OrganizationalUnit]:
    """Return the units, not closed, on whose items the actor may do ``action``."""
    return [
        unit
        for unit in units
        if unit.closed_at is None and is_allowed(actor, action, unit_id=unit.id)
    ]
