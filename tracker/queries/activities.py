"""Activities: lists of them, the sheet of one, and what they carry out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.activities import CATEGORY_OF, Category, Deliverable
from tracker.domain.mandates import Sensitivity
from tracker.domain.periods import Span
from tracker.domain.permissions import Actor
from tracker.domain.records import sees_everything, units_seen
from tracker.models.activities import Activity, ActivityLink, ActivityQuantity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.people import OrganizationalUnit
from tracker.queries.activity_twins import twin_pairs
from tracker.queries.many_keys import is_among
from tracker.queries.paging import Column, Page, Place, all_rows, rows_of_page
from tracker.queries.sorting import in_order_of


class ActivityOrder(StrEnum):
    """By what the list of activities is sorted."""

    TITLE = "title"
    STARTS = "starts"
    DELIVERABLE = "deliverable"
    UNIT = "unit"
    MANDATES = "mandates"


_MANDATE_COUNT = (
    select(func.count())
    .select_from(ActivityLink)
    .where(ActivityLink.activity_id == Activity.id)
    .scalar_subquery()
)
_SORT: dict[ActivityOrder, tuple[Column, ...]] = {
    ActivityOrder.TITLE: (Activity.title,),
    ActivityOrder.STARTS: (Activity.starts_on, Activity.title),
    ActivityOrder.DELIVERABLE: (in_order_of(Activity.deliverable, Deliverable), Activity.title),
    ActivityOrder.UNIT: (OrganizationalUnit.name, Activity.title),
    ActivityOrder.MANDATES: (_MANDATE_COUNT, Activity.title),
}


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which activities are asked for; nothing given means all."""

    words: str = ""
    unit_id: int | None = None
    category: Category | None = None
    year: int | None = None
    is_linked: bool | None = None
    country: str | None = None
    is_good_practice: bool | None = None
    has_twin: bool = False  # another of the same unit and year bears its title
    ids: tuple[int, ...] | None = None
    seen_by: Actor | None = None  # leaves out what is too sensitive for them


@dataclass(frozen=True, slots=True)
class ListedActivity:
    """One line of a list; quantities are summed over all years, None where nobody gave any."""

    id: int
    title: str
    language: str
    deliverable: Deliverable
    unit: str
    starts_on: date
    ends_on: date | None
    planned: Decimal | None
    actual: Decimal | None
    mandate_count: int


@dataclass(frozen=True, slots=True)
class CarryingOut:
    """An activity that carries a mandate out; quantities are summed over the years asked for."""

    id: int
    title: str
    language: str
    deliverable: Deliverable
    unit_id: int
    unit: str
    starts_on: date
    ends_on: date | None
    sensitivity: Sensitivity
    contribution: str
    planned: Decimal | None
    actual: Decimal | None


def activities_page(
    session: Session,
    wanted: ActivityFilter,
    *,
    order: ActivityOrder = ActivityOrder.TITLE,
    is_descending: bool = False,
    place: Place | None = None,
) -> Page[ListedActivity]:
    """Return one page of the activities that are asked for, and how many there are in all.

    Found by what they are sorted by, as an index has them, and only then read. Three statements,
    and one more for who may not see all.
    """
    found = select(Activity.id)
    if order is ActivityOrder.UNIT:
        found = found.join(Activity.unit)
    rows, previous_key, next_key = rows_of_page(
        session,
        _filtered(found, wanted),
        sort=_SORT[order],
        identity=Activity.id,
        is_descending=is_descending,
        place=place or Place(),
    )
    ids = [row[0] for row in rows]
    listed = {activity.id: activity for activity in activities_with_ids(session, ids)}
    return Page(
        rows=tuple(listed[activity_id] for activity_id in ids),
        total=_count(session, wanted),
        previous_key=previous_key,
        next_key=next_key,
    )


def first_activities(
    session: Session, wanted: ActivityFilter, *, limit: int
) -> tuple[tuple[ListedActivity, ...], int]:
    """Return the first of the activities asked for by title, and how many there are."""
    rows = session.execute(
        _filtered(_listed(), wanted).order_by(func.lower(Activity.title), Activity.id).limit(limit)
    )
    return tuple(_listed_activity(row) for row in rows), _count(session, wanted)


def activities_with_ids(
    session: Session, activity_ids: Collection[int]
) -> tuple[ListedActivity, ...]:
    """Return the activities with these ids; what is not there is left out."""
    rows = session.execute(_listed().where(is_among(session, Activity.id, activity_ids)))
    return tuple(_listed_activity(row) for row in rows)


def all_activities(
    session: Session, wanted: ActivityFilter, *, order: ActivityOrder, is_descending: bool
) -> Iterator[ListedActivity]:
    """Yield the activities asked for as ``activities_page`` lists them, by one statement."""
    rows = all_rows(
        session,
        _filtered(_listed(), wanted),
        sort=_SORT[order],
        identity=Activity.id,
        is_descending=is_descending,
    )
    return map(_listed_activity, rows)


