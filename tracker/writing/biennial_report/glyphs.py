"""Characters that the fonts of the PDF lack, found in a document before it is written."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Final
from unicodedata import category

from tracker.domain.biennial_report.blocks import (
    Block,
    Contents,
    Cover,
    Figure,
    Heading,
    ReportDocument,
    Table,
)
from tracker.writing.typesetting import TypesettingRefused, typeset_apart

# Every font has the letters below: Latin ones with all their signs.
_COMMON: Final = 0x250
_TRIAL: Final = (
    b'#set document(title: "-")\n#set text(font: ("Libertinus Serif", "DejaVu Sans"))\n'
    b'#for it in json("characters.json") { par(it) }'
)
_REFUSED: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_NOT_PRINTED: Final = frozenset({"svg", "anchor", "passage", "tallies", "sources", "language"})


@dataclass(frozen=True, slots=True)
class LackingPlace:
    """Where characters stand that the fonts lack: the heading or table, and the passage if any."""

    where: str
    passage: str
    characters: str


def lacking_places(document: ReportDocument) -> tuple[LackingPlace, ...]:
    """Return where the document has characters that the PDF cannot show, in its order."""
    texts = list(_texts(document))
    lacking = _lacking(_unusual(character for _, _, text in texts for character in text))
    found: dict[tuple[str, str], dict[str, None]] = {}
    for where, passage, text in texts:
        for character in text:
            if character in lacking:
                found.setdefault((where, passage), {})[character] = None
    return tuple(
        LackingPlace(where, passage, "".join(characters))
        for (where, passage), characters in found.items()
    )


def characters_lacking(text: str) -> str:
    """Return the characters of a text that the PDF cannot show, each once."""
    lacking = _lacking(_unusual(text))
    return "".join(dict.fromkeys(character for character in text if character in lacking))


def _unusual(characters: Iterable[str]) -> frozenset[str]:
    """Return those that a font may lack and whose place a reader would see."""
    return frozenset(
        each for each in characters if ord(each) >= _COMMON and category(each)[0] not in "CMZ"
    )


@lru_cache(maxsize=256)
def _lacking(characters: frozenset[str]) -> frozenset[str]:
    """Return the characters that the typesetter refuses, each tried on a line of its own."""
    if not characters:
        return frozenset()
    sources = {"main": _TRIAL, "characters.json": json.dumps(sorted(characters)).encode()}
    try:
        typeset_apart(sources, standards=("ua-1",))
    except TypesettingRefused as refusal:
        refused = frozenset("".join(_REFUSED.findall(refusal.diagnostic)))
        if not refused:
            raise
        return characters & refused
    return frozenset()


def _texts(document: ReportDocument) -> Iterator[tuple[str, str, str]]:
    """Yield where each text stands, the key of its passage or "", and the text."""
    headings = {passage.key: passage.heading for passage in document.passages}
    where = document.title
    for block in document.blocks:
        if isinstance(block, Contents):  # its lines are those of the headings
            continue
        if isinstance(block, Cover):
            where = block.title
        elif isinstance(block, Heading):
            where = " ".join(filter(None, (block.label, block.text)))
        passage = getattr(block, "passage", "")
        place = headings.get(passage) or _named(block) or where
        for text in _strings(block):
            yield place, passage, text


def _named(block: Block) -> str:
    return f"{block.label}. {block.caption}" if isinstance(block, Table | Figure) else ""


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NOT_PRINTED:
                yield from _strings(getattr(value, field.name))
