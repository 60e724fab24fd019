"""What the records changed in the report since a draft of it was made: passages and rows of tables.

A passage that the editor worded does not change with the records; it is told apart elsewhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.domain.biennial_report.blocks import Figure, Link, Passage, ReportDocument, Table
from tracker.domain.biennial_report.editing import CopyText, FixedKind, is_same_text

CELLS = " | "
"""What parts the cells of a row that is told as a text."""

ROW_PREFIX = "row."


@dataclass(frozen=True, slots=True)
class LateChange:
    """A passage, or a row of a table, that says something else than the draft did.

    ``before`` is "" for what is new, ``after`` for what is gone. ``place`` is its heading or the
    table's caption; ``passage`` is None for a row.
    """

    key: str
    place: str
    before: str
    after: str
    passage: Passage | None = None

    @property
    def is_row(self) -> bool:
        """Tell whether it is a row of a table, which the records alone say."""
        return self.key.startswith(ROW_PREFIX)

    def is_settled(self, accepted: Mapping[str, str]) -> bool:
        """Tell whether the editor worded the passage, or somebody has let the change stand.

        ``accepted`` are the texts that were let stand, by key.
        """
        if self.passage is not None and self.passage.is_edited:
            return True
        return self.key in accepted and is_same_text(accepted[self.key], self.after)


class LateChanges(Protocol):
    """What a page asks of the changes since a draft, in their order."""

    @property
    def total(self) -> int:
        """Return how many there are."""

    def from_place(self, first: int, most: int) -> Sequence[LateChange]:
        """Return the changes from a place on, counted from 0, so many at most."""

    def with_key(self, key: str) -> LateChange | None:
        """Return the change of a passage or a row, if it has changed."""


class FoundChanges:
    """The changes of a report that was composed just now."""

    def __init__(self, changes: Sequence[LateChange]) -> None:
        self._changes = changes

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self._changes)

    def from_place(self, first: int, most: int) -> Sequence[LateChange]:
        """Return the changes from a place on, counted from 0, so many at most."""
        return self._changes[first : first + most]

    def with_key(self, key: str) -> LateChange | None:
        """Return the change of a passage or a row, if it has changed."""
        return next((change for change in self._changes if change.key == key), None)


def late_changes(
    draft: CopyText, document: ReportDocument, accepted: Mapping[str, str]
) -> tuple[LateChange, ...]:
    """Return what the records changed since the draft, passages first, each in its order.

    ``accepted`` are the texts that somebody has let stand already, by key.
    """
    return tuple(
        change for change in changes_since(draft, document) if not change.is_settled(accepted)
    )


def changes_since(draft: CopyText, document: ReportDocument) -> Iterator[LateChange]:
    """Yield what the records changed since the draft, below wordings of the editor as well."""
    yield from _changed_passages(draft, document.passages)
    yield from _changed_rows(draft, document)


def _changed_passages(draft: CopyText, passages: Sequence[Passage]) -> Iterator[LateChange]:
    today = set()
    for passage in passages:
        today.add(passage.key)
        before = draft.passages.get(passage.key, "")
        if not is_same_text(before, passage.composed):
            yield LateChange(passage.key, passage.heading, before, passage.composed, passage)
    for key, before in draft.passages.items():
        if key not in today and before.strip():
            yield LateChange(key, "", before, "")


def _changed_rows(draft: CopyText, document: ReportDocument) -> Iterator[LateChange]:
    """Yield the rows whose cells changed; a row is known by its table and its first cell."""
    before, after = _named(_rows_of_copy(draft)), _named(_rows_of_document(document))
    for name, (place, row) in after.items():
        was = before.get(name, ("", ""))[1]
        if not is_same_text(was, row):
            yield LateChange(_key(name), place, was, row)
    for name, (place, row) in before.items():
        if name not in after:
            yield LateChange(_key(name), place, row, "")


_Named = Mapping[tuple[str, str, int], tuple[str, str]]


def _named(rows: Iterable[tuple[str, str]]) -> _Named:
    """Return rows by the caption without its number, the first cell and how often it came."""
    seen: Counter[tuple[str, str]] = Counter()
    named = {}
    for caption, row in rows:
        name = (caption.partition(". ")[2] or caption, row.partition(CELLS)[0])
        seen[name] += 1
        named[(*name, seen[name])] = (caption, row)
    return named


def _rows_of_copy(draft: CopyText) -> Iterator[tuple[str, str]]:
    caption = ""
    for kind, text in draft.fixed:
        if kind is FixedKind.TABLE and CELLS not in text:
            caption = text
        elif kind is FixedKind.TABLE and caption:  # before the first caption stands the cover
            yield caption, text


def _rows_of_document(document: ReportDocument) -> Iterator[tuple[str, str]]:
    for block in document.blocks:
        table = block.table if isinstance(block, Figure) else block
        if not isinstance(table, Table):
            continue
        caption = " ".join(f"{table.label}. {table.caption}".split())
        heads = tuple(column.title for column in table.columns)
        for row in (heads, *table.rows):
            cells = (cell.text if isinstance(cell, Link) else cell for cell in row)
            yield caption, CELLS.join(" ".join(cell.split()) for cell in cells)


def _key(name: tuple[str, str, int]) -> str:
    return f"{ROW_PREFIX}{hashlib.sha256(repr(name).encode()).hexdigest()[:24]}"
