"""Symbols of United Nations documents: parsed, compared, sorted, printed and put into addresses."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tracker.domain.errors import UnknownSymbol

_ROMAN = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_LETTERS = r"(?:\s?[A-Z](?:\s?(?:-|–|and)\s?[A-Z])?)?"  # parts of one resolution: 60/4 A and B
_FORMS = (
    # 530(XXIV), 2200 A (XXI), 752(PLEN.36), 1539 (2004), 377 (V), 1(S-12): number and session
    re.compile(
        rf"(?P<number>\d{{1,4}}{_LETTERS})\s*\(\s*(?P<session>(?:E?S\s?-\s?)?(?:(?=[MDCLXVI]){_ROMAN}|\d{{1,4}})"
        r"|PLEN\s?\.?\s?\d{1,3})\s*\)",
        re.IGNORECASE,
    ),
    # 33/134, 2012/2, S-21/2, 60/4 A: session or year and number
    re.compile(rf"(?P<slash>(?:E?S\s?-\s?)?\d{{1,4}}\s?/\s?\d{{1,4}}{_LETTERS})"),
    # A/RES/79/1, S/RES/1539 (2004), LC/G.1711(SES.24/13), A/HRC/RES/17/22
    re.compile(
        r"(?P<full>[A-Z]{1,6}(?:\s?/\s?[A-Z0-9][A-Z0-9.\-]*(?:\s[A-Z](?![A-Z]))?)+"
        r"(?:\s?\(\s?[A-Z0-9][A-Z0-9./\-\s]*\)(?:/[A-Z0-9.]+)*)?)",
        re.IGNORECASE,
    ),
)
_NAMED = re.compile(
    r"^(?:(?:the\s+)?(?P<organ>[\w\s]+?)\s+)?(?P<word>resolutions?|decisions?|résolution|décision"
    r"|resoluci[oó]n|decisi[oó]n|resolu[cç][aã]o|decis[aã]o)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)


# What needs no change to be in the official spelling: 33/134, A/RES/79/1
_OFFICIAL = re.compile(r"\d{1,4}/\d{1,4}|[A-Z]{1,6}(?:/(?!REV|CORR|ADD|AMEND)[A-Z]*\d*)+")
_DECISION = "decision "
_PLAIN_SIGNS = str.maketrans("‐‑‒–∕⁄", "----//")


@dataclass(frozen=True)
class DocumentSymbol:
    """A symbol as printed officially, with its keys; equal symbols have the same ``normalised``."""

    printed: str

    @cached_property
    def normalised(self) -> str:
        """Return the symbol without spaces and dots, in capitals; "DECISION " stays before it."""
        bare = self.printed.removeprefix(_DECISION)
        kind = self.printed[: len(self.printed) - len(bare)]
        return (kind + re.sub(r"[\s.]+", "", bare)).upper()

    @cached_property
    def sort_key(self) -> tuple[tuple[int, int, str], ...]:
        """Return a key in which numbers and Roman sessions sort by their value."""
        return tuple(_part_key(part) for part in re.findall(r"\d+|[A-Za-z]+", self.printed))

    @cached_property
    def slug(self) -> str:
        """Return the symbol as it stands in an address: "530-xxiv"."""
        return re.sub(r"[^a-z0-9]+", "-", self.printed.lower()).strip("-")


@lru_cache(maxsize=1024)
def parse_symbol(text: str) -> DocumentSymbol:
    """Return the symbol that a text is, whatever its spacing, case and dots.

    Raises UnknownSymbol for anything else, also for a symbol with words after it.
    """
    written = _tidy(text)
    named = _NAMED.match(written)
    is_decision = bool(named and named["word"].lower().startswith(("decis", "décis")))
    bare = named["rest"] if named else written
    for form in _FORMS:
        if form.fullmatch(bare):
            printed = _printed(bare, form)
            return DocumentSymbol(_DECISION + printed if is_decision else printed)
    raise UnknownSymbol(
        "“%(text)s” is not a document symbol. Write it as printed, for example 530(XXIV), 33/134 "
        "or A/RES/79/1.",
        text=text.strip()[:80],
    )


def split_symbols(text: str) -> list[DocumentSymbol]:
    """Return the symbols of a list such as "64/255; 66/260" in its order."""
    return [parse_symbol(part) for part in re.split(r"[;\n]|,(?![^(]*\))", text) if part.strip()]


def is_symbol(text: str) -> bool:
    """Tell whether a text is a document symbol."""
    try:
        parse_symbol(text)
    except UnknownSymbol:
        return False
    return True


def _tidy(text: str) -> str:
    """Return the text with plain hyphens, slashes and single spaces."""
    return " ".join(text.translate(_PLAIN_SIGNS).split()).rstrip(".,;")


def _printed(bare: str, form: re.Pattern[str]) -> str:
    """Return the official spelling: 530(XXIV) closed up, 1539 (2004) with a space."""
    if _OFFICIAL.fullmatch(bare):
        return bare
    closed = re.sub(r"\s*([/()\-])\s*", r"\1", bare).upper()
    closed = re.sub(r"PLEN\s?\.?\s?(?=\d)", "PLEN.", closed)
    closed = re.sub(r"(?<=[A-Z0-9])\((?=(?:1[89]|20)\d\d\))", " (", closed)
    closed = re.sub(r"\bAND\b", "and", closed)
    closed = re.sub(r"\.\s+(?=\d)", ".", closed)
    closed = re.sub(r"(?<=/)(REV|CORR|ADD|AMEND)\b", lambda m: m[0].capitalize(), closed)
    closed = re.sub(r"(?<=/)(\d+)\s?(?=[A-Z]\b)", r"\1 ", closed)
    if form is _FORMS[0]:
        closed = re.sub(r"^(\d+)\s?([A-Z][A-Z\- ]*)\(", r"\1 \2 (", closed)
        closed = re.sub(r"\s+", " ", closed)
    return closed


def _part_key(part: str) -> tuple[int, int, str]:
    if part.isdecimal():
        return (0, int(part), "")
    if len(part) > 1 and re.fullmatch(_ROMAN, part):
        return (0, roman_value(part), "")
    if part in {"I", "V", "X"}:
        return (0, roman_value(part), "")
    return (1, 0, part.upper())


@lru_cache(maxsize=256)
def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral in either case, 0 for anything else."""
    upper = numeral.upper()
    if not upper or not re.fullmatch(_ROMAN, upper):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[c] for c in upper]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def roman_numeral(value: int) -> str:
    """Return a number from 1 to 3999 as a Roman numeral in lower case."""
    steps = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    numeral = ""
    for step, letters in steps:
        count, value = divmod(value, step)
        numeral += letters * count
    return numeral
