"""The passages of a long report as a file in which a few are found without reading all.

It is an SQLite database of its own, written once, read by whoever asks for a page of the texts.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.passages import Passages, paragraph_numbers

_KEYS_AT_ONCE = 500
_TABLES = """
CREATE TABLE report (original_language TEXT, word_count INTEGER, passage_count INTEGER);
CREATE TABLE passages (place INTEGER PRIMARY KEY, key TEXT UNIQUE, number INTEGER, told TEXT);
CREATE INDEX numbers ON passages (number);
"""


def write_passages(passages: Passages, path: Path) -> None:
    """Write all passages into a new file."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(_TABLES)
        file.execute(
            "INSERT INTO report VALUES (?, ?, ?)",
            (passages.original_language, passages.word_count, passages.count),
        )
        file.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            (
                (place, each.key, each.number, json.dumps(asdict(each), ensure_ascii=False))
                for place, each in enumerate(passages.from_place(0, passages.count))
            ),
        )


class KeptPassages:
    """The passages in such a file."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"

    @property
    def original_language(self) -> str:
        """Return the language in which the report is complete."""
        return str(self._ask("SELECT original_language FROM report")[0][0])

    @property
    def word_count(self) -> int:
        """Return how many words the document has."""
        return int(str(self._ask("SELECT word_count FROM report")[0][0]))

    @property
    def count(self) -> int:
        """Return how many passages there are."""
        return int(str(self._ask("SELECT passage_count FROM report")[0][0]))

    def from_place(self, first: int, most: int) -> Sequence[Passage]:
        """Return the passages from a place on, counted from 0, so many at most."""
        return self._passages("place >= ? AND place < ?", first, first + most)

    def with_keys(self, keys: Collection[str]) -> Sequence[Passage]:
        """Return the passages with these keys; what the report has not is left out."""
        found: list[tuple[object, ...]] = []
        ordered = sorted(keys)
        for first in range(0, len(ordered), _KEYS_AT_ONCE):
            some = ordered[first : first + _KEYS_AT_ONCE]
            marks = ", ".join("?" * len(some))
            found += self._ask(f"SELECT place, told FROM passages WHERE key IN ({marks})", *some)  # noqa: S608 - marks alone
        return [_read(told) for _place, told in sorted(found, key=lambda row: int(str(row[0])))]

    def of_scope(self, scope: str) -> Sequence[Passage]:
        """Return the numbered passages whose keys begin with that word."""
        within = "key > ? AND key < ? AND number IS NOT NULL"
        return self._passages(within, f"{scope}.", f"{scope}/")  # the sign after the full stop

    def with_number(self, number: int) -> Passage | None:
        """Return the passage that is printed in the paragraph of that number, if there is one."""
        last = "number = (SELECT max(number) FROM passages WHERE number <= ?)"
        found = self._passages(last, number)
        return next((each for each in found if number in paragraph_numbers(each)), None)

    def _passages(self, condition: str, *values: object) -> list[Passage]:
        asked = f"SELECT told FROM passages WHERE {condition} ORDER BY place"  # noqa: S608 - of ours
        return [_read(told) for (told,) in self._ask(asked, *values)]

    def _ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self._address, uri=True)) as file:
            return file.execute(statement, values).fetchall()


def _read(told: object) -> Passage:
    return passage_told(json.loads(str(told)))


# What JSON gives back can be anything; the shape is that of the fields of a passage.
def passage_told(values: dict[str, Any]) -> Passage:
    """Return the passage whose fields were written as JSON."""
    return Passage(
        **{**values, "sources": tuple(values["sources"])}
        | {"activity_ids": tuple(values["activity_ids"])}
    )
