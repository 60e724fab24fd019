"""Rows of columns, read past what the ORM does for whole records.

A session takes twice as long to run a statement as its connection does; what nearly every page asks
for is asked so. All rows are fetched at once: one by one takes several times as long.

A connection, in turn, takes longer to get ready to ask than the database to answer most questions
of a page. So what is asked again and again is kept: written for the database once, and from then on
handed to its driver as it stands.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVarTuple

from sqlalchemy import Connection, Dialect, Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")
Values = Mapping[str, object]
Process = Callable[[Any], Any]
Asked = Select[*tuple[Any, ...]]


def plain_rows(
    session: Session,
    statement: Select[*Columns],
    values: Values | None = None,
) -> Sequence[Row[*Columns]]:
    """Return the rows of a statement over columns, after writing what the session has to write."""
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values).all()


class KeptStatement(Generic[*Columns]):
    """A statement over columns that is made once and asked again and again.

    Whatever it compares with must be in it, or be one value: a list of them that comes with the
    asking, as ``bindparam(expanding=True)`` takes it, would stay that of the first time.
    """

    def __init__(self, statement: Select[*Columns]) -> None:
        self.statement = statement
        self._written: dict[str, _Written] = {}

    def rows(self, session: Session, values: Values | None = None) -> Sequence[Row[*Columns]]:
        """Return what ``plain_rows`` would: each row a tuple that has its columns by name, too."""
        if session.autoflush:
            session.flush()
        connection = session.connection()
        dialect = connection.dialect
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = _Written(self.statement, dialect, values or {})
        found: Sequence[Row[*Columns]] = written.ask(connection, values or {})
        return found


class _Written:
    """A statement in the words of one kind of database, and how its values go in and come out."""

    def __init__(self, statement: Asked, dialect: Dialect, asked: Values) -> None:
        compiled = statement.compile(dialect=dialect)
        state = compiled.construct_expanded_state(asked)
        self._words = state.statement
        self._places = state.positiontup  # None where the driver takes values by name
        self._into: dict[str, Process | None] = {}
        self._fixed: dict[str, object] = {}
        for bind, name in compiled.bind_names.items():
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if name in asked:
                self._into[name] = process
                continue
            for part in state.parameter_expansion.get(name, [name]):
                self._fixed[part] = _processed(state.parameters[part], process)
        columns = statement.selected_columns
        names = [column.key or "" for column in columns]
        row: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # not known before
        self._make = partial(tuple.__new__, row)  # what its _make does, without a call of Python
        out_of = (
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        )
        self._out_of = [(place, process) for place, process in enumerate(out_of) if process]

    def ask(self, connection: Connection, values: Values) -> Any:
        parameters = self._parameters(values)
        cursor = connection.connection.cursor()
        try:
            if connection.dispatch.before_cursor_execute:  # the tests count what is asked
                for hear in connection.dispatch.before_cursor_execute:
                    hear(connection, cursor, self._words, parameters, None, False)
            cursor.execute(self._words, parameters)
            found = cursor.fetchall()
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._said(connection, error, parameters) from error
        finally:
            cursor.close()
        return list(map(self._make, self._processed(found) if self._out_of else found))

    def _parameters(self, values: Values) -> Any:
        named = self._fixed.copy()
        for name, process in self._into.items():
            named[name] = _processed(values[name], process)
        return named if self._places is None else tuple(named[name] for name in self._places)

    def _processed(self, found: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        rows = [list(row) for row in found]
        for place, process in self._out_of:
            for row in rows:
                row[place] = process(row[place])
        return rows

    def _said(self, connection: Connection, error: Any, parameters: Any) -> Any:
        """Return what SQLAlchemy raises for an error, having let go of a line that is lost."""
        is_lost = connection.dialect.is_disconnect(error, connection.connection, None)
        if is_lost:
            connection.invalidate(error)
        return DBAPIError.instance(
            self._words,
            parameters,
            error,
            connection.dialect.loaded_dbapi.Error,
            connection_invalidated=is_lost,
            dialect=connection.dialect,
        )


def _processed(value: Any, process: Process | None) -> Any:
    return value if process is None else process(value)
