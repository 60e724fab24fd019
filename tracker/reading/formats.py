"""What kind of file some bytes are, told by the bytes; files that cannot be read are refused."""

from enum import StrEnum
from pathlib import PurePath

import puremagic

from tracker.domain.errors import N_, Phrase, UnreadableDocument
from tracker.reading.packages import open_package
from tracker.reading.plain_text import wide_encoding

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_PICTURE_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")  # PNG, JPEG, TIFF
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_CONTROLS = bytes(code for code in range(27) if code < 9 or code > 13)


class Format(StrEnum):
    """The kinds of file that can be read."""

    WORD = "Word"
    PDF = "PDF"
    WEB_PAGE = "HTML"
    PLAIN_TEXT = N_("plain text")
    PICTURE = N_("a picture")


_ENDINGS = {
    ".docx": Format.WORD,
    ".pdf": Format.PDF,
    ".htm": Format.WEB_PAGE,
    ".html": Format.WEB_PAGE,
    ".xhtml": Format.WEB_PAGE,
    ".txt": Format.PLAIN_TEXT,
    ".text": Format.PLAIN_TEXT,
    ".md": Format.PLAIN_TEXT,
    ".png": Format.PICTURE,
    ".jpg": Format.PICTURE,
    ".jpeg": Format.PICTURE,
    ".tif": Format.PICTURE,
    ".tiff": Format.PICTURE,
}


def format_of(content: bytes, filename: str, *, limit: int) -> Format:
    """Return the format of a file; ``limit`` is the largest size in bytes.

    Raises UnreadableDocument for what cannot be read and for a name that says another kind.
    """
    if len(content) > limit:
        raise UnreadableDocument(
            "The file is larger than %(limit)s MB. "
            "Upload only the resolution, without its annexes.",
            limit=limit // 1024 // 1024,
        )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableDocument(
            "The file is empty. Check that it was saved completely and upload it again."
        )
    found = _format_by_content(content)
    expected = _ENDINGS.get(PurePath(filename).suffix.lower())
    if expected is not None and expected is not found:
        raise UnreadableDocument(
            "The name “%(name)s” says %(expected)s, but the file is %(found)s. "
            "Give it the right ending or choose the right file.",
            name=PurePath(filename).name,
            expected=Phrase(expected),
            found=Phrase(found),
        )
    return found


def _format_by_content(content: bytes) -> Format:
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if content.startswith(_PICTURE_MARKS):
        return Format.PICTURE
    if content.startswith(b"PK\x03\x04"):
        return _format_of_package(content)
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise _encrypted() if encrypted else _old_word()
    if content.startswith(b"{\\rtf"):
        raise UnreadableDocument(
            "This is a rich-text document (RTF). Save it as .docx and upload it again."
        )
    beginning = _beginning(content)
    if beginning.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in beginning:
        return Format.WEB_PAGE
    if beginning.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>")):
        return Format.WEB_PAGE
    if _is_binary(content):
        raise _not_a_document(content)
    return Format.PLAIN_TEXT


def _format_of_package(content: bytes) -> Format:
    with open_package(content) as package:
        names = set(package.namelist())
    if "word/document.xml" in names:
        return Format.WORD
    if "EncryptedPackage" in names or "encryption.xml" in names:
        raise _encrypted()
    raise UnreadableDocument(
        "This is not a document but a package of other files. "
        "Upload the resolution as Word (.docx), PDF, HTML or plain text, or a scan of it."
    )


def _beginning(content: bytes) -> bytes:
    """Return the first signs of a text in lower case, a byte each."""
    return content[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()


def _is_binary(content: bytes) -> bool:
    if content.startswith(_TEXT_MARKS):
        return False
    wide = wide_encoding(content)
    sample = content[:65_536].rstrip(b"\0")
    if wide is not None:
        sample = sample.decode(wide, errors="ignore").encode("utf-8", errors="ignore")
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50


def _encrypted() -> UnreadableDocument:
    return UnreadableDocument(
        "The Word document is password-protected, so nothing could be read. "
        "Save it without a password and upload it again."
    )


def _old_word() -> UnreadableDocument:
    return UnreadableDocument(
        "This is a document of Word 97–2003. Save it as .docx and upload it again."
    )


def _not_a_document(content: bytes) -> UnreadableDocument:
    """Return the refusal of a file of another kind, named where its first bytes tell it."""
    try:
        kind = puremagic.from_string(content[:65_536]).lstrip(".").upper()
    except puremagic.PureError:
        kind = ""
    if kind:
        return UnreadableDocument(
            "This is not a document but a file of type %(kind)s. "
            "Upload the resolution as Word (.docx), PDF, HTML or plain text, or a scan of it.",
            kind=kind,
        )
    return UnreadableDocument(
        "This is not a document but a file of an unknown type. "
        "Upload the resolution as Word (.docx), PDF, HTML or plain text, or a scan of it."
    )
