"""The tables of a database: brought up to date by migrations, taken back, and checked."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import JSON, Column, Connection, DefaultClause, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import SchemaItem

from tracker.database import Database, is_sqlite_url
from tracker.domain.errors import Invalid, Unavailable
from tracker.models import APPEND_ONLY, Base

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

_SQLITE_GUARDS = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
# tgenabled 'A' is a trigger that fires always, also in a session that plays replica.
_POSTGRESQL_GUARDS = """
    SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled = 'A'
"""


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations that lead to ``revision``; all of them or, when one fails, none.

    Raises Unavailable when the database cannot be opened or written, Invalid when there is no such
    revision.
    """
    _run(command.upgrade, url, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the tables back to ``revision``, "base" for none at all; raises as upgrade does."""
    _run(command.downgrade, url, revision)


def current_revision(connection: Connection) -> str | None:
    """Return the number of the last migration that was run, None if there was none."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """Return the number of the last migration there is."""
    return ScriptDirectory(MIGRATIONS).get_current_head()


def revisions() -> frozenset[str]:
    """Return the numbers of all migrations that there are."""
    return frozenset(each.revision for each in ScriptDirectory(MIGRATIONS).walk_revisions())


def problems(url: str) -> list[str]:
    """Return what is wrong with the tables, one English sentence each; none is the good answer."""
    if (missing := missing_file(url)) is not None:
        return [f"There is no database file {missing} yet: run tracker database upgrade."]
    database = Database(url)
    try:
        with database.reading() as session:
            return list(_problems(session.connection()))
    except DBAPIError as error:
        raise unavailable(url, error) from error
    finally:
        database.close()


def is_bare(url: str) -> bool:
    """Tell whether a database holds no table at all."""
    database = Database(url)
    try:
        with database.reading() as session:
            return not inspect(session.connection()).get_table_names()
    except DBAPIError as error:
        raise unavailable(url, error) from error
    finally:
        database.close()


def missing_guards(connection: Connection) -> list[str]:
    """Return the names of the triggers that history lacks, ``table.trigger``, sorted."""
    engine_name = connection.dialect.name
    found = connection.execute(
        text(_SQLITE_GUARDS if engine_name == "sqlite" else _POSTGRESQL_GUARDS)
    )
    there = {(str(row[0]), str(row[1])) for row in found}
    wanted = {(table, name) for table in APPEND_ONLY for name in guards_of(table, engine_name)}
    return sorted(f"{table}.{name}" for table, name in wanted - there)


def guards_of(table: str, engine_name: str) -> tuple[str, str]:
    """Return the names of the triggers that guard a table of history on "sqlite" or another."""
    if engine_name == "sqlite":
        return f"{table}_no_update", f"{table}_no_delete"
    return f"{table}_no_change", f"{table}_no_truncate"


def _problems(connection: Connection) -> Iterator[str]:
    at, newest = current_revision(connection), newest_revision()
    if at != newest:
        yield (
            f"The tables stand at migration {at or 'none'}, this version needs {newest}: "
            "run tracker database upgrade."
        )
        return
    for guard in missing_guards(connection):
        yield f"The guard {guard} is missing, so history could be changed: restore a backup."
    yield from _drift(connection)
    if connection.dialect.name == "sqlite":
        yield from _damage(connection)


def is_of_models(name: str | None, _kind: object, _parents: object) -> bool:
    """Tell whether the models should know a table, column or index of the database.

    The full-text index (migration 0005) is the database's own: only queries/search.py asks it.
    """
    return name is None or not name.startswith("search_index")


def _drift(connection: Connection) -> Iterator[str]:
    for difference in differences(connection):
        yield f"The tables differ from what the program expects: {difference}."


def differences(connection: Connection, **options: bool) -> Sequence[object]:
    """Return in what the tables differ from the models; options are those of Alembic."""
    wanted = {
        "compare_type": True,
        "include_name": is_of_models,
        "include_object": is_compared,
        **options,
    }
    context = MigrationContext.configure(connection, opts=wanted)
    with warnings.catch_warnings():
        # PostgreSQL gives what it works out back in words of its own.
        warnings.filterwarnings("ignore", message="Computed default on ")
        found: Sequence[object] = compare_metadata(context, Base.metadata)
    return found


def is_compared(
    item: SchemaItem, _name: object, _kind: str, _is_reflected: object, other: SchemaItem | None
) -> bool:
    """Tell whether Alembic compares a part of a table with that of the model.

    A column of JSON whose defaults read alike is not: PostgreSQL has no equality of json, by which
    Alembic would ask it.
    """
    if not isinstance(item, Column) or not isinstance(item.type, JSON):
        return True
    default = _default_of(item)
    return not default or not isinstance(other, Column) or default != _default_of(other)


def _default_of(column: Column[Any]) -> str:
    default = column.server_default
    words = str(default.arg) if isinstance(default, DefaultClause) else ""
    return words.partition("::")[0].strip("'")


def _damage(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"The database file is damaged ({row[0]}): restore a backup."
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row[1]} of {row[0]} points to a row of {row[2]} that is not there."


def _run(run: Callable[[Config, str], None], url: str, revision: str) -> None:
    try:
        make_folder(url)
        run(_config(url), revision)
    except CommandError as error:
        raise Invalid(
            "There is no migration %(revision)s: name one of migrations/versions, head or base.",
            revision=revision,
        ) from error
    except (DBAPIError, OSError) as error:
        raise unavailable(url, error) from error


def _config(url: str) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def make_folder(url: str) -> None:
    """Make the folder of an embedded database's file where it is missing; raises OSError."""
    if (path := file_of(url)) is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def missing_file(url: str) -> Path | None:
    """Return the file of an embedded database that is not there yet, None where one is."""
    # Looking is not making: SQLite itself would leave an empty file behind.
    path = file_of(url)
    is_missing = path is not None and path.parent.is_dir() and not path.exists()
    return path if is_missing else None


def file_of(url: str) -> Path | None:
    """Return the file of an embedded database, there or not; None for another."""
    name = make_url(url).database
    return Path(name) if is_sqlite_url(url) and name and name != ":memory:" else None


def unavailable(url: str, error: Exception) -> Unavailable:
    """Return the refusal that says which database cannot be used, and what to do; no password."""
    parsed = make_url(url)
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if is_sqlite_url(url):
        return Unavailable(
            "The database file %(name)s cannot be used (%(reason)s): check that the file and its "
            "folder can be written, or name another in TRACKER_DATABASE_URL.",
            name=parsed.database,
            reason=reason,
        )
    return Unavailable(
        "The database %(name)s cannot be used (%(reason)s): check that the server runs and that "
        "TRACKER_DATABASE_URL names it.",
        name=parsed.render_as_string(hide_password=True),
        reason=reason,
    )
