"""What all tables share: naming, column types, and the kinds of columns that recur."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    Computed,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.compiler import DDLCompiler
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return ``value`` in UTC; raise ValueError on a moment without a time zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return ``value`` aware, in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum], name: str) -> Enum:
    """Return a column type that takes the values of ``kind`` and is checked by the database."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Reckoned(Computed):
    """What the database works out of the other columns of a row.

    Kept with the row where it must be (PostgreSQL), worked out anew where it can be (SQLite).
    """


@compiles(Reckoned, "postgresql")
def _kept(element: Reckoned, compiler: DDLCompiler, **_named: object) -> str:
    reckoned = compiler.sql_compiler.process(element.sqltext, include_table=False)
    return f"GENERATED ALWAYS AS ({reckoned}) STORED"


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Day = Annotated[date, mapped_column(Date)]
ShortText = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]
Language = Annotated[str, mapped_column(String(8))]
JsonObject = Annotated[dict[str, Any], mapped_column(JSON)]


def reference(target: str, *, index: bool = True) -> Any:
    """Return a column that names a row of ``target`` ("table.column"); rows in use stay."""
    return mapped_column(ForeignKey(target, ondelete="RESTRICT"), index=index)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)


class Versioned:
    """A row that people edit: its version refuses a write over somebody else's."""

    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
