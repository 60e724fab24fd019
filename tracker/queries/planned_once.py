"""Statements that PostgreSQL plans once, whoever asks, in place of anew for each asking.

It plans a prepared statement for the values that it is asked with, unless it reckons that a plan
for any values is about as good: then it makes that one and keeps it. Where a statement finds its
rows by indexes anyway, to plan it takes several times as long as to answer it; but the estimates
differ by the person that asks, and so it may never make up its mind. What stands in a query of its
own is looked at when the statement runs, so that both plans are reckoned to take as long.
"""

from enum import StrEnum
from typing import Any, TypeVar, cast

from sqlalchemy import BinaryExpression, BindParameter, ColumnElement, Integer, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.operators import in_op
from sqlalchemy.sql.visitors import (
    ExternallyTraversible,
    InternalTraversal,
    replacement_traverse,
)

Statement = TypeVar("Statement", bound=ExternallyTraversible)
# Added to a column, lest SQLite looks something up by it; it is no value that anybody asks with.
NOTHING = literal_column("0", Integer)


class _LookedAtLater(ColumnElement[Any]):
    """A value that the planner does not see; SQLite's, which plans once, is told it as it is."""

    inherit_cache = True
    _traverse_internals = [("value", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - as SQLAlchemy has it

    def __init__(self, value: BindParameter[Any]) -> None:
        self.value, self.type = value, value.type


@compiles(_LookedAtLater)
def _as_it_is(element: _LookedAtLater, compiler: SQLCompiler, **named: Any) -> str:
    return compiler.process(element.value, **named)


@compiles(_LookedAtLater, "postgresql")
def _by_itself(element: _LookedAtLater, compiler: SQLCompiler, **named: Any) -> str:
    return f"(SELECT {compiler.process(element.value, **named)})"


def planned_once(statement: Statement) -> Statement:
    """Return a statement whose plan is the same whatever its numbers are.

    Words of ours (members of a ``StrEnum``) are written out: what a server is told, it can plan
    for, and they are the same for everybody.
    """
    return cast(Statement, replacement_traverse(statement, {}, _replaced))


def _replaced(element: ExternallyTraversible, **_kw: object) -> ExternallyTraversible | None:
    if isinstance(element, BindParameter):
        if isinstance(element.value, StrEnum):
            return literal_column(f"'{element.value.value}'", element.type)
        return None if element.expanding else _LookedAtLater(element)
    if isinstance(element, BinaryExpression) and element.operator is in_op:
        return _one_of(element)
    return None


def _one_of(element: BinaryExpression[Any]) -> ColumnElement[bool] | None:
    """Return "is one of these" with each of them by itself, None where they are not listed."""
    listed = element.right
    if not (isinstance(listed, BindParameter) and listed.expanding and listed.value):
        return None
    field: ColumnElement[Any] = element.left
    values = [_LookedAtLater(BindParameter(None, one, field.type)) for one in listed.value]
    return field == values[0] if len(values) == 1 else field.in_(values)
