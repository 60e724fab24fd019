"""Two editions side by side as a file of which a page reads one chapter, or a few numbers.

It is an SQLite database of its own, written once; of a short report it is in memory alone.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar

from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.comparison import (
    ComparedPassage,
    ComparedTally,
    EditionsCompared,
    Fate,
    in_chapters,
)
from tracker.domain.biennial_report.records import PlacedTally, tally_told
from tracker.writing.biennial_report.passage_file import passage_told

T = TypeVar("T")
_TABLES = """
CREATE TABLE chapters (
    number INTEGER PRIMARY KEY, name TEXT,
    same INTEGER, changed INTEGER, added INTEGER, gone INTEGER
);
CREATE TABLE passages (
    place INTEGER PRIMARY KEY, chapter INTEGER, fate TEXT, before TEXT, after TEXT
);
CREATE INDEX passages_of_chapter ON passages (chapter, fate);
CREATE TABLE numbers (place INTEGER PRIMARY KEY, is_status INTEGER, told TEXT);
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report, and what became of its passages; ``number`` counts from 1."""

    number: int
    name: str
    counts: Mapping[Fate, int]


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """Some rows of such a file, of which a page reads a few."""

    file: sqlite3.Connection
    asked: str  # all of a statement behind FROM, but for the order
    order: str
    columns: str
    read: Callable[[tuple[Any, ...]], T]
    values: tuple[object, ...] = ()

    @property
    def total(self) -> int:
        """Return how many there are."""
        counted = f"SELECT count(*) FROM {self.asked}"  # noqa: S608 - of ours
        return int(self.file.execute(counted, self.values).fetchone()[0])

    def from_place(self, first: int, most: int) -> Sequence[T]:
        """Return the rows from a place on, counted from 0, so many at most."""
        asked = f"SELECT {self.columns} FROM {self.asked} ORDER BY {self.order} LIMIT ? OFFSET ?"  # noqa: S608 - of ours
        return [self.read(row) for row in self.file.execute(asked, (*self.values, most, first))]


class ComparisonFile:
    """What became of the passages of an edition in another, and the numbers that differ."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def counts(self) -> Mapping[Fate, int]:
        """Return what became of how many passages."""
        sums = ", ".join(f"coalesce(sum({fate}), 0)" for fate in Fate)
        row = self._file.execute(f"SELECT {sums} FROM chapters").fetchone()  # noqa: S608 - of ours
        return dict(zip(Fate, row, strict=True))

    def chapters(self, fates: Collection[Fate], *, beyond: int = 0) -> Rows[Chapter]:
        """Return the chapters with passages of which this became, behind the one of a number."""
        found = " + ".join(fates)
        columns = ", ".join(("number", "name", *Fate))
        asked = f"chapters WHERE {found} > 0 AND number > ?"
        return Rows(self._file, asked, "number", columns, _chapter, (beyond,))

    def find_chapter(self, number: int) -> Chapter | None:
        """Return a chapter by its number."""
        found = self.chapters(tuple(Fate), beyond=number - 1).from_place(0, 1)
        return found[0] if found and found[0].number == number else None

    def passages(
        self, fates: Collection[Fate], *, chapter: int | None = None
    ) -> Rows[ComparedPassage]:
        """Return the passages of which this became, of all chapters or of one."""
        marks = ", ".join("?" * len(fates))
        asked = f"passages WHERE fate IN ({marks})"
        values: tuple[object, ...] = tuple(fates)
        if chapter is not None:
            asked, values = f"{asked} AND chapter = ?", (*values, chapter)
        return Rows(self._file, asked, "place", "before, after", _passage, values)

    def numbers(self, *, are_statuses: bool) -> Rows[ComparedTally]:
        """Return the numbers that differ, or the statuses of implementation."""
        asked, values = "numbers WHERE is_status = ?", (int(are_statuses),)
        return Rows(self._file, asked, "place", "told", _number, values)


def write_comparison(compared: EditionsCompared, path: Path) -> None:
    """Write all that a page may show into a new file."""
    with closing(sqlite3.connect(path)) as file, file:
        _fill(file, compared)


@contextmanager
def kept_comparison(path: Path) -> Iterator[ComparisonFile]:
    """Open a file that was written."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as file:
        yield ComparisonFile(file)


@contextmanager
def comparison_now(compared: EditionsCompared) -> Iterator[ComparisonFile]:
    """Hold a comparison that was made just now as such a file, in memory alone."""
    with closing(sqlite3.connect(":memory:")) as file:
        _fill(file, compared)
        yield ComparisonFile(file)


def _fill(file: sqlite3.Connection, compared: EditionsCompared) -> None:
    file.executescript(_TABLES)
    place = 0
    for number, (name, passages) in enumerate(in_chapters(compared.passages), start=1):
        fates = [passage.fate for passage in passages]
        counts = (fates.count(fate) for fate in Fate)
        file.execute("INSERT INTO chapters VALUES (?, ?, ?, ?, ?, ?)", (number, name, *counts))
        file.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            (
                (place + nth, number, each.fate, _told(each.before), _told(each.after))
                for nth, each in enumerate(passages)
            ),
        )
        place += len(passages)
    changed = (tally for tally in compared.tallies if tally.has_changed)
    file.executemany(
        "INSERT INTO numbers VALUES (?, ?, ?)",
        ((place, int(tally.is_status), _told_number(tally)) for place, tally in enumerate(changed)),
    )


def _told(passage: Passage | None) -> str | None:
    if passage is None:
        return None
    told = asdict(passage)
    del told["composed"]  # an edition says what it prints
    return json.dumps(told, ensure_ascii=False)


def _told_number(tally: ComparedTally) -> str:
    told = {
        "before": _without_rows(tally.before),
        "after": _without_rows(tally.after),
        "value_before": tally.value_before,
        "value_after": tally.value_after,
    }
    return json.dumps(told, ensure_ascii=False, default=str)


def _without_rows(placed: PlacedTally | None) -> dict[str, Any] | None:
    """Return a number to be kept: of its rows one, which tells that there are any."""
    if placed is None:
        return None
    return asdict(replace(placed, tally=replace(placed.tally, rows=placed.tally.rows[:1])))


def _chapter(row: tuple[Any, ...]) -> Chapter:
    return Chapter(row[0], row[1], dict(zip(Fate, row[2:], strict=True)))


def _passage(row: tuple[Any, ...]) -> ComparedPassage:
    before, after = (None if told is None else _read_passage(told) for told in row)
    shown = after or before
    assert shown is not None  # noqa: S101 - it is in one edition at least
    return ComparedPassage(shown, before, after)


def _read_passage(told: str) -> Passage:
    values = json.loads(told)
    return passage_told({**values, "composed": values["text"]})


def _number(row: tuple[Any, ...]) -> ComparedTally:
    told = json.loads(row[0])
    before, after = (
        None if told[name] is None else tally_told(told[name]) for name in ("before", "after")
    )
    shown = after or before
    assert shown is not None  # noqa: S101 - it is in one edition at least
    values = (
        None if told[name] is None else Decimal(told[name])
        for name in ("value_before", "value_after")
    )
    return ComparedTally(shown, before, after, *values)
