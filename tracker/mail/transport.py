"""How a message leaves the house: over SMTP, or into a file while no server is named."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

from tracker.storage import write_whole

# Every SMTPException of smtplib is an OSError, so that OSError stands for a lost connection too.
TIMEOUT = 30  # seconds, for each answer of the server


class MailFailure(Exception):
    """A message was not sent, or nobody can say whether it was; the text is the server's."""


class ServerUnavailable(MailFailure):
    """The server takes no mail now, whoever it is for."""


class TryAgainLater(MailFailure):
    """The server did not take this message, and may take it later."""


class AddressRefused(MailFailure):
    """The server will never take this message."""


class OutcomeUnknown(MailFailure):
    """The connection was lost after the whole message was handed over: it may have arrived."""


class Transport(Protocol):
    """What takes a message to its recipient; used as a context, since it may keep a connection."""

    def __enter__(self) -> Self:
        """Begin; opens nothing yet."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back what was opened."""

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Send ``message``; returning means that it was accepted. Raises a MailFailure."""


class SmtpTransport:
    """Send over the server that ``url`` names: smtp://user:password@host:587 or smtps://host:465.

    A server that offers STARTTLS is spoken to encrypted; a password is never sent otherwise, save
    to this machine. The connection is kept for the next message.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        self._parts = urlsplit(url)
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Return the transport; it connects with the first message."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye to the server."""
        if self._connection is not None:
            self._close(self._connection)

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Send ``message``, step by step, so that each failure is known for what it is."""
        content = message.as_bytes()
        connection = self._connection or self._connect()
        try:
            self._hand_over(connection, content, sender, recipient)
        except (ServerUnavailable, OutcomeUnknown, OSError) as error:
            self._close(connection)
            if isinstance(error, MailFailure):
                raise
            raise ServerUnavailable(_words(error)) from error
        except MailFailure:
            self._reset(connection)
            raise

    def _hand_over(
        self, connection: smtplib.SMTP, content: bytes, sender: str, recipient: str
    ) -> None:
        if not recipient.isascii():
            raise AddressRefused("Only addresses in letters from a to z can be mailed.")
        _expect(connection.mail(sender), 250, final=ServerUnavailable)
        _expect(connection.rcpt(recipient), 250, 251)
        _expect(connection.docmd("DATA"), 354)
        # What follows is smtplib's own data(), taken apart: only once the last line is out does a
        # lost connection leave open whether the server took the message.
        connection.send(_with_dots_doubled(content) + b".\r\n")
        try:
            answer = connection.getreply()
        except OSError as error:
            raise OutcomeUnknown(_words(error)) from error
        _expect(answer, 250)

    def _connect(self) -> smtplib.SMTP:
        try:
            connection = self._open()
        except OSError as error:
            raise ServerUnavailable(_words(error)) from error
        try:
            self._prepare(connection)
        except (OSError, ServerUnavailable) as error:
            self._close(connection)
            raise ServerUnavailable(_words(error)) from error
        self._connection = connection
        return connection

    def _open(self) -> smtplib.SMTP:
        host = self._parts.hostname or ""
        # Without a name smtplib asks the name server for our own, which can take long.
        own_name = socket.gethostname()
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host,
                self._parts.port or 465,
                own_name,
                timeout=self._timeout,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(host, self._parts.port or 587, own_name, timeout=self._timeout)

    def _prepare(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        is_encrypted = self._parts.scheme == "smtps"
        if not is_encrypted and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
            is_encrypted = True
        if self._parts.username:
            if not is_encrypted and not _is_this_machine(self._parts.hostname or ""):
                raise ServerUnavailable(
                    "The mail server offers no encryption, so the password was not sent. "
                    "Use an smtps:// address, or a server that offers STARTTLS."
                )
            connection.login(unquote(self._parts.username), unquote(self._parts.password or ""))

    def _reset(self, connection: smtplib.SMTP) -> None:
        try:
            connection.rset()
        except OSError:
            self._close(connection)

    def _close(self, connection: smtplib.SMTP) -> None:
        self._connection = None
        try:
            connection.quit()
        except OSError:
            connection.close()


class FileTransport:
    """Write each message into a folder as an .eml file that any mail program opens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        """Return the transport."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Do nothing: no file stays open."""

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Write ``message`` under recipient and Message-ID; the same message twice is one file."""
        del sender  # the message names it
        name = f"{recipient}.{message['Message-ID'].strip('<>').rpartition('@')[0]}.eml"
        try:
            write_whole(self._folder / re.sub(r"[^\w@.+-]", "_", name), message.as_bytes())
        except OSError as error:
            raise ServerUnavailable(_words(error)) from error


def make_transport(smtp_url: str | None, folder: Path) -> Transport:
    """Return the way out: the server that is named, or else the folder."""
    return SmtpTransport(smtp_url) if smtp_url else FileTransport(folder)


def _expect(
    answer: tuple[int, bytes],
    *wanted: int,
    final: Callable[[str], MailFailure] = AddressRefused,
) -> None:
    code, text = answer
    if code in wanted:
        return
    words = f"{code} {text.decode(errors='replace')}".strip()
    # 421: the server is about to close; -1: it closed without a word.
    if code in {421, -1}:
        raise ServerUnavailable(words)
    raise TryAgainLater(words) if code < 500 else final(words)


def _with_dots_doubled(content: bytes) -> bytes:
    lines = content if content.endswith(b"\r\n") else content + b"\r\n"
    doubled = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        words = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
        return f"{error.smtp_code} {words}"
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    return str(error) or type(error).__name__
