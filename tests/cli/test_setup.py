"""``tracker setup`` and the first ``tracker serve``: an empty place becomes a house."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import Settings, read_settings
from tests.audit import arranging
from tests.reporting import make_person
from tracker import schema
from tracker.__main__ import make_command_line
from tracker.cli.serve import make_embedded_database
from tracker.database import Database
from tracker.domain.permissions import Role

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line on a migrated, empty database."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRACKER_BASE_URL", "https://tracker.example.org")
    return lambda *words: CliRunner().invoke(make_command_line(), words)


def settings_in(folder: Path, **more: str) -> Settings:
    return read_settings({"TRACKER_DATA_DIR": str(folder), **more})


def test_the_link_that_makes_the_first_administrator_is_printed(run: Run) -> None:
    lines = run("setup").stdout.splitlines()

    assert lines[0] == "Link to set this tracker up, good once within a day:"
    assert lines[1].startswith("https://tracker.example.org/setup/")


def test_no_link_is_printed_where_somebody_administers(run: Run, sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with arranging(), database.transaction() as session:
        make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None))
    database.close()

    result = run("setup")

    assert result.exit_code == 2
    assert "This tracker has an administrator already" in result.stderr


@pytest.mark.slow
def test_the_default_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "data")

    assert make_embedded_database(settings)

    assert schema.problems(settings.database_url) == []
    assert not make_embedded_database(settings)


@pytest.mark.slow
def test_a_file_without_a_table_is_made_a_database(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    (tmp_path / "tracker.sqlite3").touch()

    assert make_embedded_database(settings)

    assert schema.problems(settings.database_url) == []


def test_a_database_that_somebody_named_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"

    assert not make_embedded_database(
        settings_in(tmp_path, TRACKER_DATABASE_URL=f"sqlite:///{file}")
    )

    assert not file.exists()
