"""How messages leave: over a real conversation on loopback, or into files."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests import guards
from tests.mailbox import Mailbox
from tests.post import SITE
from tracker.mail.message import Letter, compose
from tracker.mail.texts import MailText
from tracker.mail.transport import (
    AddressRefused,
    FileTransport,
    OutcomeUnknown,
    ServerUnavailable,
    SmtpTransport,
    Transport,
    TryAgainLater,
    make_transport,
)

ANA = "ana@example.org"


def letter(**changes: str) -> Letter:
    facts = {
        "message_id": "digest.abc",
        "recipient_name": "Ana Pérez",
        "recipient_address": ANA,
        "language": "es",
    }
    return Letter(
        **(facts | changes),
        text=MailText("Año nuevo", "Una línea\n.\n..otra\n", "<p>Una <b>línea</b></p>"),
        written_at=datetime(2026, 6, 15, 9, tzinfo=UTC),
    )


def message() -> EmailMessage:
    return compose(letter(), SITE)


def send(transport: Transport, recipient: str = ANA) -> None:
    with transport:
        transport.send(message(), sender=SITE.mail_from, recipient=recipient)


def test_a_message_arrives_as_it_was_written(smtp_server: Mailbox) -> None:
    send(SmtpTransport(smtp_server.url))

    (arrived,) = smtp_server.messages
    assert arrived["Subject"] == "Año nuevo"
    assert arrived["To"] == "Ana Pérez <ana@example.org>"
    assert arrived["Message-ID"] == "<digest.abc@example.org>"
    body = arrived.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Una línea\n.\n..otra\n"


def test_one_connection_takes_several_messages_past_a_refused_one(smtp_server: Mailbox) -> None:
    smtp_server.refused.add("gone@example.org")

    with SmtpTransport(smtp_server.url) as transport:
        transport.send(message(), sender=SITE.mail_from, recipient=ANA)
        with pytest.raises(AddressRefused, match="550 No such mailbox"):
            transport.send(message(), sender=SITE.mail_from, recipient="gone@example.org")
        transport.send(message(), sender=SITE.mail_from, recipient="otto@example.org")

    assert smtp_server.recipients == [[ANA], ["otto@example.org"]]


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    guards.mail_ports.add(port)

    with pytest.raises(ServerUnavailable):
        send(SmtpTransport(f"smtp://127.0.0.1:{port}"))


def test_an_address_beyond_plain_letters_is_refused(smtp_server: Mailbox) -> None:
    with pytest.raises(AddressRefused, match="letters from a to z"):
        send(SmtpTransport(smtp_server.url), "añá@example.org")


COMMANDS = {b"EHLO", b"MAIL", b"RCPT", b"DATA", b"RSET", b"QUIT"}


class Script(threading.Thread):
    """A mail server that answers what it is told, line by line, and then hangs up."""

    def __init__(self, answers: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.answers = answers
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]

    def run(self) -> None:
        connection, _ = self.listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 ready\r\n")
            for answer in self.answers:
                for line in lines:
                    # The body of a message is no command: its last line is the single dot.
                    if line == b".\r\n" or line[:4].upper() in COMMANDS:
                        break
                connection.sendall(answer)


@pytest.fixture
def script() -> Iterator[Callable[..., SmtpTransport]]:
    """Return a function that makes a transport to a server with these answers."""
    servers: list[Script] = []

    def make(*answers: bytes) -> SmtpTransport:
        server = Script([b"250 hello\r\n", *answers])
        server.start()
        servers.append(server)
        guards.mail_ports.add(server.port)
        return SmtpTransport(f"smtp://127.0.0.1:{server.port}", timeout=2)

    yield make
    for server in servers:
        server.join(timeout=5)
        server.listening.close()
        guards.mail_ports.discard(server.port)


OK, GO_ON = b"250 ok\r\n", b"354 go on\r\n"


def test_a_connection_lost_before_the_message_may_be_tried_again(
    script: Callable[..., SmtpTransport],
) -> None:
    with pytest.raises(ServerUnavailable):
        send(script(OK, OK))


def test_after_a_connection_lost_past_the_last_line_nobody_knows(
    script: Callable[..., SmtpTransport],
) -> None:
    with pytest.raises(OutcomeUnknown):
        send(script(OK, OK, GO_ON, b""))


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        pytest.param([b"451 busy\r\n"], TryAgainLater, id="sender-later"),
        pytest.param([b"530 sign in first\r\n"], ServerUnavailable, id="sender-refused"),
        pytest.param([OK, b"452 full\r\n"], TryAgainLater, id="recipient-later"),
        pytest.param([OK, b"550 nobody\r\n"], AddressRefused, id="recipient-refused"),
        pytest.param([OK, b"421 closing\r\n"], ServerUnavailable, id="closing"),
        pytest.param([OK, OK, b"554 no\r\n"], AddressRefused, id="message-refused"),
        pytest.param([OK, OK, GO_ON, b"451 later\r\n"], TryAgainLater, id="message-later"),
        pytest.param([OK, OK, GO_ON, b"554 spam\r\n"], AddressRefused, id="message-is-spam"),
    ],
)
def test_each_answer_of_a_server_is_known_for_what_it_is(
    script: Callable[..., SmtpTransport], answers: list[bytes], failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        send(script(*answers))


def test_no_password_is_sent_without_encryption(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = SmtpTransport("smtp://user:secret@mail.example.org")
    script = Script([b"250 hello\r\n", b"221 bye\r\n"])
    script.start()
    guards.mail_ports.add(script.port)
    # The name leads to our own server, as only a name server could arrange otherwise.
    monkeypatch.setattr(transport, "_open", SmtpTransport(f"smtp://127.0.0.1:{script.port}")._open)

    with pytest.raises(ServerUnavailable, match="no encryption"):
        send(transport)

    script.join(timeout=5)
    script.listening.close()
    guards.mail_ports.discard(script.port)


def test_without_a_server_each_message_is_a_file_and_twice_is_once(tmp_path: Path) -> None:
    transport = make_transport(None, tmp_path / "mail")

    send(transport)
    send(transport)

    (written,) = (tmp_path / "mail").iterdir()
    assert written.name == "ana@example.org.digest.abc.eml"
    read = message_from_bytes(written.read_bytes(), policy=policy.default)
    assert read["Subject"] == "Año nuevo"


def test_a_name_of_a_file_never_leaves_the_folder(tmp_path: Path) -> None:
    send(FileTransport(tmp_path / "mail"), "../../ana/x@example.org")

    assert [path.parent for path in tmp_path.rglob("*.eml")] == [tmp_path / "mail"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")

    with pytest.raises(ServerUnavailable):
        send(FileTransport(tmp_path / "mail"))


def test_no_automatic_reply_answers_a_message() -> None:
    composed = message()

    assert composed["Auto-Submitted"] == "auto-generated"
    assert composed["List-Unsubscribe"] == "<https://tracker.example.org/account>"
    assert composed["Content-Language"] == "es"
    assert composed["From"] == "Secretariat of the Islands <tracker@example.org>"


def test_the_sender_is_named_in_the_language_of_who_reads() -> None:
    names = {"es": "Secretaría de las Islas"}

    composed = compose(letter(), replace(SITE, entity_names=names))

    assert composed["From"] == "Secretaría de las Islas <tracker@example.org>"


@pytest.mark.parametrize("address", ["ana@@example", "", "ana\n@example.org"])
def test_an_address_that_cannot_stand_in_a_header_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        compose(letter(recipient_address=address), SITE)
