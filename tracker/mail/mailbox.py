"""A mailbox on an IMAP server: what waits there, and where a mail goes once it was looked at."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from tracker.domain.errors import Unavailable

TAKEN, REFUSED = "tracker-taken", "tracker-refused"
SECONDS = 30.0  # for one answer of the server
# System flags, which every server keeps, count how often a mail was begun and not finished.
_TRIED = ("\\Flagged", "\\Answered")
_BROKEN = (imaplib.IMAP4.error, OSError, EOFError, ValueError)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Mailbox:
    """One open folder of a mailbox. A mail is known by its UID, which the server never reuses."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self._connection = connection
        # Asked anew: a server may tell the whole only to who is signed in.
        self._can = frozenset(_words(connection.capability()[1]).upper().split())

    def waiting(self, *, most: int) -> list[str]:
        """Return the UIDs of the mails that wait, those not begun before first."""
        found: list[str] = []
        for asked in ("UNFLAGGED", "FLAGGED"):
            found += _words(self._command("SEARCH", "UNDELETED", asked)).split()
        return found[:most]

    def begin(self, uid: str) -> bool:
        """Note that a mail is looked at; tell whether that ended halfway twice before."""
        flags = self._flags(uid)
        free = [flag for flag in _TRIED if flag not in flags]
        if free:
            self._command("STORE", uid, "+FLAGS.SILENT", f"({free[0]})")
        return not free

    def size_of(self, uid: str) -> int:
        """Return the size of a mail in bytes, as the server tells it."""
        told = _words(self._command("FETCH", uid, "(RFC822.SIZE)"))
        size = re.search(r"RFC822\.SIZE (\d+)", told)
        return int(size[1]) if size else 0

    def content_of(self, uid: str) -> bytes:
        """Return a mail as it came, empty when it is no longer there; it stays unread."""
        parts = self._command("FETCH", uid, "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")

    def give_back(self, uid: str) -> None:
        """Forget that a mail was begun, since what stopped it was not the mail."""
        self._command("STORE", uid, "-FLAGS.SILENT", f"({' '.join(_TRIED)})")

    def move(self, uid: str, folder: str) -> None:
        """Put a mail into another folder of the mailbox, which is made if it is new."""
        with suppress(imaplib.IMAP4.error):
            self._connection.create(folder)
        self.give_back(uid)
        if "MOVE" in self._can:
            self._command("MOVE", uid, folder)
            return
        self._command("COPY", uid, folder)
        self._command("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
        if "UIDPLUS" in self._can:
            self._command("EXPUNGE", uid)
        else:
            self._connection.expunge()

    def _flags(self, uid: str) -> str:
        return _words(self._command("FETCH", uid, "(FLAGS)"))

    def _command(self, name: str, *arguments: str) -> list[bytes | tuple[bytes, bytes] | None]:
        answer, parts = self._connection.uid(name, *arguments)
        if answer != "OK":
            raise imaplib.IMAP4.error(f"{name}: {_words(parts)}")
        return parts


@contextmanager
def open_mailbox(url: str, *, seconds: float = SECONDS) -> Iterator[Mailbox]:
    """Yield the folder that ``url`` names: imaps://user:password@host:993/INBOX.

    With imap:// the connection is secured by STARTTLS; a server of another machine that offers
    none is sent no password. Raises Unavailable, without the password, when the server cannot be
    reached, refuses, or ends the connection meanwhile.
    """
    parts = urlsplit(url)
    try:
        connection = _connected(url, seconds)
        try:
            connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
            answer, told = connection.select(unquote(parts.path.strip("/")) or "INBOX")
            if answer != "OK":
                raise imaplib.IMAP4.error(_words(told))
            yield Mailbox(connection)
        finally:
            with suppress(*_BROKEN):
                connection.logout()
    except _BROKEN as problem:
        raise Unavailable(
            "The mailbox of %(user)s on %(host)s cannot be read (%(reason)s). What waits there "
            "stays and is tried again: check TRACKER_IMAP_URL if this goes on.",
            user=unquote(parts.username or ""),
            host=parts.hostname,
            reason=_reason(problem),
        ) from problem


def _connected(url: str, seconds: float) -> imaplib.IMAP4:
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=seconds)
    connection = imaplib.IMAP4(host, parts.port or 143, timeout=seconds)
    if "STARTTLS" in connection.capabilities:
        connection.starttls(context)
    elif host not in _LOCAL:
        connection.shutdown()
        raise imaplib.IMAP4.error("it offers no encryption: use imaps://")
    return connection


def _words(parts: Sequence[bytes | tuple[bytes, bytes] | None]) -> str:
    pieces = (part[0] if isinstance(part, tuple) else part for part in parts)
    return b" ".join(piece for piece in pieces if piece).decode("utf-8", "replace")


def _reason(problem: Exception) -> str:
    said = problem.args[0] if problem.args else problem
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(problem)
    return words[:200] or type(problem).__name__
