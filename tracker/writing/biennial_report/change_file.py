"""What changed in a long report since a draft as a file of which a page reads a few."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tracker.domain.biennial_report.late_changes import LateChange
from tracker.writing.biennial_report.passage_file import passage_told

_TABLE = "CREATE TABLE changes (place INTEGER PRIMARY KEY, key TEXT UNIQUE, told TEXT)"


def write_changes(changes: Iterable[LateChange], path: Path) -> None:
    """Write all changes into a new file, in their order."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(_TABLE)
        file.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)",
            (
                (place, each.key, json.dumps(asdict(each), ensure_ascii=False))
                for place, each in enumerate(changes)
            ),
        )


class ChangeFile:
    """The changes in such a file, without those that somebody has settled since."""

    def __init__(self, path: Path, settled: Collection[str] = ()) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._settled = settled

    @property
    def total(self) -> int:
        """Return how many there are."""
        return int(str(self._ask("SELECT count(*) FROM changes WHERE NOT is_settled(key)")[0][0]))

    def from_place(self, first: int, most: int) -> Sequence[LateChange]:
        """Return the changes from a place on, counted from 0, so many at most."""
        return self._changes("NOT is_settled(key) ORDER BY place LIMIT ? OFFSET ?", most, first)

    def with_key(self, key: str) -> LateChange | None:
        """Return the change of a passage or a row, if it has changed."""
        return next(iter(self._changes("key = ? AND NOT is_settled(key)", key)), None)

    def with_keys(self, keys: Collection[str]) -> Sequence[LateChange]:
        """Return the changes with these keys, settled or not."""
        wanted = json.dumps(sorted(keys))
        return self._changes("key IN (SELECT value FROM json_each(?)) ORDER BY place", wanted)

    def _changes(self, condition: str, *values: object) -> list[LateChange]:
        asked = f"SELECT told FROM changes WHERE {condition}"  # noqa: S608 - of ours
        return [_read(told) for (told,) in self._ask(asked, *values)]

    def _ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self._address, uri=True)) as file:
            file.create_function("is_settled", 1, self._settled.__contains__, deterministic=True)
            return file.execute(statement, values).fetchall()


def _read(told: object) -> LateChange:
    values = json.loads(str(told))
    if values["passage"] is not None:
        values["passage"] = passage_told(values["passage"])
    return LateChange(**values)
