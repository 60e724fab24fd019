"""What is told about an activity, out of its rows: how it is loaded and what it comes to."""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import TypeVar

from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.domain.activities import CountryPart
from tracker.domain.activity_details import ActivityDetails, Participant, YearQuantity
from tracker.domain.activity_parts import (
    ActivityDocument,
    Attendance,
    Framework,
    Fund,
    GovernmentRequest,
    Module,
)
from tracker.models.activities import Activity
from tracker.models.base import Base

V = TypeVar("V")


def with_everything() -> tuple[ORMOption, ...]:
    """Return the options that load an activity with all its rows: one statement for each kind."""
    return tuple(
        selectinload(kind)
        for kind in (
            Activity.quantities,
            Activity.countries,
            Activity.partners,
            Activity.attendance,
            Activity.funds,
            Activity.documents,
            Activity.modules,
            Activity.requests,
            Activity.frameworks,
            Activity.adopters,
        )
    )


def details_of(activity: Activity) -> ActivityDetails:
    """Return what is told about an activity that was loaded ``with_everything``."""
    return ActivityDetails(
        deliverable=activity.deliverable,
        title=activity.title,
        language=activity.language,
        unit_id=activity.unit_id,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        description=activity.description,
        subprogramme_id=activity.subprogramme_id,
        quantities=tuple(values_of(activity.quantities, YearQuantity)),
        countries=_countries(activity, CountryPart.CONCERNED),
        participants=tuple(values_of(activity.partners, Participant)),
        studied=_countries(activity, CountryPart.STUDIED),
        hosting=_countries(activity, CountryPart.HOSTING),
        invited=_countries(activity, CountryPart.INVITED),
        taking_part=_countries(activity, CountryPart.TAKING_PART),
        attendance=tuple(values_of(activity.attendance, Attendance)),
        funds=tuple(values_of(activity.funds, Fund)),
        documents=tuple(values_of(activity.documents, ActivityDocument)),
        modules=tuple(values_of(activity.modules, Module)),
        requests=tuple(values_of(activity.requests, GovernmentRequest)),
        frameworks=tuple(values_of(activity.frameworks, Framework)),
        modality=activity.modality,
        sector=activity.sector,
        priority_of=activity.priority_of,
        is_good_practice=activity.is_good_practice,
        adopters=tuple(row.name for row in activity.adopters),
        sensitivity=activity.sensitivity,
    )


def values_of(rows: Iterable[Base], kind: type[V]) -> list[V]:
    """Return rows as the values that they hold; their columns are called as its fields."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # dataclasses all
    return [kind(**{name: getattr(row, name) for name in names}) for row in rows]


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what was told, None where nobody told anything."""
    told = [amount for amount in amounts if amount is not None]
    return sum(told, Decimal()) if told else None


def _countries(activity: Activity, part: CountryPart) -> tuple[str, ...]:
    return tuple(row.country for row in activity.countries if row.part is part)
