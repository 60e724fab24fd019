"""The command ``tracker jobs``: what is listed, what a run says, what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.audit import arranging
from tests.reporting import make_house, open_biennium
from tracker.__main__ import make_command_line
from tracker.database import Database

Run = Callable[..., Result]


@pytest.fixture
def database(sqlite_url: str) -> Database:
    return Database(sqlite_url)


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker`` on the test's own database."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", database.url),
        ("DATA_DIR", str(tmp_path)),
        ("TIME_ZONE", "America/Santiago"),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    return lambda *arguments: CliRunner().invoke(make_command_line(), list(arguments))


@pytest.fixture
def due_in_a_fortnight(database: Database) -> None:
    with arranging(), database.transaction() as session:
        open_biennium(session, make_house(session), at=datetime(2026, 2, 1, tzinfo=UTC))


def test_each_job_is_listed_with_its_times_its_purpose_and_its_last_run(run: Run) -> None:
    run("jobs", "run", "housekeeping")

    lines = run("jobs", "list").stdout.splitlines()

    assert "reminders    0 * * * *         Plan what is due" in lines[0]
    assert lines[1].strip() == "last run: never"
    at = next(number for number, line in enumerate(lines) if line.startswith("housekeeping"))
    assert lines[at + 1].strip() == "last run: 15 June 2026, 05:00"
    assert lines[at + 2].strip() == "last success: 15 June 2026, 05:00"


@pytest.mark.usefixtures("due_in_a_fortnight")
def test_a_job_says_in_one_line_what_it_did(run: Run, tmp_path: Path) -> None:
    result = run("jobs", "run", "reminders", "--at", "2026-06-16T09:00")

    assert result.exit_code == 0
    assert result.stdout.startswith("reminders: Reminders planned: 3")
    assert len(result.stdout.splitlines()) == 1
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2


@pytest.mark.usefixtures("due_in_a_fortnight")
@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        pytest.param("2026-06-30T23:30", "due", id="naive-is-taken-in-the-time-zone-of-the-house"),
        pytest.param("2026-07-01T04:30+00:00", "overdue", id="aware-is-taken-as-it-is"),
    ],
)
def test_a_job_runs_as_of_the_moment_it_is_given(
    run: Run, tmp_path: Path, moment: str, planned: str
) -> None:
    run("jobs", "run", "reminders", "--at", moment)

    (mail,) = (tmp_path / "mail").glob("ana*.eml")
    subject = next(line for line in mail.read_text().splitlines() if "Subject:" in line)
    assert ("overdue" in subject) is (planned == "overdue")


def test_a_job_without_work_says_so(run: Run) -> None:
    assert run("jobs", "run", "deliver").stdout == "deliver: there was nothing to do\n"


def test_an_unknown_job_is_refused_with_the_names_there_are(run: Run) -> None:
    result = run("jobs", "run", "remind")

    assert result.exit_code == 2
    assert "There is no job remind. Choose one of: reminders, deliver" in result.stderr


def test_a_moment_that_cannot_be_read_is_refused(run: Run) -> None:
    result = run("jobs", "run", "reminders", "--at", "tomorrow")

    assert result.exit_code == 2
    assert "write it as 2026-06-15T09:00" in result.stderr


@pytest.mark.usefixtures("due_in_a_fortnight")
def test_a_job_that_could_not_do_its_work_ends_badly(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way of the folder")

    result = run("jobs", "run", "reminders", "--at", "2026-06-16T09:00")

    assert result.exit_code == 2
    assert "The mail server takes no mail now" in result.stderr


def test_a_task_that_is_not_there_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limits would hold for the tests' own process from here on.
    monkeypatch.setattr("resource.setrlimit", lambda *_arguments: None)

    result = run("tasks", "run", "99")

    assert result.exit_code == 2
    assert "There is no such task" in result.stderr
