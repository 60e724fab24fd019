"""``tracker database``: one line when all is well, one sentence and exit code 2 when not."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.schema import newest_revision


def tracker(url: str, *words: str) -> Result:
    runner = CliRunner(env={"TRACKER_DATABASE_URL": url})
    return runner.invoke(make_command_line(), ["database", *words])


def sizes_known(url: str) -> int:
    """Return of how many tables with rows, on PostgreSQL of any, the planner knows the size."""
    database = Database(url)
    try:
        with database.reading() as session:
            if database.engine.dialect.name == "sqlite":
                known = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"
            else:
                known = (
                    "SELECT count(*) FROM pg_class JOIN pg_namespace AS spaces "
                    "ON spaces.oid = relnamespace AND spaces.nspname = 'public' "
                    "WHERE relkind = 'r' AND reltuples >= 0 AND relname <> 'alembic_version'"
                )
            return int(session.scalar(text(known)) or 0)
    finally:
        database.close()


@pytest.mark.slow
def test_an_empty_database_is_made_ready(bare_database_url: str) -> None:
    made = tracker(bare_database_url, "upgrade")

    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout == f"The database is up to date (migration {newest_revision()}).\n"
    assert tracker(bare_database_url, "check").exit_code == 0
    assert sizes_known(bare_database_url) == 0


def test_an_upgrade_can_be_run_again(database_url: str) -> None:
    assert tracker(database_url, "upgrade").exit_code == 0
    assert sizes_known(database_url) > 0


def test_a_database_that_is_not_ready_is_told_with_what_to_do(bare_database_url: str) -> None:
    checked = tracker(bare_database_url, "check")

    assert (checked.exit_code, checked.stdout) == (2, "")
    assert checked.stderr.startswith("Error: The")
    assert checked.stderr.endswith("run tracker database upgrade.\n")


def test_a_missing_guard_of_history_is_told(database: Database) -> None:
    trigger = "DROP TRIGGER audit_entries_no_update"
    if database.engine.dialect.name != "sqlite":
        trigger = "DROP TRIGGER audit_entries_no_change ON audit_entries"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(trigger)

    checked = tracker(database.url, "check")

    assert checked.exit_code == 2
    assert "The guard audit_entries.audit_entries_no_" in checked.stderr


@pytest.mark.slow
def test_the_tables_can_be_taken_back(database_url: str) -> None:
    assert tracker(database_url, "downgrade", "0001").exit_code == 0

    assert "stand at migration 0001" in tracker(database_url, "check").stderr


def test_an_unknown_migration_is_refused(database_url: str) -> None:
    refused = tracker(database_url, "downgrade", "7777")

    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: There is no migration 7777")


@pytest.mark.parametrize("command", ["upgrade", "check"])
def test_a_database_that_cannot_be_written_is_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("in the way")

    refused = tracker(f"sqlite:///{tmp_path / 'file' / 'tracker.sqlite3'}", command)

    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert "cannot be used" in refused.stderr
    assert "check that the file and its folder can be written" in refused.stderr


def test_a_setting_that_cannot_be_used_is_one_sentence() -> None:
    refused = tracker("mysql://x/y", "check")

    assert refused.exit_code == 2
    assert refused.stderr.startswith("Error: TRACKER_DATABASE_URL must begin with")
