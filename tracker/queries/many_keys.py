"""Rows by many keys at once, handed to the database as one value."""

import json
from collections.abc import Collection

from sqlalchemy import (
    ARRAY,
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

Field = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
_KEYS = "asked_keys"


def is_among(
    session: Session,
    field: Field,
    keys: Collection[int],
) -> ColumnElement[bool]:
    """Return the condition that ``field`` is one of ``keys``.

    Its words are the same for any number of keys, so that neither SQLAlchemy nor the database
    has to read them anew.
    """
    if is_on_sqlite(session):
        return _is_in(field, literal(_written(keys)))
    return field == any_(literal(sorted(keys), ARRAY(Integer)))


def is_among_asked(field: Field, *, is_sqlite: bool) -> ColumnElement[bool]:
    """Return the same for keys that come with each asking, so that a statement is made but once.

    ``asked_keys`` are the values that it is asked with.
    """
    if is_sqlite:
        return _is_in(field, bindparam(_KEYS, type_=String))
    return field == any_(bindparam(_KEYS, type_=ARRAY(Integer)))


def asked_keys(session: Session, keys: Collection[int]) -> dict[str, object]:
    """Return the keys as the value that such a statement takes."""
    return {_KEYS: _written(keys) if is_on_sqlite(session) else sorted(keys)}


def is_on_sqlite(session: Session) -> bool:
    """Tell whether a session reads a database of SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _is_in(field: Field, written: ColumnElement[str]) -> ColumnElement[bool]:
    each = func.json_each(written).table_valued(column("value", Integer))
    return field.in_(select(each.c.value))


def _written(keys: Collection[int]) -> str:
    return json.dumps(sorted(keys))
