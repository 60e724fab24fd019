"""The command ``tracker demo``: made once, shown each time, begun afresh on request."""

import email
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.__main__ import make_command_line

Run = Callable[..., Result]
COORDINATOR = "helena.brito@ecaic.example"
INVITATION = ("people", "invite", COORDINATOR, "--name", "Helena Brito", "--role", "coordinator")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker`` in a folder of its own; what the demo settles is forgotten afterwards."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATA_DIR", str(tmp_path)),
        ("TIME_ZONE", "Atlantic/Cape_Verde"),
        ("ENTITY", "Secretariat of the Commission; the Executive Secretary"),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    return lambda *arguments: CliRunner().invoke(make_command_line(), list(arguments))


def mails(folder: Path) -> list[EmailMessage]:
    """Return the mails that the demo wrote as files."""
    return [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in folder.glob("mail/*.eml")
    ]


@pytest.mark.slow
def test_the_demo_is_made_once_and_shown_each_time(run: Run, tmp_path: Path) -> None:
    first = run("demo", "run", "--no-serve")
    again = run("demo", "run", "--no-serve")

    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "6 units, 4 subprogrammes, 17 people in 6 roles" in first.stdout
    assert "The demo body is there already" in again.stdout
    for said in (first.stdout, again.stdout):
        assert "biennial_report_2024-2025_en.pdf" in said
    assert {path.suffix for path in tmp_path.glob("biennial_report_*")} == {
        ".docx", ".html", ".pdf",
    }  # fmt: skip
    recipients = {str(mail["To"]) for mail in mails(tmp_path)}
    assert any("marta.nchama@ecaic.example" in recipient for recipient in recipients)
    assert len(mails(tmp_path)) > 10


@pytest.mark.slow
def test_a_demo_that_stopped_midway_is_begun_afresh_on_request_alone(run: Run) -> None:
    run("database", "upgrade")
    invited = run(*INVITATION)

    refused = run("demo", "run", "--no-serve")

    assert (invited.exit_code, refused.exit_code) == (0, 2), invited.output
    assert "make demo RESET=1" in refused.output


@pytest.mark.slow
def test_the_demo_is_not_loaded_over_one_that_is_there(run: Run) -> None:
    run("database", "upgrade")
    run(*INVITATION)

    refused = run("demo", "load")

    assert refused.exit_code == 2
    assert "The demo body is in this database already" in refused.output


def test_only_the_demos_own_file_is_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    refused = run("demo", "run", "--reset", "--no-serve")

    assert refused.exit_code == 2
    assert "RESET=1 removes only the demo's own SQLite file" in refused.output
