"""What a list is sorted by where a column alone will not do: one that can be NULL, or a choice."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, literal

from tracker.queries.paging import Column

_BLANKS: dict[type[Any], str | int | date] = {
    str: "",
    int: 0,
    date: date(1900, 1, 1),
    datetime: datetime(1900, 1, 1, tzinfo=UTC),
}


def missing_last(column: Column, *, is_descending: bool) -> tuple[Column, Column]:
    """Return what sorts by a column that can be NULL: rows without a value come last either way."""
    rank = case((column.is_(None), 0 if is_descending else 1), else_=1 if is_descending else 0)
    blank = literal(_BLANKS[column.type.python_type], column.type)
    return rank, func.coalesce(column, blank)


def in_order_of(column: Column, members: Iterable[StrEnum]) -> Column:
    """Return what sorts by a choice in the order of ``members``; NULL where it is none of them."""
    places = {member.value: place for place, member in enumerate(members)}
    return case(places, value=column)
