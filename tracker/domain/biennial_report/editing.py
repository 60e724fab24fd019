"""The editor's hand: wordings in the place of what was composed, and copies that come back edited.

An edited copy is compared with the copy that was handed out, passage by passage, and not with what
the records say today: what changed there since is told beside it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.biennial_report.blocks import Passage

LONGEST_WORDING = 20_000
"""Characters of one passage."""

PASSAGE_PREFIX = "text_"
"""With which the bookmarks of passages begin."""
_SHORT_PREFIX = "tx_"
_LONGEST_NAME = 40  # characters: Word cuts the names of bookmarks off behind them

_MARK = re.compile(r"tracker-copy-(\d{1,9})-(\d{1,6})-([a-z]{2,8})")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Which edition a working copy is: of a period, by its number, in a language."""

    period_id: int
    number: int
    language: str

    def __str__(self) -> str:
        """Return the mark as the copy bears it."""
        return f"tracker-copy-{self.period_id}-{self.number}-{self.language}"


class FixedKind(StrEnum):
    """What of a document is made from the records alone, so that no editing of it is taken."""

    HEADING = "heading"
    QUOTE = "quote"
    TABLE = "table"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CopyText:
    """What a working copy says: its mark, its passages by key, and its other texts in order."""

    mark: CopyMark | None
    passages: Mapping[str, str]
    fixed: tuple[tuple[FixedKind, str], ...]


@dataclass(frozen=True, slots=True)
class CopyChange:
    """A passage that somebody changed in a copy.

    ``before`` is what the copy that was handed out said and ``after`` what came back, "" where the
    passage was deleted; ``passage`` is the passage as it would be printed today.
    """

    passage: Passage
    before: str
    after: str

    @property
    def has_moved_on(self) -> bool:
        """Tell whether the report says something else today than the copy that was handed out."""
        return not is_same_text(self.passage.text, self.before)

    @property
    def is_there_already(self) -> bool:
        """Tell whether the report says today what the copy says."""
        return is_same_text(self.passage.text, self.after)


@dataclass(frozen=True, slots=True)
class CopyEdits:
    """What somebody did to a copy, whatever the report says today.

    ``passages`` are the key of a passage, what was handed out and what came back, "" where it was
    deleted; ``untaken`` as in ``CopyChanges``.
    """

    passages: tuple[tuple[str, str, str], ...]
    untaken: tuple[tuple[FixedKind, str], ...]


@dataclass(frozen=True, slots=True)
class CopyChanges:
    """What an edited copy would change, and what of it cannot be taken.

    ``gone`` are changed passages that the report no longer has; ``untaken`` are texts that were
    added or changed where the records alone speak.
    """

    changes: tuple[CopyChange, ...]
    gone: tuple[str, ...]
    untaken: tuple[tuple[FixedKind, str], ...]


def mark_of_passage(key: str) -> str:
    """Return the name of the bookmark around a passage: letters, digits and underscores."""
    name = key.replace(".", "__")
    is_long = len(PASSAGE_PREFIX) + len(name) > _LONGEST_NAME
    return f"{_SHORT_PREFIX if is_long else PASSAGE_PREFIX}{name}"


def passage_of_mark(name: str) -> str | None:
    """Return the key of the passage that a bookmark begins, None for a bookmark of another kind."""
    prefixes = (PASSAGE_PREFIX, _SHORT_PREFIX)
    prefix = next((each for each in prefixes if name.startswith(each)), None)
    return None if prefix is None else name.removeprefix(prefix).replace("__", ".")


def find_mark(words: str) -> CopyMark | None:
    """Return the mark in some words, None where there is none."""
    found = _MARK.search(words)
    return None if found is None else CopyMark(int(found[1]), int(found[2]), found[3])


def tidy_wording(text: str) -> str:
    """Return a wording without empty lines, and without space around its lines or doubled."""
    lines = (_SPACES.sub(_one_space, line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def is_same_text(one: str, other: str) -> bool:
    """Tell whether two texts say the same; the kinds of spaces and empty lines do not count."""
    return _levelled(one) == _levelled(other)


def changes_of(
    handed_out: CopyText, came_back: CopyText, passages: Sequence[Passage]
) -> CopyChanges:
    """Return what a copy changes against the one handed out; ``passages`` are those of today."""
    return changes_by(edits_of(handed_out, came_back), passages)


def edits_of(handed_out: CopyText, came_back: CopyText) -> CopyEdits:
    """Return what somebody did to a copy against the one that was handed out."""
    edited = []
    for key, before in handed_out.passages.items():
        after = tidy_wording(came_back.passages.get(key, ""))
        if not is_same_text(before, after):
            edited.append((key, before, after))
    return CopyEdits(tuple(edited), tuple(_added(handed_out.fixed, came_back.fixed)))


def changes_by(edits: CopyEdits, passages: Sequence[Passage]) -> CopyChanges:
    """Return what edits change; ``passages`` are those of today, at least those that are edited."""
    today = {passage.key: passage for passage in passages}
    places = {passage.key: place for place, passage in enumerate(passages)}
    changes = (
        CopyChange(today[key], before, after)
        for key, before, after in edits.passages
        if key in today
    )
    return CopyChanges(
        changes=tuple(sorted(changes, key=lambda change: places[change.passage.key])),
        gone=tuple(after for key, _, after in edits.passages if key not in today and after),
        untaken=edits.untaken,
    )


def _added(
    before: Iterable[tuple[FixedKind, str]], after: Iterable[tuple[FixedKind, str]]
) -> Iterator[tuple[FixedKind, str]]:
    known = {_levelled(text) for _, text in before}
    for kind, text in after:
        if _levelled(text) and _levelled(text) not in known:
            yield kind, text


def _levelled(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.split())


def _one_space(found: re.Match[str]) -> str:
    return "\N{NO-BREAK SPACE}" if "\N{NO-BREAK SPACE}" in found[0] else " "
