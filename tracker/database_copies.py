"""Copies of a whole database, made while people work on it, and put back in one step."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

from sqlalchemy import URL, make_url

from tracker.database import Database, is_sqlite_url
from tracker.domain.errors import Invalid, Unavailable

_TOOLS = "pg_dump, pg_restore and psql"
# Everything that is ours goes before the copy comes, within the same transaction.
_EMPTY = """
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) AS step
    FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE each.step; END LOOP;
  FOR each IN SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) AS step
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    LOOP EXECUTE each.step; END LOOP;
  FOR each IN SELECT format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', schemaname, sequencename)
    AS step FROM pg_sequences WHERE schemaname = 'public' LOOP EXECUTE each.step; END LOOP;
END $$;
"""


def engine_of(url: str) -> str:
    """Return the engine of a database: "sqlite" or "postgresql"."""
    return "sqlite" if is_sqlite_url(url) else "postgresql"


def copy_database(database: Database, target: Path) -> None:
    """Write the database as it stands at one moment to a file; nobody who works on it waits.

    Raises Unavailable where PostgreSQL's own programs are missing or fail.
    """
    if not is_sqlite_url(database.url):
        _run("pg_dump", database.url, "--format=custom", *_NOBODYS, f"--file={target}")
        return
    with database.engine.connect() as connection, closing(sqlite3.connect(target)) as copy:
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        driver.backup(copy)
        copy.execute("PRAGMA journal_mode=delete")  # one file, with nothing beside it


def put_back(database: Database, source: Path) -> None:
    """Put a copy in place of the database, wholly or not at all.

    Raises Invalid when the copy is damaged, Unavailable as copy_database does.
    """
    if is_sqlite_url(database.url):
        _put_back_sqlite(database, source)
        return
    # As a script, since only so can it share a transaction with what empties the database.
    emptying, filling = source.with_suffix(".empty.sql"), source.with_suffix(".sql")
    emptying.write_text(_EMPTY, encoding="utf-8")
    _call([_program("pg_restore"), *_NOBODYS, f"--file={filling}", str(source)], dict(os.environ))
    database.close()  # its connections would keep the tables from being dropped
    _run(
        "psql", database.url, "--no-psqlrc", "--quiet", "--single-transaction",
        "--set=ON_ERROR_STOP=1", f"--output={os.devnull}", f"--file={emptying}",
        f"--file={filling}",
    )  # fmt: skip


# The copy may be put back by another user: owners and rights are the database's own affair.
_NOBODYS = ("--no-owner", "--no-privileges", "--no-comments")


def _put_back_sqlite(database: Database, source: Path) -> None:
    with closing(sqlite3.connect(source)) as copy:
        try:
            [found] = copy.execute("PRAGMA quick_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise _damaged() from error
        if found != "ok":
            raise _damaged()
        with database.engine.connect() as connection:
            copy.backup(cast(sqlite3.Connection, connection.connection.driver_connection))
    database.close()  # connections remember tables that are other ones now


def _damaged() -> Invalid:
    return Invalid(
        "The database in the backup is damaged. Nothing was restored: take another backup."
    )


def _run(program: str, url: str, *options: str) -> None:
    """Run a program of PostgreSQL on a database; the password goes past the list of processes."""
    parsed = make_url(url)
    address = URL.create(
        "postgresql", parsed.username, None, parsed.host, parsed.port, parsed.database, parsed.query
    )
    environment = dict(os.environ)
    if parsed.password is not None:
        environment["PGPASSWORD"] = str(parsed.password)
    _call([_program(program), *options, f"--dbname={address.render_as_string(False)}"], environment)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(
            "The program %(name)s was not found. Backups of PostgreSQL need %(tools)s: install its "
            "client programs here (Debian, Ubuntu: apt-get install postgresql-client), or run this "
            "on a machine that has them.",
            name=name,
            tools=_TOOLS,
        )
    return found


def _call(command: list[str], environment: Mapping[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise Unavailable(
            "%(program)s could not do its work (%(reason)s). Nothing was changed.",
            program=Path(command[0]).name,
            reason=lines[0].strip() if lines else f"code {done.returncode}",
        )
