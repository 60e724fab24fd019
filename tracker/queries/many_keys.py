"""Rows by many keys at once, handed to the database as one value."""

from collections.abc import Collection

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import UserDefinedType

Field = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
_KEYS = "asked_keys"


class _ArrayOfKeys(UserDefinedType[str]):
    """An array of PostgreSQL, written by us: the driver looks at each of its numbers twice."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_options: object) -> str:
        """Return as what the server takes it."""
        return "INTEGER[]"


def is_among(
    session: Session,
    field: Field,
    keys: Collection[int],
) -> ColumnElement[bool]:
    """Return the condition that ``field`` is one of ``keys``.

    Its words are the same for any number of keys, so that neither SQLAlchemy nor the database
    has to read them anew.
    """
    written = _written(session, keys)
    if is_on_sqlite(session):
        return _is_in(field, literal(written))
    return field == any_(literal(written, _ArrayOfKeys()))


def is_among_asked(field: Field, *, is_sqlite: bool, name: str = _KEYS) -> ColumnElement[bool]:
    """Return the same for keys that come with each asking, so that a statement is made but once.

    ``asked_keys`` are the values that it is asked with; ``name`` tells those of one field from
    those of another.
    """
    if is_sqlite:
        return _is_in(field, bindparam(name, type_=String))
    return field == any_(bindparam(name, type_=_ArrayOfKeys()))


def asked_keys(session: Session, keys: Collection[int], *, name: str = _KEYS) -> dict[str, object]:
    """Return the keys as the value that such a statement takes."""
    return {name: _written(session, keys)}


def is_on_sqlite(session: Session) -> bool:
    """Tell whether a session reads a database of SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _is_in(field: Field, written: ColumnElement[str]) -> ColumnElement[bool]:
    each = func.json_each(written).table_valued(column("value", Integer))
    return field.in_(select(each.c.value))


def _written(session: Session, keys: Collection[int]) -> str:
    opening, closing = "[]" if is_on_sqlite(session) else "{}"
    return f"{opening}{','.join(map(str, sorted(keys)))}{closing}"
