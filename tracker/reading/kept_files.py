"""Files that people attach: what they are by their content, and which are kept."""

from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.domain.evidence import LARGEST_FILE
from tracker.reading.packages import open_package

_BY_MARK = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
)
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_BY_MEMBER = (
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
)
_MACROS = ("vbaProject.bin",)
_PROGRAMS = (b"MZ", b"\x7fELF")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\f\r")
_CODE = ("<!doctype", "<html", "<script", "<svg", "<?xml", "<body", "<head", "#!", "<?php")


def kind_of_file(content: bytes) -> str:
    """Return the media type of a file by its content; its name is not asked.

    Raises Invalid for a file that is empty, too large or of a kind that is not kept: programs,
    macros, web pages and packages of files.
    """
    if not content:
        raise Invalid("The file is empty. Check that it was saved completely.", field="file")
    if len(content) > LARGEST_FILE:
        raise Invalid(
            "The file is larger than %(limit)s MB. Put it on the intranet and add its link.",
            field="file",
            limit=LARGEST_FILE // 1024 // 1024,
        )
    for mark, kind in _BY_MARK:
        if content.startswith(mark):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    if content.startswith(_OLE):
        return "application/x-ole-storage"
    if _is_plain_text(content):
        return "text/plain"
    raise _not_kept()


def _kind_of_package(content: bytes) -> str:
    try:
        with open_package(content) as package:
            names = package.namelist()
            if any(name.endswith(_MACROS) for name in names):
                raise _not_kept()
            for member, kind in _BY_MEMBER:
                if member in names:
                    return kind
            if names[:1] == ["mimetype"]:
                kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
                if kind.startswith("application/vnd.oasis.opendocument."):
                    return kind
    except (UnreadableDocument, OSError, ValueError, RuntimeError) as problem:
        raise _not_kept() from problem
    raise _not_kept()


def _is_plain_text(content: bytes) -> bool:
    if content.startswith(_PROGRAMS) or len(content.translate(None, _CONTROLS)) < len(content):
        return False
    try:
        beginning = content.decode("utf-8-sig")[:1000].lstrip().lower()
    except UnicodeDecodeError:
        return False
    return not beginning.startswith(_CODE) and "<script" not in beginning


def _not_kept() -> Invalid:
    return Invalid(
        "A file of this kind is not kept. Choose a PDF, a picture, a plain text, or a document of "
        "an office program without macros.",
        field="file",
    )
