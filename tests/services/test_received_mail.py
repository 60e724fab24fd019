"""A reply to a reminder becomes a draft on its item; a mail that came back counts as failed."""

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.post import SITE, TOKENS, Post
from tests.reporting import TEXT, House, open_biennium, report_on
from tests.sheets import Texts, filled_word, filled_workbook
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, UnreadableDocument
from tracker.domain.permissions import Actor
from tracker.domain.received_mail import Outcome
from tracker.domain.unit_sheets import UnitSheet
from tracker.domain.workflow import Review
from tracker.mail.incoming import mails_in
from tracker.models.progress import ProgressDraft, ProgressReport
from tracker.models.received_mail import ReceivedMail
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.evidence import evidence_on
from tracker.queries.unit_sheets import waiting_sheets
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.progress import return_report, save_draft, submit_report
from tracker.services.received_mail import Received, receive_mail
from tracker.services.reminders import plan_reminders
from tracker.services.unit_sheets import hand_out_sheet
from tracker.storage import FileStore

ANA, OTTO = "ana.focal@example.org", "otto.focal@example.org"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def sent(database: Database, house: House, travel: Travel) -> dict[str, EmailMessage]:
    """Let Ana be told of two reports and Otto of one; return the mails by their recipient."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())
    post = Post()
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    return dict(zip(post.recipients, post.messages, strict=True))


def reply(to: EmailMessage, text: str, *, sender: str = "", **headers: str) -> bytes:
    """Return a mail that answers another one, as its recipient would send it."""
    message = EmailMessage()
    message["From"] = sender or str(to["To"])
    message["To"] = str(to["From"])
    message["Subject"] = f"Re: {to['Subject']}"
    message["Message-ID"] = headers.pop("message_id", "<reply.1@example.org>")
    message["In-Reply-To"] = str(to["Message-ID"])
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bounce(of: EmailMessage, action: str = "failed") -> bytes:
    """Return what a server sends when an address takes no mail (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@example.org\nTo: tracker@example.org\n"
        "Message-ID: <bounce.1@example.org>\nAuto-Submitted: auto-replied\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; example.org\n\n"
        f"Final-Recipient: rfc822; {ANA}\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such mailbox\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {of['Message-ID']}\n\n--b--\n"
    ).encode()


def receive(database: Database, files: FileStore, content: bytes) -> Received:
    with database.transaction() as session:
        return receive_mail(session, content, files=files, at=clock.now())


def drafts(database: Database) -> dict[int, str]:
    with database.reading() as session:
        return {row.report_id: row.done for row in session.scalars(select(ProgressDraft))}


def report_id_of(session: Session, house: House, number: int) -> int:
    return report_on(session, house.mandates[number]).id


