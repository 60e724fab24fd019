"""Rows of columns, read past what the ORM does for whole records.

A session takes twice as long to run a statement as its connection does; what nearly every page asks
for is asked so. All rows are fetched at once: one by one takes several times as long.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVarTuple

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")


def plain_rows(
    session: Session, statement: Select[*Columns], values: Mapping[str, object] | None = None
) -> Sequence[Row[*Columns]]:
    """Return the rows of a statement over columns, after writing what the session has to write."""
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values).all()
