"""Two editions side by side: what of the text is the same, and how far numbers differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise

from tracker.domain.biennial_report.blocks import BEFORE_PARAGRAPH, Passage
from tracker.domain.biennial_report.editing import is_same_text
from tracker.domain.biennial_report.records import EditionRecord, PlacedTally
from tracker.domain.differences import Part, word_difference

# Statuses of implementation stand in this annex, a word for each mandate.
_STATUSES = "annex."
_LETTER = re.compile(r"^[A-Z]{1,4}\. ")


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


def in_chapters(
    passages: Sequence[ComparedPassage],
) -> Iterator[tuple[str, tuple[ComparedPassage, ...]]]:
    """Yield the passages by the chapter that they stand in, with its name, in their order.

    A chapter is a section of the second level, such as a resolution with its paragraphs. What is
    gone stands in the chapter of that name, whatever letter it had before.
    """
    chapters = _chapters([_LETTER.sub("", passage.shown.heading) for passage in passages])
    pairs = zip(chapters, passages, strict=True)
    for chapter, group in groupby(pairs, key=lambda pair: pair[0]):
        found = tuple(passage for _chapter, passage in group)
        named = next((each for each in found if each.after), found[0])
        letter = _LETTER.match(named.shown.heading)
        yield f"{letter[0] if letter else ''}{chapter}", found


def _chapters(headings: Sequence[str]) -> Iterator[str]:
    """Yield for each heading that of its chapter: of a paragraph, what stands before its name."""
    distinct = [heading for heading, _ in groupby(headings)]
    sections = {
        one
        for one, next_one in pairwise(distinct)
        if next_one.startswith(f"{one}{BEFORE_PARAGRAPH}")
    }
    chapter = ""
    for heading in headings:
        is_in_it = heading == chapter or heading.startswith(f"{chapter}{BEFORE_PARAGRAPH}")
        if not (chapter and is_in_it):
            above = heading.rpartition(BEFORE_PARAGRAPH)[0]
            chapter = heading if heading in sections else above or heading
        yield chapter


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
