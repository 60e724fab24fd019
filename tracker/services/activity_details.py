"""What is told about an activity, put into its rows, and as the audit trail keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracker.domain.activities import CountryPart
from tracker.domain.activity_details import ActivityDetails, country_codes
from tracker.models.activities import Activity, ActivityQuantity
from tracker.models.activity_parts import (
    ActivityAdopter,
    ActivityAttendance,
    ActivityCountry,
    ActivityFramework,
    ActivityFund,
    ActivityModule,
    ActivityPartner,
    ActivityRequest,
    DocumentOfActivity,
)
from tracker.models.base import Base
from tracker.queries.activity_details import values_of

# Rows that nothing points to: written anew where they differ, so that their order holds.
_ROWS: Mapping[str, tuple[str, type[Base]]] = {
    "participants": ("partners", ActivityPartner),
    "attendance": ("attendance", ActivityAttendance),
    "funds": ("funds", ActivityFund),
    "documents": ("documents", DocumentOfActivity),
    "modules": ("modules", ActivityModule),
    "requests": ("requests", ActivityRequest),
    "frameworks": ("frameworks", ActivityFramework),
}
_PLAIN = (
    "deliverable",
    "language",
    "unit_id",
    "subprogramme_id",
    "starts_on",
    "ends_on",
    "modality",
    "sector",
    "priority_of",
    "is_good_practice",
    "sensitivity",
)


def apply_details(activity: Activity, details: ActivityDetails) -> None:
    """Let the rows of an activity say what ``details``, which were checked, say."""
    told = tidied(details)
    activity.title = told.title
    activity.description = told.description
    for name in _PLAIN:
        setattr(activity, name, getattr(told, name))
    _apply_quantities(activity, told)
    _apply_countries(activity, told)
    for name, (rows, model) in _ROWS.items():
        _apply_rows(activity, rows, model, getattr(told, name))
    if told.adopters != tuple(row.name for row in activity.adopters):
        activity.adopters = [ActivityAdopter(name=name) for name in told.adopters]


def tidied(details: ActivityDetails) -> ActivityDetails:
    """Return the details as they are kept: spaces once, countries as codes, empty rows left out."""
    return replace(
        details,
        title=_line(details.title),
        description=details.description.strip(),
        sector=_line(details.sector),
        priority_of=_line(details.priority_of),
        quantities=tuple(
            quantity
            for quantity in sorted(details.quantities, key=lambda quantity: quantity.year)
            if (quantity.planned, quantity.actual) != (None, None)
        ),
        countries=country_codes(details.countries),
        studied=country_codes(details.studied),
        hosting=country_codes(details.hosting),
        invited=country_codes(details.invited),
        taking_part=country_codes(details.taking_part),
        participants=_once(
            replace(row, name=_line(row.name)) for row in details.participants if row.name.strip()
        ),
        frameworks=_once(
            replace(row, name=_line(row.name)) for row in details.frameworks if row.name.strip()
        ),
        adopters=tuple(dict.fromkeys(_line(name) for name in details.adopters if name.strip())),
    )


def stated(details: ActivityDetails) -> Mapping[str, object]:
    """Return the details as the audit trail keeps them."""
    return {field.name: _stated(getattr(details, field.name)) for field in fields(details)}


def _apply_quantities(activity: Activity, details: ActivityDetails) -> None:
    held = {quantity.year: quantity for quantity in activity.quantities}
    activity.quantities = [
        held.get(quantity.year) or ActivityQuantity(year=quantity.year)
        for quantity in details.quantities
    ]
    for row, quantity in zip(activity.quantities, details.quantities, strict=True):
        row.planned = quantity.planned
        row.actual = quantity.actual


def _apply_countries(activity: Activity, details: ActivityDetails) -> None:
    held = {(row.country, row.part): row for row in activity.countries}
    activity.countries = [
        held.get((code, part)) or ActivityCountry(country=code, part=part)
        for part in CountryPart
        for code in details.countries_as(part)
    ]


def _apply_rows(activity: Activity, name: str, model: type[Base], told: tuple[Any, ...]) -> None:
    held = getattr(activity, name)
    if not told and not held:
        return
    kind = type(told[0]) if told else None
    if kind is None or values_of(held, kind) != list(told):
        setattr(activity, name, [model(**asdict(row)) for row in told])


def _once(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(rows))


def _line(text: str) -> str:
    return " ".join(text.split())


def _stated(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_stated(each) for each in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return [_stated(each) for each in astuple(value)]
        case _:
            return value
