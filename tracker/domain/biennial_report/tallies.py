"""Numbers that the document prints, each with the rows whose count or sum it is."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Counted(StrEnum):
    """What the rows of a number are, and by which ids they are named."""

    REPORTS = "reports"  # revisions of progress reports
    ACTIVITIES = "activities"
    RESOLUTIONS = "resolutions"  # instruments
    SET_ASIDE = "set_aside"  # mandates
    ASKED = "asked"  # progress reports asked for
    FUNDS = "funds"  # what activities have from one source


class Reckoning(StrEnum):
    """How a number comes out of its rows."""

    COUNT = "count"
    SHARE = "share"  # their share of ``whole`` rows, in per cent
    PLANNED = "planned"  # the sum of the planned quantities
    ACTUAL = "actual"
    BUDGET = "budget"  # the sum of the budgets, in United States dollars
    EXPENDITURE = "expenditure"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number as printed, under a key that stays, and the rows that it counts or sums."""

    key: str
    printed: str
    counted: Counted
    rows: tuple[int, ...]
    reckoning: Reckoning = Reckoning.COUNT
    whole: int = 0


def reports_tally(key: str, printed: str, revisions: Sequence[int], *, whole: int = 0) -> Tally:
    """Return how many cleared reports there are; with ``whole`` what share of those they are."""
    reckoning = Reckoning.SHARE if whole else Reckoning.COUNT
    return Tally(key, printed, Counted.REPORTS, tuple(revisions), reckoning, whole)


def activities_tally(
    key: str, printed: str, activities: Sequence[int], reckoning: Reckoning = Reckoning.COUNT
) -> Tally:
    """Return how many activities there are, or how much was planned or done in them."""
    return Tally(key, printed, Counted.ACTIVITIES, tuple(activities), reckoning)


def funds_tally(key: str, printed: str, funds: Sequence[int], reckoning: Reckoning) -> Tally:
    """Return how much money there is from sources of funds, as budget or as expenditure."""
    return Tally(key, printed, Counted.FUNDS, tuple(funds), reckoning)


def key_of_names(*names: str) -> str:
    """Return a short part of a key for rows that have names and no number."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:10]


def marked(text: str, tallies: Iterable[Tally]) -> list[tuple[str, Tally | None]]:
    """Return a text in pieces, the numbers in it with their tallies.

    Each number is looked for behind the one before, as a word of its own. One that is not found,
    since an editor worded the text or a language bends the word, comes last with no words.
    """
    pieces: list[tuple[str, Tally | None]] = []
    lost: list[tuple[str, Tally | None]] = []
    place = 0
    for tally in tallies:
        wanted = rf"(?<!\w){re.escape(tally.printed)}(?!\w)"
        found = re.compile(wanted, re.IGNORECASE).search(text, place)
        if found is None:
            lost.append(("", tally))
            continue
        pieces += [(text[place : found.start()], None), (found[0], tally)]
        place = found.end()
    pieces.append((text[place:], None))
    return [piece for piece in pieces if piece[0]] + lost
