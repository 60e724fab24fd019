"""How migrations run: all in one transaction, on the database named or on that of the settings."""

from typing import Literal

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from config import read_settings
from tracker.database import Database
from tracker.models import Base
from tracker.models.base import UtcDateTime
from tracker.schema import is_compared, is_of_models

# Two processes that start together upgrade one after the other.
UPGRADE_LOCK = 7302041


def run() -> None:
    """Run the migrations asked for on the database named, the settings' own if none is."""
    database = Database(context.config.attributes.get("url") or read_settings().database_url)
    try:
        with database.migrating() as connection:
            migrate(connection)
    finally:
        database.close()


def migrate(connection: Connection) -> None:
    """Run them all in one transaction, so that a failing one leaves the database as it was."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,
        transactional_ddl=True,  # Alembic holds SQLite unable; with our own BEGIN it is able
        compare_type=True,
        compare_server_default=True,
        process_revision_directives=number_revision,
        render_item=render_column_type,
        include_name=is_of_models,
        include_object=is_compared,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        context.run_migrations()
        if is_sqlite:
            refuse_broken_references(connection)


def refuse_broken_references(connection: Connection) -> None:
    """Raise when a row points nowhere: foreign keys are off while tables are rebuilt."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise RuntimeError(f"The migration left rows that point nowhere in: {tables}.")


def number_revision(
    _context: MigrationContext, _revision: object, directives: list[MigrationScript]
) -> None:
    """Give a new migration the next number in place of a random name."""
    for directive in directives:
        head = ScriptDirectory.from_config(context.config).get_current_head()
        directive.rev_id = f"{int(head or 0) + 1:04d}"


def render_column_type(kind: str, item: object, _autogeneration: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database: migrations outlive them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


run()
