"""The biennial report as PDF: tagged for readers with assistive technology, fit for archives."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from typing import Final

import typst

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.writing.biennial_report.templates import TEMPLATES
from tracker.writing.biennial_report.typesetter import Standard, typeset

# PDF/A-3a for archives and PDF/UA-1 for accessibility, enforced by the typesetter.
_STANDARDS: Final[tuple[Standard, ...]] = ("a-3a", "ua-1")
_FONT_REFUSAL = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")
# A word longer than a table's column may be broken anywhere; below that length nothing changes.
_LONG_WORD = re.compile(r"[^\s\u200b]{24,}")
_PIECE = re.compile(r".{8}(?=.)", re.DOTALL)
_NOT_PRINTED: Final = frozenset({"sources"})
_NOT_TEXT: Final = frozenset({"svg", "anchor"})

Json = str | int | None | list["Json"] | dict[str, "Json"]


def write(document: ReportDocument) -> bytes:
    """Return the document as PDF; the same document gives the same bytes."""
    return write_and_tell(document)[0]


def write_and_tell(document: ReportDocument) -> tuple[bytes, tuple[str, ...]]:
    """Return the document as PDF and the characters that its fonts cannot show.

    Where there are such characters the PDF is written without the marks of the standards, which
    forbid them: a report with an empty box is better than none.
    """
    sources = {
        "main": (TEMPLATES / "report.typ").read_bytes(),
        "report.json": json.dumps(_as_json(document), ensure_ascii=False).encode(),
    }
    moment = datetime.combine(document.issued_on, time(), UTC)
    try:
        return typeset(sources, standards=_STANDARDS, moment=moment), ()
    except typst.TypstError as refusal:
        missing = tuple(dict.fromkeys(_FONT_REFUSAL.findall(refusal.diagnostic)))
        if not missing:
            raise
    return typeset(sources, moment=moment), missing


def _as_json(value: object) -> Json:
    """Return blocks as what the template reads; the kind of a block stands beside its fields."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if is_dataclass(value):
        named: dict[str, Json] = {"kind": getattr(value, "kind", None)}
        for field in fields(value):
            content = getattr(value, field.name)
            if field.name not in _NOT_PRINTED:
                named[field.name] = content if field.name in _NOT_TEXT else _as_json(content)
        return named
    return _LONG_WORD.sub(_with_places_to_break, str(value))


def _with_places_to_break(word: re.Match[str]) -> str:
    return _PIECE.sub("\\g<0>\u200b", word.group())