def activities_of_mandate(
    session: Session, mandate_id: int, *, within: Span | None = None
) -> tuple[CarryingOut, ...]:
    """Return the activities that carry the mandate out, earliest first.

    ``within`` leaves out those that do not touch the span, and sums the quantities of its calendar
    years; without it those of all years are summed.
    """
    query = _carrying_out(within).where(ActivityLink.mandate_id == mandate_id)
    return tuple(
        CarryingOut(
            id=activity.id,
            title=activity.title,
            language=activity.language,
            deliverable=activity.deliverable,
            unit_id=activity.unit_id,
            unit=unit,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
            sensitivity=activity.sensitivity,
            contribution=contribution,
            planned=planned_sum,
            actual=actual_sum,
        )
        for activity, unit, contribution, planned_sum, actual_sum in session.execute(query)
    )


@lru_cache(maxsize=64)
def _carrying_out(within: Span | None) -> Select[*tuple[Any, ...]]:
    """Return the statement for all mandates; to make it takes longer than to run it."""
    planned, actual = _sums(within)
    query = (
        select(Activity, OrganizationalUnit.name, ActivityLink.contribution, planned, actual)
        .join(ActivityLink, ActivityLink.activity_id == Activity.id)
        .join(Activity.unit)
        .order_by(Activity.starts_on, Activity.title, Activity.id)
    )
    if within is None:
        return query
    return query.where(
        Activity.starts_on <= within.ends_on,
        func.coalesce(Activity.ends_on, Activity.starts_on) >= within.starts_on,
    )


def _count(session: Session, wanted: ActivityFilter) -> int:
    """Count the activities asked for: all of them, less the few that the reader may not see."""
    counted = _filtered(select(func.count()).select_from(Activity), replace(wanted, seen_by=None))
    count: int = session.scalars(counted).one()
    if wanted.seen_by is None or sees_everything(wanted.seen_by):
        return count
    hidden: int = session.scalars(counted.where(_is_hidden_from(wanted.seen_by))).one()
    return count - hidden


def _is_hidden_from(actor: Actor) -> ColumnElement[bool]:
    # The word stands in the statement, as it stands in the index of what is confidential.
    confidential = literal(Sensitivity.CONFIDENTIAL.value, literal_execute=True)
    return and_(
        type_coerce(Activity.sensitivity, String) == confidential,
        Activity.unit_id.not_in(units_seen(actor)),
    )


def _listed() -> Select[Any]:
    planned, actual = _sums(None)
    return select(Activity, OrganizationalUnit.name, planned, actual, _MANDATE_COUNT).join(
        Activity.unit
    )


def _filtered(query: Select[Any], wanted: ActivityFilter) -> Select[Any]:
    query = query.where(*_named(wanted))
    if wanted.unit_id is not None:
        query = query.where(Activity.unit_id == wanted.unit_id)
    if wanted.category is not None:
        of_category = [kind for kind in Deliverable if CATEGORY_OF[kind] is wanted.category]
        query = query.where(Activity.deliverable.in_(of_category))
    if wanted.year is not None:
        query = query.where(
            Activity.starts_on <= date(wanted.year, 12, 31),
            func.coalesce(Activity.ends_on, Activity.starts_on) >= date(wanted.year, 1, 1),
        )
    if wanted.is_linked is not None:
        linked = select(ActivityLink).where(ActivityLink.activity_id == Activity.id).exists()
        query = query.where(linked if wanted.is_linked else ~linked)
    if wanted.has_twin:
        query = query.where(_has_a_twin())
    if wanted.country is not None:
        query = query.where(Activity.countries.any(ActivityCountry.country == wanted.country))
    if wanted.is_good_practice is not None:
        query = query.where(Activity.is_good_practice == wanted.is_good_practice)
    if wanted.seen_by is not None:
        query = query.where(is_seen_by(wanted.seen_by))
    return query


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Say, of an activity, that a reader may see it."""
    if sees_everything(actor):
        return true()
    is_open = Activity.sensitivity != Sensitivity.CONFIDENTIAL
    return or_(is_open, Activity.unit_id.in_(units_seen(actor)))


def _named(wanted: ActivityFilter) -> list[ColumnElement[bool]]:
    """Return what is asked of the title, and which activities are named one by one."""
    asked = [Activity.title.icontains(wanted.words, autoescape=True)] if wanted.words else []
    return asked if wanted.ids is None else [*asked, Activity.id.in_(wanted.ids)]


def _has_a_twin() -> ColumnElement[bool]:
    """Say, of an activity, that another of the same unit and year bears its title."""
    pairs = twin_pairs().subquery()
    return Activity.id.in_(union_all(select(pairs.c.first_id), select(pairs.c.second_id)))


def _listed_activity(row: Any) -> ListedActivity:
    activity, unit, planned, actual, mandate_count = row[:5]
    return ListedActivity(
        id=activity.id,
        title=activity.title,
        language=activity.language,
        deliverable=activity.deliverable,
        unit=unit,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        planned=planned,
        actual=actual,
        mandate_count=mandate_count,
    )


def _sums(within: Span | None) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return planned and actual of an activity, summed over the calendar years of the span."""
    sums = []
    for amount in (ActivityQuantity.planned, ActivityQuantity.actual):
        total = select(func.sum(amount)).where(ActivityQuantity.activity_id == Activity.id)
        if within is not None:
            years = within.calendar_years()
            total = total.where(ActivityQuantity.year.between(years[0], years[-1]))
        sums.append(total.scalar_subquery())
    return sums[0], sums[1]
