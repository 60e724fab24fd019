"""The jobs that send mail, from the plan to the file or the server."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.application import settings_on
from tests.audit import arranging
from tests.mailbox import Mailbox
from tests.reporting import make_house, open_biennium
from tracker.installation import Installation, make_installation
from tracker.jobs.mail import deliver_mail, remind
from tracker.jobs.scheduler import run_job

AT = datetime(2026, 6, 16, 9, tzinfo=UTC)


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path) -> Installation:
    """Return an installation in which three reports are due in a fortnight."""
    parts = make_installation(settings_on(sqlite_url, tmp_path))
    with arranging(), parts.database.transaction() as session:
        open_biennium(session, make_house(session), at=datetime(2026, 2, 1, tzinfo=UTC))
    return parts


def test_reminders_end_as_files_while_no_server_is_named(installation: Installation) -> None:
    did = [str(phrase) for phrase in remind(installation, AT)]

    assert did == ["Reminders planned: 3", "Digests collected: 2", "Mails sent: 2"]
    assert len(list(installation.settings.mail_dir.glob("*.eml"))) == 2


def test_reminders_reach_their_people_over_smtp_and_once(
    installation: Installation, smtp_server: Mailbox
) -> None:
    reaching = _with_server(installation, smtp_server.url)

    remind(reaching, AT)
    remind(reaching, AT)

    assert sorted(address for (address,) in smtp_server.recipients) == [
        "ana.focal@example.org",
        "otto.focal@example.org",
    ]
    assert [message["Subject"] for message in smtp_server.messages] == [
        "2 reports due soon",
        "1 report due soon",
    ]


def test_a_recipient_whom_the_server_refuses_stops_nobody(
    installation: Installation, smtp_server: Mailbox
) -> None:
    smtp_server.refused.add("ana.focal@example.org")

    did = remind(_with_server(installation, smtp_server.url), AT)

    assert [str(phrase) for phrase in did][-2:] == ["Mails sent: 1", "Mails failed: 1"]
    assert smtp_server.recipients == [["otto.focal@example.org"]]


def test_a_server_that_is_away_is_told_and_what_waits_goes_out_later(
    installation: Installation, smtp_server: Mailbox
) -> None:
    (installation.settings.data_dir / "mail").parent.mkdir(parents=True, exist_ok=True)
    (installation.settings.data_dir / "mail").write_text("in the way of the folder")

    outcome = run_job(installation, "reminders", AT)

    assert not outcome.is_success
    assert outcome.summary.startswith("The mail server takes no mail now")
    assert outcome.summary.endswith("check TRACKER_SMTP_URL if this goes on.")
    reaching = _with_server(installation, smtp_server.url)
    assert str(deliver_mail(reaching, AT.replace(hour=10))[0]) == "Mails sent: 2"


def test_a_delivery_without_mail_has_nothing_to_say(installation: Installation) -> None:
    assert deliver_mail(installation, AT) == ()


def _with_server(installation: Installation, url: str) -> Installation:
    return replace(installation, settings=replace(installation.settings, smtp_url=url))
