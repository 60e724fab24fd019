"""Rows of columns, read past what the ORM does for whole records.

A session takes twice as long to run a statement as its connection does; what nearly every page asks
for is asked so.
"""

from collections.abc import Mapping
from typing import TypeVarTuple

from sqlalchemy import CursorResult, Select
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")


def plain_rows(
    session: Session, statement: Select[*Columns], values: Mapping[str, object] | None = None
) -> CursorResult[*Columns]:
    """Return the rows of a statement over columns; what the session did not write yet is not in."""
    return session.connection().execute(statement, values)
