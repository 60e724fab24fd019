"""What a person asks search for: words, phrases and exclusions, or a symbol with a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import DocumentSymbol, parse_symbol

MOST_CHARACTERS = 200
WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'(?P<minus>[-−–])?(?:["“«](?P<phrase>[^"”»]*)(?P<end>["”»])?|(?P<word>\S+))')
_LONG_FORM = re.compile(r"^[a-z]+(?:-[a-z]+)*-(?:res|dec)-")
_PARAGRAPH = re.compile(
    r"^(?P<symbol>.+?)[\s,;]+(?:(?:operative\s+)?(?:para(?:graph)?s?|p[áa]rr(?:afo)?s?|"
    r"par(?:agraphe|[áa]grafo)?s?|cl(?:ause)?)\b\.?|§)?\s*"
    r"(?P<path>\d{1,3}(?:[\s.]*\(?[a-z]{1,4}\)?)*)$",
    re.IGNORECASE,
)

# A number that is named without its session ("res. 664", "RES/664"), or a symbol after the word.
_NUMBERED = re.compile(
    r"(?:res(?:ol(?:uci[oó]n|ution|u[cç][aã]o)?)?s?|résol(?:ution)?s?|dec(?:isi[oó]n|is[aã]o)?s?"
    r"|déc(?:ision)?s?)\b[\s./]*(?P<rest>\d.*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}")
_RUN_TOGETHER = re.compile(r"(?P<number>\d{1,4})\s?(?P<session>[mdclxvi]{1,9})", re.IGNORECASE)
_RUNS = re.compile(r"\d+|\D+")
_MOST_SPELLINGS = 16
_MOST_LETTERS = 4  # of a symbol's part, as in LC/G: more are a word

Part = tuple[str, ...]  # one word, or the words of a phrase in their order


class SearchKind(StrEnum):
    """What sort of record was found; their order is that of equally good results."""

    RESOLUTION = "resolution"
    MANDATE = "mandate"
    ACTIVITY = "activity"
    PROGRESS = "progress"
    NOTE = "note"
    DOCUMENT = "document"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Query:
    """What must occur and what must not; the words are in small letters, with their accents.

    ``is_unclosed`` says that a quote has no end, so that all after it was taken for the phrase.
    """

    required: tuple[Part, ...]
    excluded: tuple[Part, ...]
    is_unclosed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A symbol that was asked for, and the path of a paragraph in it, if one was named.

    Without a symbol it is the ``number`` of a resolution whose session was not named.
    """

    symbol: DocumentSymbol | None
    path: str | None
    number: str = ""

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the addresses under which the resolution may stand: A/RES/79/1 is also 79/1."""
        if self.symbol is None:
            return ()
        short = _LONG_FORM.sub("", self.symbol.slug)
        return tuple(dict.fromkeys((self.symbol.slug, short)))


def parse_query(text: str) -> Query:
    """Return what a person asks for; marks alone ask for nothing.

    "a phrase" must stand so, -word must not occur, and a word with marks inside it, such as
    LC/G.1711, is a phrase of its parts.
    """
    written = text[:MOST_CHARACTERS]
    parts = list(_parts(written))
    return Query(
        required=tuple(part for part, is_excluded in parts if not is_excluded),
        excluded=tuple(part for part, is_excluded in parts if is_excluded),
        is_unclosed=any(
            found["phrase"] is not None and found["end"] is None
            for found in _PART.finditer(written)
        ),
    )


def find_place(text: str) -> Place | None:
    """Return the resolution or paragraph that a text names in any spelling, if it names one."""
    written = text.strip(' "“”«»')[:MOST_CHARACTERS]
    if (place := _place(written)) is not None:
        return place
    named = _PARAGRAPH.match(written)
    if named is None or (place := _place(named["symbol"])) is None:
        return None
    path = ".".join(re.findall(r"\d+|[a-z]+", named["path"].lower()))
    return Place(place.symbol, path, place.number)


def spellings(part: Part) -> tuple[Part, ...]:
    """Return the ways in which a part may stand in texts: lcg2531 is also lc g 2531.

    Only where letters and digits were run together is there more than the part itself.
    """
    ways = islice(product(*map(_ways, part)), _MOST_SPELLINGS)
    return tuple(dict.fromkeys(tuple(word for way in found for word in way) for found in ways))


def _ways(word: str) -> list[Part]:
    runs = _RUNS.findall(word)
    if len(runs) == 1:
        return [(word,)]
    apart = islice(product(*(_cuts(run) for run in runs)), _MOST_SPELLINGS)
    return [(word,), *(tuple(piece for pieces in found for piece in pieces) for found in apart)]


def _cuts(run: str) -> list[Part]:
    """Return a run of letters whole and cut at each place: lcg is lc g, l cg and l c g."""
    if run.isdigit() or len(run) > _MOST_LETTERS:
        return [(run,)]
    rest = [(run[:at], *cut) for at in range(len(run) - 1, 0, -1) for cut in _cuts(run[at:])]
    return [(run,), *rest]


def _parts(text: str) -> Iterator[tuple[Part, bool]]:
    for found in _PART.finditer(text):
        words = tuple(
            word[0].casefold() for word in WORD.finditer(found["phrase"] or found["word"] or "")
        )
        if words:
            yield words, found["minus"] is not None


def _place(text: str) -> Place | None:
    """Return the place of a symbol without a paragraph, or of a number after "resolution"."""
    numbered = _NUMBERED.fullmatch(text)
    bare = numbered["rest"].strip() if numbered else text
    is_decision = numbered is not None and text[:1].casefold() == "d"
    for spelling in (text, f"decision {bare}" if is_decision else bare):
        if (symbol := _symbol(spelling)) is not None and not _is_only_named(spelling, numbered):
            return Place(symbol, None)
    if (run := _RUN_TOGETHER.fullmatch(bare)) is not None:
        symbol = _symbol(f"{run['number']}({run['session']})")
        return Place(symbol, None) if symbol else None
    return Place(None, None, bare) if numbered and _NUMBER.fullmatch(bare) else None


def _is_only_named(spelling: str, numbered: re.Match[str] | None) -> bool:
    """Tell whether a spelling is that of RES/664, which the grammar of symbols takes for whole."""
    return numbered is not None and spelling.casefold().startswith(("res/", "dec/"))


def _symbol(text: str) -> DocumentSymbol | None:
    try:
        return parse_symbol(text)
    except UnknownSymbol:
        return None
