"""Rows by many keys at once, handed to the database as one value."""

import json
from collections.abc import Collection

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, column, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def is_among(
    session: Session,
    field: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    keys: Collection[int],
) -> ColumnElement[bool]:
    """Return the condition that ``field`` is one of ``keys``.

    Its words are the same for any number of keys, so that neither SQLAlchemy nor the database
    has to read them anew.
    """
    if session.get_bind().dialect.name == "sqlite":
        each = func.json_each(json.dumps(sorted(keys))).table_valued(column("value", Integer))
        return field.in_(select(each.c.value))
    return field == any_(literal(sorted(keys), ARRAY(Integer)))
