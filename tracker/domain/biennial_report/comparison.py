"""Two editions side by side: what of the text is the same, and how far numbers differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.editing import is_same_text
from tracker.domain.biennial_report.records import EditionRecord, PlacedTally
from tracker.domain.differences import Part, word_difference

# Statuses of implementation stand in this annex, a word for each mandate.
_STATUSES = "annex."


class Fate(StrEnum):
    """What became of a passage from one edition to the other."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ComparedPassage:
    """A passage in both editions, or in one of them.

    ``shown`` is the passage as the later edition has it, or the earlier one alone.
    """

    shown: Passage
    before: Passage | None
    after: Passage | None

    @property
    def fate(self) -> Fate:
        """Return what became of it."""
        if self.before is None:
            return Fate.ADDED
        if self.after is None:
            return Fate.GONE
        same = is_same_text(self.before.text, self.after.text)
        return Fate.SAME if same else Fate.CHANGED

    @property
    def difference(self) -> list[Part]:
        """Return the words added and removed."""
        return word_difference(
            self.before.text if self.before else "", self.after.text if self.after else ""
        )


@dataclass(frozen=True, slots=True)
class ComparedTally:
    """A number in both editions, or in one of them, with what its rows come to.

    ``shown`` is the number as the later edition has it, or the earlier one alone.
    """

    shown: PlacedTally
    before: PlacedTally | None
    after: PlacedTally | None
    value_before: Decimal | None
    value_after: Decimal | None

    @property
    def is_status(self) -> bool:
        """Tell whether it is a status of implementation, which is a word."""
        return self.shown.tally.key.startswith(_STATUSES)

    @property
    def has_changed(self) -> bool:
        """Tell whether something else is printed, or in one edition alone."""
        if self.before is None or self.after is None:
            return True
        if self.is_status:
            return self.before.tally.printed != self.after.tally.printed
        return self.value_before != self.value_after

    @property
    def difference(self) -> Decimal | None:
        """Return by how much the later number is larger; None where one has no value."""
        if self.is_status or self.value_before is None or self.value_after is None:
            return None
        return self.value_after - self.value_before


@dataclass(frozen=True, slots=True)
class EditionsCompared:
    """Two editions, passage by passage in the order of the later one, and number by number.

    ``passages`` is empty where the editions are in different languages: words can be compared
    within a language alone.
    """

    passages: tuple[ComparedPassage, ...]
    tallies: tuple[ComparedTally, ...]


def compare_records(before: EditionRecord, after: EditionRecord) -> EditionsCompared:
    """Return two editions side by side; a passage or number is known by its key."""
    is_same_language = before.language == after.language
    return EditionsCompared(
        passages=tuple(_passages(before, after)) if is_same_language else (),
        tallies=tuple(_tallies(before, after)),
    )


def _passages(before: EditionRecord, after: EditionRecord) -> Iterator[ComparedPassage]:
    old = {passage.key: passage for passage in before.passages}
    new = {passage.key: passage for passage in after.passages}
    for key in _united(old, new):
        yield ComparedPassage(new[key] if key in new else old[key], old.get(key), new.get(key))


def _tallies(before: EditionRecord, after: EditionRecord) -> Iterator[ComparedTally]:
    old = {placed.tally.key: placed for placed in before.tallies}
    new = {placed.tally.key: placed for placed in after.tallies}
    for key in _united(old, new):
        one, other = old.get(key), new.get(key)
        yield ComparedTally(
            new[key] if key in new else old[key],
            one,
            other,
            before.value_of(one.tally) if one else None,
            after.value_of(other.tally) if other else None,
        )


def _united(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys of both in the order of the new ones; what is gone stands where it was."""
    matcher = SequenceMatcher(a=list(old), b=list(new), autojunk=False)
    old_keys, new_keys = list(old), list(new)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield from (key for key in old_keys[old_from:old_to] if key not in new)
        yield from new_keys[new_from:new_to]
