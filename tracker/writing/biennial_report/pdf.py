"""The biennial report as PDF: tagged for readers with assistive technology, fit for archives."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from functools import partial
from typing import Final
from unicodedata import category

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.writing.biennial_report.house_files import (
    NO_FILES,
    HouseFiles,
    logo_of,
)
from tracker.writing.biennial_report.pdf_parts import LARGEST, in_own_process, parts_of
from tracker.writing.biennial_report.templates import TEMPLATES
from tracker.writing.biennial_report.typesetter import STANDARDS, Json, as_source
from tracker.writing.typesetting import TypesettingRefused, typeset

_FONT_REFUSAL = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")
_BY_NUMBER = re.compile(r"\\u\{([0-9a-f]+)\}")
# A word longer than a table's column may be broken anywhere; below that length nothing changes.
_LONG_WORD = re.compile(r"[^\s\u200b]{24,}")
_PIECE = re.compile(r".{8}(?=.)", re.DOTALL)
_NOT_PRINTED: Final = frozenset(
    {"sources", "tallies", "passages", "passage", "copy_mark", "word_styles"}
)
_NOT_TEXT: Final = frozenset({"svg", "anchor", "digest", "media_type"})


def write(document: ReportDocument, *, files: HouseFiles = NO_FILES) -> bytes:
    """Return the document as PDF; the same document gives the same bytes."""
    return write_and_tell(document, files=files)[0]


def write_parts(
    document: ReportDocument, *, largest: int = LARGEST, files: HouseFiles = NO_FILES
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return the document as one PDF, or as several where it is too long for one typesetting.

    Beside them stand the characters that the fonts cannot show.
    """
    sizes = [len(json.dumps(_as_json(block), ensure_ascii=False)) for block in document.blocks]
    parts = parts_of(document, sizes, largest=largest)
    if len(parts) == 1:
        content, missing = write_and_tell(document, files=files)
        return (content,), missing
    written = [in_own_process(partial(write_and_tell, files=dict(files)), part) for part in parts]
    missing = tuple(dict.fromkeys(character for _, found in written for character in found))
    return tuple(content for content, _ in written), missing


def write_and_tell(
    document: ReportDocument, *, files: HouseFiles = NO_FILES
) -> tuple[bytes, tuple[str, ...]]:
    """Return the document as PDF and the characters that its fonts cannot show.

    Where there are such characters the PDF is written without the marks of the standards, which
    forbid them: a report with an empty box is better than none.
    """
    logo = logo_of(document)
    picture = as_source(files[logo.digest], logo.media_type) if logo else None
    sources = {
        "main": (TEMPLATES / "report.typ").read_bytes(),
        "report.json": json.dumps(_content(document, picture), ensure_ascii=False).encode(),
    }
    moment = datetime.combine(document.issued_on, time(), UTC)
    try:
        return typeset(sources, standards=STANDARDS, moment=moment), ()
    except TypesettingRefused as refusal:
        refused = _FONT_REFUSAL.findall(refusal.diagnostic)
        if not refused:
            raise
    return typeset(sources, moment=moment), _visible(refused)


def _visible(refused: Sequence[str]) -> tuple[str, ...]:
    r"""Return the refused characters that a reader would see, each once.

    The typesetter writes joiners and selectors by their number, ``\u{200d}``.
    """
    named = (_BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), text) for text in refused)
    seen = (each for each in named if any(category(letter)[0] not in "CM" for letter in each))
    return tuple(dict.fromkeys(seen))


def _content(document: ReportDocument, picture: Json) -> Json:
    first = next(document.footnotes, None)
    named = _as_json(document)
    assert isinstance(named, dict)  # noqa: S101 - a document has fields
    before = first.number - 1 if first else 0
    return named | {"footnotes_before": before, "picture": picture}


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
