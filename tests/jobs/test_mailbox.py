"""The mail of a mailbox is taken once, on a real IMAP server; what is refused is set aside."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.mail.dovecot import contents, is_there, served_mailbox, signed_in
from tests.post import SITE, TOKENS, Post
from tests.reporting import make_house, open_biennium
from tests.travel import Travel
from tracker import clock
from tracker.domain.errors import Unavailable
from tracker.installation import Installation
from tracker.jobs import mailbox as job
from tracker.jobs.mailbox import poll_mailbox
from tracker.mail.mailbox import REFUSED, TAKEN, Mailbox, open_mailbox
from tracker.models.progress import ProgressDraft
from tracker.models.received_mail import ReceivedMail
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.received_mail import receive_mail
from tracker.services.reminders import plan_reminders
from tracker.storage import FileStore

pytestmark = pytest.mark.slow  # a server begins and ends
real_server = pytest.mark.skipif(
    not is_there(), reason="Dovecot is not installed (Debian: apt-get install dovecot-imapd)"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served_mailbox() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """Return the address of the mailbox, emptied."""
    with signed_in(server) as connection:
        for folder in ("INBOX", TAKEN, REFUSED):
            answer, (count,) = connection.select(folder)
            if answer == "OK" and count != b"0":
                connection.store("1:*", "+FLAGS", "\\Deleted")
                connection.expunge()
    return server


@pytest.fixture
def reply(installation: Installation, travel: Travel) -> EmailMessage:
    """Let Otto be reminded of his report, and return his reply."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    database = installation.database
    with arranging(), database.transaction() as session:
        house = make_house(session)
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())
    post = Post()
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    sent = dict(zip(post.recipients, post.messages, strict=True))["otto.focal@example.org"]
    made = mail("otto.focal@example.org", "We counted the ports.")
    made["In-Reply-To"] = sent["Message-ID"]
    return made


def mail(sender: str, text: str, message_id: str = "<one@example.org>") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "tracker@example.org", "Re: Report"
    made["Message-ID"] = message_id
    made.set_content(text)
    return made


def put(url: str, *mails: EmailMessage | bytes) -> None:
    with signed_in(url) as connection:
        for each in mails:
            content = each if isinstance(each, bytes) else each.as_bytes()
            connection.append("INBOX", "", "", content.replace(b"\n", b"\r\n"))


def counts(url: str) -> tuple[int, int, int]:
    """Return how many mails wait, were taken, and were set aside."""
    with signed_in(url) as connection:
        waiting, taken, refused = (
            len(contents(connection, folder)) for folder in ("INBOX", TAKEN, REFUSED)
        )
    return waiting, taken, refused


def polling(installation: Installation, url: str | None) -> Installation:
    return replace(installation, settings=replace(installation.settings, imap_url=url))


def drafts(installation: Installation) -> list[str]:
    with installation.database.reading() as session:
        return list(session.scalars(select(ProgressDraft.done)))


@real_server
def test_a_reply_becomes_a_draft_once_and_is_moved(
    installation: Installation, url: str, reply: EmailMessage
) -> None:
    put(url, reply)

    told = [poll_mailbox(polling(installation, url), clock.now()) for _time in range(2)]
    put(url, reply)  # the server delivers it again
    again = poll_mailbox(polling(installation, url), clock.now())

    assert told == ["1 mails taken", ""]
    assert again == "1 mails taken"
    assert drafts(installation) == ["We counted the ports."]
    assert counts(url) == (0, 2, 0)


@real_server
def test_a_mail_that_is_refused_is_named_and_set_aside_and_the_others_are_taken(
    installation: Installation, url: str, reply: EmailMessage
) -> None:
    strange = mail("stranger@example.org", "Buy islands.", "<two@example.org>")
    put(url, strange, b"no mail at all\n", reply)

    told = poll_mailbox(polling(installation, url), clock.now())

    assert told.startswith("1 mails taken, 2 set aside in tracker-refused: ")
    assert "stranger@example.org answers none of ours" in told
    assert drafts(installation) == ["We counted the ports."]
    assert counts(url) == (0, 1, 2)


@real_server
def test_a_mail_that_was_taken_before_a_crash_is_only_moved(
    installation: Installation, url: str, reply: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(url, reply)

    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "move", crash)  # a process that is killed after the commit
        with pytest.raises(KeyboardInterrupt):
            poll_mailbox(polling(installation, url), clock.now())
    assert counts(url) == (1, 0, 0)
    told = poll_mailbox(polling(installation, url), clock.now())

    assert told == "1 mails taken"
    assert drafts(installation) == ["We counted the ports."]
    with installation.database.reading() as session:
        assert len(session.scalars(select(ReceivedMail.id)).all()) == 1


@real_server
def test_a_mail_that_ends_every_run_comes_last_and_is_set_aside(
    installation: Installation, url: str, reply: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(url, mail("ana.focal@example.org", "x", "<poison@example.org>"))

    def break_on_poison(session, content, **named):  # type: ignore[no-untyped-def]
        if b"poison" in content:
            raise MemoryError  # what no rule foresees
        return receive_mail(session, content, **named)

    monkeypatch.setattr(job, "receive_mail", break_on_poison)  # no mail is known that does it
    for _time in range(2):
        with pytest.raises(MemoryError):
            poll_mailbox(polling(installation, url), clock.now())
    put(url, reply)
    told = poll_mailbox(polling(installation, url), clock.now())

    assert told.startswith("1 mails taken, 1 set aside")
    assert "could not be read to its end twice" in told


@real_server
def test_what_waits_for_a_scanner_that_does_not_answer_stays_where_it_is(
    installation: Installation, url: str, reply: EmailMessage
) -> None:
    def no_answer(_content: bytes) -> None:
        raise Unavailable("The scanner does not answer.")

    put(url, reply)
    unseen = replace(
        polling(installation, url), files=FileStore(installation.files.folder, no_answer)
    )
    for _time in range(4):
        with pytest.raises(Unavailable):
            poll_mailbox(unseen, clock.now())

    assert counts(url) == (1, 0, 0)
    assert poll_mailbox(polling(installation, url), clock.now()) == "1 mails taken"


@real_server
@pytest.mark.parametrize("can", [{"MOVE"}, {"UIDPLUS"}, set()], ids=["move", "uidplus", "neither"])
def test_a_mail_is_moved_by_what_the_server_can(url: str, can: set[str]) -> None:
    put(url, mail("ana.focal@example.org", "x"))

    with open_mailbox(url) as box:
        assert box._can >= {"MOVE", "UIDPLUS"}
        box._can = frozenset(can)
        (uid,) = box.waiting(most=10)
        box.begin(uid)
        box.move(uid, TAKEN)
        assert box.waiting(most=10) == []

    assert counts(url) == (0, 1, 0)


@real_server
def test_a_wrong_folder_is_told_without_the_password(url: str) -> None:
    address = url.replace("INBOX", "nowhere")

    with pytest.raises(Unavailable) as refusal, open_mailbox(address):
        pass

    assert "tracker on 127.0.0.1 cannot be read" in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_a_server_that_cannot_be_reached_is_told(installation: Installation) -> None:
    unreachable = polling(installation, "imap://tracker:secret@127.0.0.1:9/INBOX")

    with pytest.raises(Unavailable, match="check TRACKER_IMAP_URL") as refusal:
        poll_mailbox(unreachable, clock.now())

    assert "secret" not in str(refusal.value)


def test_without_a_mailbox_nothing_is_polled(installation: Installation) -> None:
    assert poll_mailbox(polling(installation, None), clock.now()) == ""
