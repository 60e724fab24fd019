"""Lists page by page, by key and not by offset: the last page costs as little as the first."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Integer, Row, Select, literal_column, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")
Column = ColumnElement[Any] | InstrumentedAttribute[Any]
PAGE_SIZE = 50
STREAMED_ROWS = 500
_LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list the reader stands: after or before the row of a key, or at its beginning."""

    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, with the keys of the pages around them, None where there is none."""

    rows: tuple[T, ...]
    total: int
    previous_key: str | None = None
    next_key: str | None = None


def rows_of_page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    sort: Column | tuple[Column, ...],
    identity: Column,
    is_descending: bool,
    place: Place,
    size: int = PAGE_SIZE,
) -> tuple[list[Row[Any]], str | None, str | None]:
    """Return the rows at ``place`` in the order of ``sort`` and the keys before and after them.

    ``sort`` must not be NULL; ``identity`` tells rows with equal values apart. Each row ends with
    these columns. A key that nobody gave out leads to the beginning.
    """
    columns = (*sort, identity) if isinstance(sort, tuple) else (sort, identity)
    goes_back = place.after is None and _read(place.before, columns) is not None
    key = _read(place.before if goes_back else place.after, columns)
    runs_down = is_descending != goes_back
    query = query.add_columns(*columns)
    if key is not None:
        here, there = tuple_(*columns), tuple_(*key)
        query = query.where(here < there if runs_down else here > there)
    order = (column.desc() if runs_down else column.asc() for column in columns)
    # The number stands in the statement, since a plan for any limit expects a tenth of the rows.
    limit = literal_column(str(size + 1), Integer)
    found = session.execute(query.order_by(*order).limit(limit)).all()
    rows = list(found[:size])
    has_more = len(found) > size
    if goes_back:
        rows.reverse()
    if not rows:
        return [], None, None
    has_previous = has_more if goes_back else key is not None
    has_next = True if goes_back else has_more
    return (
        rows,
        _written(rows[0], len(columns)) if has_previous else None,
        _written(rows[-1], len(columns)) if has_next else None,
    )


def all_rows(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    sort: Column | tuple[Column, ...],
    identity: Column,
    is_descending: bool,
) -> Iterator[Row[Any]]:
    """Yield every row in the order in which ``rows_of_page`` gives them, by one statement.

    Few of them are in memory at a time, so that a list of any length can be written down.
    """
    columns = (*sort, identity) if isinstance(sort, tuple) else (sort, identity)
    order = (column.desc() if is_descending else column.asc() for column in columns)
    yield from session.execute(query.order_by(*order).execution_options(yield_per=STREAMED_ROWS))


def _written(row: Sequence[Any], width: int) -> str:
    values = [value.isoformat() if isinstance(value, date) else value for value in row[-width:]]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read(key: str | None, columns: Sequence[Column]) -> tuple[Any, ...] | None:
    """Return the values of a key, or None for one that does not fit the columns."""
    try:
        values = json.loads(key or "")
        return tuple(_value(part, of) for part, of in zip(values, columns, strict=True))
    except (ValueError, TypeError, RecursionError):
        return None


def _value(value: Any, column: Column) -> str | int | date:
    kind = column.type.python_type
    if kind is datetime:
        return _moment(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is int and type(value) is int and abs(value) <= _LARGEST_NUMBER:
        return value
    if kind is not int and isinstance(value, str) and "\x00" not in value:
        value.encode()  # half a character, which JSON can name, is no text: UnicodeEncodeError
        return value
    raise TypeError(value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment
