"""The command ``tracker mail receive``: each mail by itself, the refused ones named."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.audit import arranging
from tests.reporting import make_house, open_biennium
from tracker.__main__ import make_command_line
from tracker.database import Database

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker`` on a database in which three reports were asked for and mails went out."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", sqlite_url),
        ("DATA_DIR", str(tmp_path)),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    with arranging(), Database(sqlite_url).transaction() as session:
        open_biennium(session, make_house(session), at=datetime(2026, 2, 1, tzinfo=UTC))

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(make_command_line(), list(arguments))

    command("jobs", "run", "reminders", "--at", "2026-06-16T09:00")
    return command


def answer(folder: Path, text: str) -> Path:
    """Write Otto's reply to the mail that went to him and return its file."""
    (path,) = (folder / "mail").glob("otto*.eml")
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    reply = EmailMessage()
    reply["From"], reply["Message-ID"] = "Otto <otto.focal@example.org>", "<1@example.org>"
    reply["In-Reply-To"] = mail["Message-ID"]
    reply.set_content(text)
    target = folder / "reply.eml"
    target.write_bytes(reply.as_bytes())
    return target


def test_a_reply_becomes_a_draft_and_one_bad_file_stops_no_other(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.eml"
    bad.write_text("no mail at all")

    result = run("mail", "receive", str(bad), str(answer(tmp_path, "Tariffs fell.")))

    assert result.exit_code == 2
    assert result.stdout == (
        "reply.eml: reply of otto.focal@example.org; drafts on: 12(IV), para. 5(c)\n"
    )
    assert result.stderr.startswith("Error: bad.eml: The file is no mail: it names no sender.")


def test_the_same_mail_again_is_told(run: Run, tmp_path: Path) -> None:
    reply = str(answer(tmp_path, "Tariffs fell."))
    first = run("mail", "receive", reply)

    again = run("mail", "receive", reply)

    assert (first.exit_code, again.exit_code) == (0, 2)
    assert again.stderr == (
        "Error: reply.eml: This mail from otto.focal@example.org was taken before.\n"
    )
