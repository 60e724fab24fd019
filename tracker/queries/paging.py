"""Pages of a long list, turned by key: each page says where the one before and after begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.errors import Invalid

PAGE_SIZE = 50
Record = TypeVar("Record")
KeyColumns = Sequence[InstrumentedAttribute[str] | InstrumentedAttribute[int]]
_SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page begins: after a key, before a key, or (neither) at the top of the list."""

    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """One page of a list of ``total``, with the turns to the pages before and after it."""

    records: Sequence[Record]
    total: int
    previous: Turn | None
    next: Turn | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """The rows of one page and the turns to its neighbours, None where there is none."""

    rows: Sequence[Row[Any]]  # of whatever the query selects
    previous: Turn | None
    next: Turn | None


def turn_page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    by: KeyColumns,
    turn: Turn,
    is_descending: bool = False,
    size: int = PAGE_SIZE,
) -> Leaf:
    """Return one page of ``query`` sorted by the columns ``by``, the last of them unique.

    One statement. Raises Invalid for a turn that no page offered.
    """
    backwards = turn.before is not None
    descending = is_descending is not backwards
    key = turn.before if backwards else turn.after
    if key is not None:
        here = tuple_(*by)
        values = _read_key(key, by)
        query = query.where(here < values if descending else here > values)
    ordered = query.add_columns(*by).order_by(
        *(column.desc() if descending else column.asc() for column in by)
    )
    found = session.execute(ordered.limit(size + 1)).all()
    rows = found[:size][::-1] if backwards else found[:size]
    has_more = len(found) > size
    has_previous = has_more if backwards else turn.after is not None
    has_next = bool(rows) if backwards else has_more
    return Leaf(
        rows=rows,
        previous=Turn(before=_key(rows[0], by)) if has_previous and rows else None,
        next=Turn(after=_key(rows[-1], by)) if has_next else None,
    )


def _key(row: Row[Any], by: KeyColumns) -> str:
    return _SEPARATOR.join(str(part) for part in row[-len(by) :])


def _read_key(text: str, by: KeyColumns) -> tuple[str | int, ...]:
    try:
        return tuple(
            column.type.python_type(part)
            for column, part in zip(by, text.split(_SEPARATOR), strict=True)
        )
    except ValueError as error:
        raise Invalid(
            "The address of this page of the list is damaged. Open the list again from its "
            "beginning."
        ) from error
