"""``tracker backup`` and ``tracker restore``: what they print, and what they refuse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker import clock, schema
from tracker.__main__ import make_command_line
from tracker.archives import write_archive

Run = Callable[..., Result]


def runner_on(url: str, folder: Path) -> Run:
    settings = {"TRACKER_DATABASE_URL": url, "TRACKER_DATA_DIR": str(folder)}
    runner = CliRunner(env=settings | {"TRACKER_ENVIRONMENT": "test"})
    tracker = make_command_line()
    return lambda *words: runner.invoke(tracker, [str(word) for word in words])


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path) -> Run:
    """Run a command on the test's own installation."""
    return runner_on(sqlite_url, tmp_path / "here")


def invite(run: Run) -> Result:
    return run("people", "invite", "ada@example.org", "--name", "Ada", "--role", "administrator")


def test_the_state_goes_out_and_comes_back_elsewhere(
    run: Run, bare_sqlite_url: str, tmp_path: Path
) -> None:
    invite(run)
    elsewhere = runner_on(bare_sqlite_url, tmp_path / "there")

    saved = run("backup", tmp_path / "state.backup")
    restored = elsewhere("restore", tmp_path / "state.backup")

    assert (saved.exit_code, restored.exit_code) == (0, 0)
    assert saved.stdout.rstrip().endswith("and 0 files.")
    assert restored.stdout.startswith("Restored as of ")
    assert "Ada <ada@example.org>: Administrator" in elsewhere("people", "list").stdout


def test_a_tracker_in_use_is_not_overwritten_unasked(run: Run, tmp_path: Path) -> None:
    invite(run)
    run("backup", tmp_path / "state.backup")

    refused = run("restore", tmp_path / "state.backup")
    meant = run("restore", tmp_path / "state.backup", "--replace")

    assert (refused.exit_code, meant.exit_code) == (2, 0)
    assert "or say that you mean it: --replace" in refused.stderr


@pytest.mark.slow
def test_a_backup_of_earlier_tables_says_how_they_are_brought_up_to_date(
    run: Run, sqlite_url: str, bare_sqlite_url: str, tmp_path: Path
) -> None:
    schema.downgrade(sqlite_url, "0018")
    write_archive(
        tmp_path / "old.backup",
        database=Path(sqlite_url.removeprefix("sqlite:///")),
        folders={},
        made_at=clock.now(),
        engine="sqlite",
        revision="0018",
    )
    elsewhere = runner_on(bare_sqlite_url, tmp_path / "there")

    restored = elsewhere("restore", tmp_path / "old.backup")

    assert "Run: tracker database upgrade" in restored.stdout
    assert elsewhere("database", "upgrade").exit_code == 0
    assert elsewhere("database", "check").exit_code == 0
