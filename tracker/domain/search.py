"""What a person asks search for: words, phrases and exclusions, or a symbol with a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import DocumentSymbol, parse_symbol

MOST_CHARACTERS = 200
WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'(?P<minus>-)?(?:["“«](?P<phrase>[^"”»]*)["”»]?|(?P<word>\S+))')
_LONG_FORM = re.compile(r"^[a-z]+(?:-[a-z]+)*-(?:res|dec)-")
_PARAGRAPH = re.compile(
    r"^(?P<symbol>.+?)[\s,;]+(?:(?:operative\s+)?(?:para(?:graph)?s?|p[áa]rr(?:afo)?s?|"
    r"par(?:agraphe|[áa]grafo)?s?|cl(?:ause)?)\b\.?|§)?\s*"
    r"(?P<path>\d{1,3}(?:[\s.]*\(?[a-z]{1,4}\)?)*)$",
    re.IGNORECASE,
)

Part = tuple[str, ...]  # one word, or the words of a phrase in their order


class SearchKind(StrEnum):
    """What sort of record was found; their order is that of equally good results."""

    RESOLUTION = "resolution"
    MANDATE = "mandate"
    ACTIVITY = "activity"
    PROGRESS = "progress"
    NOTE = "note"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Query:
    """What must occur and what must not; the words are in small letters, with their accents."""

    required: tuple[Part, ...]
    excluded: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol that was asked for, and the path of a paragraph in it, if one was named."""

    symbol: DocumentSymbol
    path: str | None

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the addresses under which the resolution may stand: A/RES/79/1 is also 79/1."""
        short = _LONG_FORM.sub("", self.symbol.slug)
        return tuple(dict.fromkeys((self.symbol.slug, short)))


def parse_query(text: str) -> Query:
    """Return what a person asks for; marks alone ask for nothing.

    "a phrase" must stand so, -word must not occur, and a word with marks inside it, such as
    LC/G.1711, is a phrase of its parts.
    """
    parts = list(_parts(text[:MOST_CHARACTERS]))
    return Query(
        required=tuple(part for part, is_excluded in parts if not is_excluded),
        excluded=tuple(part for part, is_excluded in parts if is_excluded),
    )


def find_place(text: str) -> Place | None:
    """Return the resolution or paragraph that a text names in any spelling, if it names one."""
    if (symbol := _symbol(text)) is not None:
        return Place(symbol, None)
    named = _PARAGRAPH.match(text.strip()[:MOST_CHARACTERS])
    if named is None or (symbol := _symbol(named["symbol"])) is None:
        return None
    path = ".".join(re.findall(r"\d+|[a-z]+", named["path"].lower()))
    return Place(symbol, path)


def _parts(text: str) -> Iterator[tuple[Part, bool]]:
    for found in _PART.finditer(text):
        words = tuple(
            word[0].casefold() for word in WORD.finditer(found["phrase"] or found["word"] or "")
        )
        if words:
            yield words, found["minus"] is not None


def _symbol(text: str) -> DocumentSymbol | None:
    try:
        return parse_symbol(text)
    except UnknownSymbol:
        return None
