"""Planned and actual quantities of activities: how they are grouped, added up, and counted."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tracker.domain.activities import Category
from tracker.domain.biennial_report.blocks import Column
from tracker.domain.biennial_report.content import ReportActivity
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.tallies import Reckoning, Tally, activities_tally
from tracker.domain.biennial_report.wording import Wording, plain

Deliverable = tuple[Category, str, str]
# The numbers of a table by row and column.
Cells = dict[tuple[int, int], Tally]


def quantity_tallies(
    wording: Wording, key: str, place: tuple[int, int], activities: Sequence[ReportActivity]
) -> Cells:
    """Return what the planned quantity counts that stands at a place, and the actual one behind."""
    row, column = place
    planned = wording.number(total(activity.planned for activity in activities))
    actual = wording.number(total(activity.actual for activity in activities))
    ids = ids_of(activities)
    return {
        (row, column): activities_tally(f"{key}.planned", planned, ids, Reckoning.PLANNED),
        (row, column + 1): activities_tally(f"{key}.actual", actual, ids, Reckoning.ACTUAL),
    }


def count_tally(wording: Wording, key: str, activities: Sequence[ReportActivity]) -> Tally:
    """Return what a sentence counts that says how many activities there are."""
    return activities_tally(key, wording.number_in_text(len(activities)), ids_of(activities))


def amounts(wording: Wording, activities: Sequence[ReportActivity]) -> tuple[str, str, str]:
    """Return how many activities there are, and their quantities, as ``amount_columns`` has them.

    ``amount_tallies`` tells what each of the three counts.
    """
    return (
        wording.number(len(activities)),
        wording.number(total(activity.planned for activity in activities)),
        wording.number(total(activity.actual for activity in activities)),
    )


def amount_tallies(
    wording: Wording, key: str, place: tuple[int, int], activities: Sequence[ReportActivity]
) -> Cells:
    """Return what the count at a place counts, and the two quantities behind it."""
    row, column = place
    count = activities_tally(key, wording.number(len(activities)), ids_of(activities))
    behind = quantity_tallies(wording, key, (row, column + 1), activities)
    return {(row, column): count} | behind


def amount_columns(draft: Draft) -> tuple[Column, ...]:
    """Return the columns of a deliverable, its measure, and its amounts."""
    return (
        draft.column("subcategory", 20),
        draft.column("measure", 17),
        draft.column("activities", 15, is_number=True),
        draft.column("planned", 12, is_number=True),
        draft.column("actual", 12, is_number=True),
    )


def by_category(activities: Iterable[ReportActivity]) -> list[ReportActivity]:
    """Return activities category by category, and within one in the order given."""
    return sorted(activities, key=lambda activity: activity.category)


def deliverable(activity: ReportActivity) -> Deliverable:
    """Return what an activity's quantities are added up by: category, deliverable, measure."""
    return (activity.category, plain(activity.subcategory), plain(activity.measure))


def total(quantities: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the quantities that are known; None where none is."""
    known = [quantity for quantity in quantities if quantity is not None]
    return sum(known, Decimal()) if known else None


def ids_of(activities: Iterable[ReportActivity]) -> tuple[int, ...]:
    """Return the ids of activities in their order."""
    return tuple(activity.activity_id for activity in activities)
