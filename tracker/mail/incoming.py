"""Mail that comes in: replies, bounces (RFC 3464) and automatic answers, taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from enum import StrEnum

from lxml import html

from tracker.domain.errors import UnreadableDocument

MOST_BYTES = 25 * 1024 * 1024
_MBOX_HEAD = re.compile(rb"^From \S+.*\n", re.MULTILINE)
_WHOLE_ID = re.compile(r"<[^<>\s]+>")
_MESSAGE_ID = re.compile(r"<([^<>@\s]+)@[^<>\s]+>")


class IncomingKind(StrEnum):
    """What a mail is to us."""

    REPLY = "reply"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a mail carries, under the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail that came in.

    ``answers`` are the first parts (before the @) of the Message-IDs that it refers to, the nearest
    first. ``text`` is its plain text with what it quotes; of a bounce the reason that the server
    gave. ``attachments`` are the files it carries. A bounce without ``is_final`` only says that the
    mail is late.
    """

    kind: IncomingKind
    message_id: str
    sender: str
    answers: tuple[str, ...]
    text: str
    attachments: tuple[Attachment, ...] = ()
    is_final: bool = True


def mails_in(content: bytes) -> Iterator[bytes]:
    """Yield the mails of a file: one of an .eml file, those of an mbox in their order.

    Raises UnreadableDocument when the file is none, or larger than ``MOST_BYTES``.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(
            "The file is larger than %(limit)s MB. Save its mails one by one.",
            limit=MOST_BYTES // (1024 * 1024),
        )
    if not content.startswith(b"From "):
        yield content
        return
    heads = list(_MBOX_HEAD.finditer(content))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = following.start() if following else len(content)
        yield re.sub(rb"^>(>*From )", rb"\1", content[head.end() : end], flags=re.MULTILINE)


def read_mail(content: bytes) -> Incoming:
    """Return what one mail says; raise UnreadableDocument when it is no mail."""
    message = message_from_bytes(content, policy=policy.default)
    sender = parseaddr(str(message.get("From", "")))[1].casefold()
    if not isinstance(message, EmailMessage) or not sender:
        raise UnreadableDocument(
            "The file is no mail: it names no sender. Save the mail itself (.eml), with all its "
            "header lines."
        )
    if message.get_content_type() == "multipart/report":
        return _bounce(message, sender)
    return Incoming(
        kind=IncomingKind.AUTOMATIC if _is_automatic(message) else IncomingKind.REPLY,
        message_id=_own_id(message),
        sender=sender,
        answers=_ids(message.get("In-Reply-To"), *_newest_first(message.get("References"))),
        text=_text_of(message),
        attachments=tuple(_attachments(message)),
    )


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    if not message.is_multipart():
        return
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if part.get_content_disposition() == "inline" and part.get("Content-ID"):
            continue  # a picture of the signature, which the text shows
        if isinstance(content, bytes) and content:  # a mail within the mail has none of its own
            yield Attachment(part.get_filename() or part.get_content_type(), content)


def _bounce(message: EmailMessage, sender: str) -> Incoming:
    reasons: list[str] = []
    answers: list[str] = []
    is_final = False
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in _parts_of(part):
                is_final = is_final or str(block.get("Action", "")).strip().lower() == "failed"
                reasons += [
                    str(block[name]) for name in ("Diagnostic-Code", "Status") if name in block
                ]
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            answers += _ids(_header_of_original(part))
    return Incoming(
        kind=IncomingKind.BOUNCE,
        message_id=_own_id(message),
        sender=sender,
        answers=(*answers, *_ids(message.get("In-Reply-To"))),
        text=" ".join(reasons[0].split()) if reasons else "",
        is_final=is_final,
    )


def _header_of_original(part: Message) -> str:
    """Return the Message-ID of the mail that came back, from it or from its header lines."""
    for original in _parts_of(part):
        return str(original.get("Message-ID", ""))
    lines = part.get_payload(decode=True)
    headers = message_from_bytes(lines if isinstance(lines, bytes) else b"")
    return str(headers.get("Message-ID", ""))


def _parts_of(part: Message) -> list[Message]:
    """Return the messages that a part holds; a damaged one holds text, so none."""
    content = part.get_payload()
    if not isinstance(content, list):
        return []
    return [inner for inner in content if isinstance(inner, Message)]


def _is_automatic(message: EmailMessage) -> bool:
    # RFC 3834, and what older programs write instead.
    told = str(message.get("Auto-Submitted", "no")).strip().lower()
    return (
        told != "no"
        or "X-Autoreply" in message
        or "X-Autorespond" in message
        or str(message.get("Precedence", "")).strip().lower() in {"auto_reply", "bulk", "junk"}
    )


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):  # a character set that is named wrongly
        payload = body.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _words_of_page(text) if body.get_content_subtype() == "html" else text


def _words_of_page(page: str) -> str:
    """Return a web page as lines; what it quotes gets the mark that plain text gives it."""
    if not page.strip():
        return ""
    tree = html.fromstring(page)
    for quoted in tree.iter("blockquote"):
        quoted.text = f"\n> {quoted.text or ''}"
        for inner in quoted.iter("br", "p", "div", "li", "tr"):
            inner.tail = f"\n> {inner.tail or ''}"
        quoted.tail = f"\n{quoted.tail or ''}"
    for block in tree.iter("br", "p", "div", "li", "tr"):
        block.tail = f"\n{block.tail or ''}"
    return str(tree.text_content()).replace("\N{NO-BREAK SPACE}", " ")


def _own_id(message: EmailMessage) -> str:
    return str(message.get("Message-ID", "")).strip().strip("<>")[:200]


def _newest_first(references: object) -> list[str]:
    return _WHOLE_ID.findall(str(references or ""))[::-1]


def _ids(*headers: object) -> tuple[str, ...]:
    found = [part for header in headers for part in _MESSAGE_ID.findall(str(header or ""))]
    return tuple(dict.fromkeys(found))