def test_a_reply_about_one_report_becomes_a_draft_on_it(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    received = receive(
        database, files, reply(sent[OTTO], "Tariffs fell.\n\nOn Tue, S <s@x.org> wrote:\n> Otto, 1")
    )

    with database.reading() as session:
        third = report_id_of(session, house, 2)
        assert session.get_one(ProgressReport, third).review is Review.DRAFT
    assert received.paragraphs == ("12(IV), para. 5(c)",)
    assert drafts(database) == {third: "Tariffs fell."}


def test_answers_between_the_quoted_lines_go_each_to_its_report(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    body = sent[ANA].get_body(("plain",))
    assert body is not None
    lines = [f"> {line}" for line in str(body.get_content()).splitlines()]
    for paragraph, words in (("5(a)", "Two missions."), ("5(b)", "A study.")):
        at = next(n for n, line in enumerate(lines) if f"para. {paragraph} (" in line)
        lines.insert(at + 1, words)

    receive(database, files, reply(sent[ANA], "\n".join(lines)))

    with database.reading() as session:
        first, second = (report_id_of(session, house, number) for number in (0, 1))
    assert drafts(database) == {first: "Two missions.", second: "A study."}


def test_words_that_name_no_paragraph_are_told_and_kept(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    received = receive(database, files, reply(sent[ANA], "All done."))

    assert (received.paragraphs, received.unplaced) == ((), "All done.")
    with database.reading() as session:
        (kept,) = session.scalars(select(ReceivedMail))
    assert kept.note == "All done."
    assert b"All done." in files.content_of(kept.digest)


def test_a_reply_is_put_below_what_the_draft_says_already(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    with database.transaction() as session:
        third = report_id_of(session, house, 2)
        save_draft(
            session, report_id=third, text=TEXT, actor=house.other_focal_point, at=clock.now()
        )

    receive(database, files, reply(sent[OTTO], "Tariffs fell."))

    assert drafts(database) == {third: f"{TEXT.done}\n\nTariffs fell."}


def test_a_reply_on_a_returned_report_keeps_the_text_that_was_returned(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    with database.transaction() as session:
        third = report_id_of(session, house, 2)
        for act, actor, more in (
            (submit_report, house.other_focal_point, {"text": TEXT}),
            (return_report, house.other_manager, {"remark": "Which tariffs?"}),
        ):
            version = session.get_one(ProgressReport, third).version
            act(session, report_id=third, version=version, actor=actor, at=clock.now(), **more)

    receive(database, files, reply(sent[OTTO], "Those on fish."))

    assert drafts(database) == {third: f"{TEXT.done}\n\nThose on fish."}


def test_a_report_that_is_answered_takes_no_text_and_the_others_do(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    with database.transaction() as session:
        first, second = (report_id_of(session, house, number) for number in (0, 1))
        submit_report(
            session,
            report_id=first,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    received = receive(
        database,
        files,
        reply(sent[ANA], "12(IV), para. 5(a): late.\n12(IV), para. 5(b): A study."),
    )

    assert drafts(database) == {second: "A study."}
    ((paragraph, reason),) = received.refused
    assert paragraph == "12(IV), para. 5(a)"
    assert "submitted" in str(reason)


def test_the_same_mail_is_taken_once(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    content = reply(sent[OTTO], "Tariffs fell.")
    receive(database, files, content)

    with pytest.raises(Duplicate, match="taken before"):
        receive(database, files, content)


def test_nobody_answers_for_somebody_else(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    with pytest.raises(NotAllowed, match=f"went to {OTTO}"):
        receive(database, files, reply(sent[OTTO], "All done.", sender=ANA))

    assert drafts(database) == {}


def test_an_automatic_answer_changes_nothing(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    received = receive(
        database, files, reply(sent[OTTO], "I am away.", Auto_Submitted="auto-replied")
    )

    assert received.outcome is Outcome.AUTOMATIC
    assert drafts(database) == {}


def test_a_mail_that_answers_none_of_ours_is_refused(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    del sent[OTTO]["Message-ID"]
    sent[OTTO]["Message-ID"] = "<other@example.org>"

    with pytest.raises(NotFound, match="answers none of ours"):
        receive(database, files, reply(sent[OTTO], "Hello."))


@pytest.mark.parametrize("text", ["", "> Otto, 1 report waits for you", "-- \nOtto"])
def test_a_reply_that_says_nothing_is_refused(
    database: Database, sent: dict[str, EmailMessage], files: FileStore, text: str
) -> None:
    with pytest.raises(Invalid, match="says nothing"):
        receive(database, files, reply(sent[OTTO], text))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x00\xff" * 99], ids=["no", "pdf", "bytes"]
)
def test_a_file_that_is_no_mail_is_refused(
    database: Database, files: FileStore, content: bytes
) -> None:
    with pytest.raises(UnreadableDocument, match="no mail"):
        receive(database, files, content)


def test_a_mail_that_came_back_counts_as_failed_with_the_reason(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    received = receive(database, files, bounce(sent[ANA]))

    assert (received.outcome, received.sender) == (Outcome.BOUNCE, ANA)
    with database.reading() as session:
        message = session.scalars(
            select(MailMessage).where(MailMessage.state == Delivery.FAILED)
        ).one()
        assert message.error == "smtp; 550 5.1.1 No such mailbox"
        states = session.scalars(
            select(Notification.state).where(Notification.message_id == message.id)
        ).all()
    assert set(states) == {Delivery.FAILED}


def test_a_mail_that_is_only_late_is_not_taken_for_lost(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    received = receive(database, files, bounce(sent[ANA], action="delayed"))

    assert received.outcome is Outcome.LATE
    with database.reading() as session:
        assert set(session.scalars(select(MailMessage.state))) == {Delivery.SENT}


def test_an_html_reply_is_read_without_what_it_quotes(
    database: Database, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = OTTO, "<html.1@example.org>"
    message["References"] = f"<else@example.org> {sent[OTTO]['Message-ID']}"
    message.set_content(
        "<p>Tariffs fell.</p><blockquote>Otto, 1 report<br>12(IV), para. 5(c)</blockquote>",
        subtype="html",
    )

    receive(database, files, message.as_bytes())

    assert list(drafts(database).values()) == ["Tariffs fell."]


def test_an_mbox_is_taken_apart(sent: dict[str, EmailMessage]) -> None:
    one, two = reply(sent[OTTO], "One.\n>From here."), reply(sent[ANA], "Two.")
    content = b"From otto Tue Jun 16\n" + one + b"\nFrom ana Tue Jun 16\n" + two

    found = list(mails_in(content))

    assert len(found) == 2
    assert b"\nFrom here." in found[0]
    assert b"Two." in found[1]


def with_file(mail: bytes, content: bytes, name: str = "sheet.docx") -> bytes:
    """Return the mail with a file attached to it."""
    message = message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def sheet_of(database: Database, house: House, actor: Actor) -> UnitSheet:
    with database.transaction() as session:
        return hand_out_sheet(
            session,
            unit_id=house.statistics,
            period_id=report_on(session, house.mandates[0]).period_id,
            language="en",
            actor=actor,
            at=clock.now(),
        )


@pytest.mark.parametrize("fill", [filled_word, filled_workbook], ids=["word", "workbook"])
def test_a_sheet_that_is_mailed_back_becomes_drafts(
    database: Database,
    house: House,
    sent: dict[str, EmailMessage],
    files: FileStore,
    fill: Callable[[UnitSheet, Texts], bytes],
) -> None:
    sheet = sheet_of(database, house, house.focal_point)
    content = fill(sheet, {1: {"done": "Two missions."}, 2: {"done": "A study."}})
    mail = with_file(reply(sent[ANA], "Please find it attached."), content)

    received = receive(database, files, mail)

    assert (received.outcome, len(received.paragraphs)) == (Outcome.SHEET, 2)
    assert sorted(drafts(database).values()) == ["A study.", "Two missions."]


def test_a_sheet_needs_no_mail_that_it_answers_but_a_sender_who_is_known(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    sheet = sheet_of(database, house, house.focal_point)
    content = filled_word(sheet, {1: {"done": "Two missions."}})
    plain = reply(sent[ANA], "", sender=ANA).replace(str(sent[ANA]["Message-ID"]).encode(), b"")
    stranger = plain.replace(ANA.encode(), b"eve@example.org")

    with pytest.raises(NotFound, match="Nobody here has the address"):
        receive(database, files, with_file(stranger, content))
    assert receive(database, files, with_file(plain, content)).outcome is Outcome.SHEET


def test_a_mailed_sheet_with_a_wrong_row_takes_nothing_and_waits(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    sheet = sheet_of(database, house, house.focal_point)
    content = filled_word(sheet, {1: {"done": "Two missions."}, 2: {"status": "Nearly"}})

    received = receive(database, files, with_file(reply(sent[ANA], "Attached."), content))

    assert (received.paragraphs, len(received.refused), drafts(database)) == ((), 1, {})
    with database.reading() as session:
        (waiting,) = waiting_sheets(session, house.focal_point.person_id)
    assert files.content_of(waiting.digest) == content


def test_a_mailed_sheet_of_another_unit_is_refused(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    content = filled_word(sheet_of(database, house, house.focal_point), {1: {"done": "Mine."}})

    with pytest.raises(NotAllowed, match="This is the sheet of"):
        receive(database, files, with_file(reply(sent[OTTO], "Attached."), content))


def test_files_of_a_reply_are_kept_with_its_draft(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    mail = with_file(reply(sent[OTTO], "Tariffs fell."), b"%PDF-1.7 tariffs", "tariffs.pdf")
    mail = with_file(mail, b"MZ a program", "setup.exe")

    received = receive(database, files, mail)

    assert (received.kept, received.attachments) == (("tariffs.pdf",), ("setup.exe",))
    with database.reading() as session:
        third = report_id_of(session, house, 2)
        (kept,) = evidence_on(session, third, reader_id=house.other_focal_point.person_id)
    assert kept.name == "tariffs.pdf"


def test_a_reply_that_is_only_a_file_begins_the_draft(
    database: Database, house: House, sent: dict[str, EmailMessage], files: FileStore
) -> None:
    mail = with_file(reply(sent[OTTO], "\n"), b"%PDF-1.7 tariffs", "tariffs.pdf")

    assert receive(database, files, mail).kept == ("tariffs.pdf",)
    assert list(drafts(database).values()) == [""]
