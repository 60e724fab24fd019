"""The standing list of mandates: one row a mandate that has been renewed through the years."""

import re
from dataclasses import dataclass

COLUMNS = ("subprogramme", "organ", "symbols", "title", "language")
REQUIRED = ("organ", "symbols", "title")
ROW_LIMIT = 2000
SIZE_LIMIT = 400 * 1024  # bytes; it travels through a form between rehearsal and taking

# Programme budgets name the organ with what it adopted: "Economic and Social Council decisions".
_ADOPTED = re.compile(
    r"(?:^|\s+)(?P<kind>resolutions?|decisions?|agreements?)(?:\s+and\s+(?P<also>decisions?))?$",
    re.IGNORECASE,
)
_SUBPROGRAMME = re.compile(
    r"^(?:subprogramme|subprograma|sous-programme)?\s*(?P<number>\d{1,3})\s*[-–—:.]\s*(?P<name>.+)$",
    re.IGNORECASE,
)
# Decisions of the Economic and Social Council are numbered from 201, its resolutions from 1.
_FIRST_DECISION = 201


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One row, as written; ``line`` counts from 1 with the header, ``symbols`` are parted by ;."""

    line: int
    organ: str
    symbols: str
    title: str
    subprogramme: str = ""
    language: str = ""


def body_of(organ: str) -> str:
    """Return the name of the body out of "General Assembly resolutions"."""
    return _ADOPTED.sub("", " ".join(organ.split()))


def age_key(sort_key: str) -> str:
    """Return the part of a sort key that rises with time, without the word "decision"."""
    return sort_key.removeprefix("DECISION")


def is_decision(organ: str, symbol: str) -> bool:
    """Tell whether a symbol below this heading is a decision's and not a resolution's."""
    found = _ADOPTED.search(organ)
    if found is None:
        return False
    if found["also"]:
        number = re.search(r"/(\d+)", symbol)
        return number is not None and int(number[1]) >= _FIRST_DECISION
    return found["kind"].lower().startswith("decision")


def is_agreement(organ: str) -> bool:
    """Tell whether what stands below this heading are agreements."""
    found = _ADOPTED.search(organ)
    return found is not None and found["kind"].lower().startswith("agreement")


def subprogramme_of(words: str) -> tuple[str, str] | None:
    """Return number and name out of "Subprogramme 10 – Statistics"; None is programme-wide."""
    found = _SUBPROGRAMME.match(" ".join(words.split()))
    return (found["number"], found["name"]) if found else None


def is_programme_wide(words: str) -> bool:
    """Tell whether a row names no single subprogramme."""
    return " ".join(words.lower().replace("-", " ").split()) in {"", "programme wide"}
