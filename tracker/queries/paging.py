"""Lists page by page, by key and not by offset: the last page costs as little as the first."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, literal_column, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.queries.plain_rows import KeptStatement, Values

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
    turn = _Turn(_columns(sort, identity), place, is_descending=is_descending)
    asked = turn.statement(query, size)
    return turn.told(session.execute(asked, turn.values).all(), size)


class KeptList:
    """A list of columns that is opened again and again, so that its statements are kept.

    ``query`` takes what it is asked with by name; ``sort`` and ``identity`` are as for
    ``rows_of_page``.
    """

    def __init__(
        self,
        query: Select[*tuple[Any, ...]],
        *,
        sort: Column | tuple[Column, ...],
        identity: Column,
    ) -> None:
        self._query, self._columns = query, _columns(sort, identity)
        self._statements: dict[tuple[bool, bool, int], KeptStatement[*tuple[Any, ...]]] = {}

    def rows(
        self, session: Session, values: Values, *, is_descending: bool, place: Place, size: int
    ) -> tuple[list[Row[Any]], str | None, str | None]:
        """Return what ``rows_of_page`` does."""
        turn = _Turn(self._columns, place, is_descending=is_descending)
        shape = (turn.runs_down, bool(turn.values), size)
        if shape not in self._statements:
            self._statements[shape] = KeptStatement(turn.statement(self._query, size))
        found = self._statements[shape].rows(session, {**values, **turn.values})
        return turn.told(found, size)


class _Turn:
    """One way through a list from one place: the statement for it, and what its rows tell."""

    def __init__(self, columns: tuple[Column, ...], place: Place, *, is_descending: bool) -> None:
        self._columns = columns
        self._goes_back = place.after is None and _read(place.before, columns) is not None
        key = _read(place.before if self._goes_back else place.after, columns)
        self.values = dict(zip(_names(columns), key or (), strict=False))
        self.runs_down = is_descending != self._goes_back

    def statement(self, query: Select[*tuple[Any, ...]], size: int) -> Select[*tuple[Any, ...]]:
        columns = self._columns
        query = query.add_columns(*columns)
        if self.values:
            place = (
                bindparam(name, type_=of.type)
                for name, of in zip(_names(columns), columns, strict=True)
            )
            here, there = tuple_(*columns), tuple_(*place)
            query = query.where(here < there if self.runs_down else here > there)
        order = (column.desc() if self.runs_down else column.asc() for column in columns)
        # The number stands in the statement, since a plan for any limit expects a tenth of the
        # rows.
        return query.order_by(*order).limit(literal_column(str(size + 1), Integer))

    def told(
        self, found: Sequence[Row[Any]], size: int
    ) -> tuple[list[Row[Any]], str | None, str | None]:
        rows = list(found[:size])
        has_more = len(found) > size
        if self._goes_back:
            rows.reverse()
        if not rows:
            return [], None, None
        has_previous = has_more if self._goes_back else bool(self.values)
        has_next = True if self._goes_back else has_more
        return (
            rows,
            _written(rows[0], len(self._columns)) if has_previous else None,
            _written(rows[-1], len(self._columns)) if has_next else None,
        )


def _columns(sort: Column | tuple[Column, ...], identity: Column) -> tuple[Column, ...]:
    return (*sort, identity) if isinstance(sort, tuple) else (sort, identity)


def _names(columns: Sequence[Column]) -> list[str]:
    return [f"place_{number}" for number in range(len(columns))]


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
    columns = _columns(sort, identity)
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
