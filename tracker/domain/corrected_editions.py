"""A corrected edition beside the text it corrects: which paragraph became which, by their words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from tracker.domain.changed_words import is_material
from tracker.domain.clauses import FORMER, Block, BlockKind
from tracker.domain.review_paths import free_path

_SAME_ENOUGH = 0.55  # share of words that two wordings of one clause have in common, at least
_SAME_PLACE_ENOUGH = 0.3  # where the number says that it is the same clause
_AT_HOME = 0.1  # what the same number adds to the likeness of two paragraphs
_TAKEN_OVER = 0.8  # share of a dropped clause's words that stand in the one that took it over


class Fate(StrEnum):
    """What an edition did to a paragraph; another number alone is no change of its words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class HeldParagraph:
    """A paragraph of the text that is there."""

    clause_id: int
    kind: BlockKind
    path: str | None
    text: str


@dataclass(frozen=True)
class Aligned:
    """A paragraph that is there beside the one it became; one side may be empty.

    ``index`` is the place of the new one among the paragraphs that were read, from 0.
    """

    held: HeldParagraph | None
    block: Block | None
    index: int | None

    @cached_property
    def fate(self) -> Fate:
        """Return what becomes of the paragraph."""
        if self.held is None:
            return Fate.ADDED
        if self.block is None:
            return Fate.DROPPED
        return Fate.SAME if self.held.text == self.block.text else Fate.CHANGED

    @property
    def kind(self) -> BlockKind:
        """Return what the paragraph is in the new text, or was."""
        if self.block is not None:
            return self.block.kind
        return self.held.kind if self.held is not None else BlockKind.FRONTMATTER

    @property
    def is_renumbered(self) -> bool:
        """Tell whether a clause has another number than before."""
        return (
            self.held is not None
            and self.block is not None
            and self.held.path is not None
            and self.held.path != self.block.path
        )

    @cached_property
    def is_material(self) -> bool:
        """Tell whether its words changed so that a person should look at the mandate again."""
        if self.held is None or self.block is None:
            return False
        return is_material(self.held.text, self.block.text)

    @property
    def is_untouched(self) -> bool:
        """Tell whether neither words nor number differ."""
        return self.fate is Fate.SAME and not self.is_renumbered


def align(
    held: Sequence[HeldParagraph],
    blocks: Sequence[Block],
    said: Mapping[int, int | None] | None = None,
) -> tuple[Aligned, ...]:
    """Return what became of each paragraph, in the order of the new text.

    Paragraphs are told by their words first, by their number where words leave it open. ``said`` is
    a person's word on some of the new ones: the clause it is, by its id, or None for a new one.
    What was dropped stands after the paragraph before it.
    """
    told = said or {}
    by_id = {each.clause_id: place for place, each in enumerate(held)}
    pairs = {
        index: by_id[clause_id]
        for index, clause_id in told.items()
        if clause_id in by_id and index < len(blocks)
    }
    rest_held = {n: each for n, each in enumerate(held) if n not in set(pairs.values())}
    rest_read = {n: block for n, block in enumerate(blocks) if n not in told}
    for kind in BlockKind:
        pairs |= _matched(
            {n: each for n, each in rest_held.items() if each.kind is kind},
            {n: block for n, block in rest_read.items() if block.kind is kind},
        )
    # A paragraph that was no clause can turn out to be one; a clause that is none is dropped.
    pairs |= _equal_anywhere(
        {
            n: each
            for n, each in rest_held.items()
            if n not in set(pairs.values()) and each.kind is not BlockKind.OPERATIVE
        },
        {n: block for n, block in rest_read.items() if n not in pairs},
    )
    return _in_order(held, blocks, pairs)


def former_path(path: str, taken: Iterable[str]) -> str:
    """Return the path of a clause that is no longer in the text: "5.a" becomes "ex-5.a"."""
    return free_path(f"{FORMER}{path}", set(taken))


def taken_over_by(dropped: HeldParagraph, aligned: Iterable[Aligned]) -> Block | None:
    """Return the clause of the new text that says what a dropped one said, if there is one."""
    wanted = _bag(dropped.text)
    if not wanted:
        return None
    for each in aligned:
        if each.block is None or each.block.path is None or each.fate is Fate.SAME:
            continue
        gained = _bag(each.block.text) - _bag(each.held.text if each.held else "")
        if (gained & wanted).total() >= _TAKEN_OVER * wanted.total():
            return each.block
    return None


def _matched(held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]) -> Mapping[int, int]:
    """Return for each new paragraph that is an old one the place of that: of one kind alone."""
    pairs: dict[int, int] = {}
    rest_held, rest_read = dict(held), dict(blocks)
    for matched in (_equal_at_home, _equal_in_order, _equal_anywhere, _alike, _at_home):
        for index, place in matched(rest_held, rest_read).items():
            pairs[index] = place
            del rest_held[place], rest_read[index]
    return pairs


def _equal_at_home(
    held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]
) -> Mapping[int, int]:
    """Return the pairs with the same words and the same number."""
    places = {(_plain(each.text), each.path): place for place, each in held.items() if each.path}
    found = {
        index: places.get((_plain(block.text), block.path))
        for index, block in blocks.items()
        if block.path
    }
    return {index: place for index, place in found.items() if place is not None}


def _equal_in_order(
    held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]
) -> Mapping[int, int]:
    """Return the pairs with the same words that follow one another as before."""
    places, indices = list(held), list(blocks)
    matcher = SequenceMatcher(
        a=[_plain(held[place].text) for place in places],
        b=[_plain(blocks[index].text) for index in indices],
        autojunk=False,
    )
    return {
        indices[match.b + step]: places[match.a + step]
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }


def _equal_anywhere(
    held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]
) -> Mapping[int, int]:
    """Return the pairs with the same words, wherever they moved."""
    places: dict[str, list[int]] = {}
    for place, each in held.items():
        places.setdefault(_plain(each.text), []).append(place)
    found: dict[int, int] = {}
    for index, block in blocks.items():
        waiting = places.get(_plain(block.text))
        if waiting:
            found[index] = waiting.pop(0)
    return found


def _alike(held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]) -> Mapping[int, int]:
    """Return the pairs that have most of their words in common, the most alike first."""
    old = {place: _bag(each.text) for place, each in held.items()}
    new = {index: _bag(block.text) for index, block in blocks.items()}
    scored = [
        (_likeness(bag, other) + _at_home_gains(held[place], blocks[index]), index, place)
        for index, bag in new.items()
        for place, other in old.items()
    ]
    return _best(each for each in scored if each[0] >= _SAME_ENOUGH)


def _at_home_gains(held: HeldParagraph, block: Block) -> float:
    """Return what the same number adds: a clause that still says all it said is the same one."""
    if held.path is None or held.path != block.path:
        return 0.0
    return 1.0 if _bag(held.text) <= _bag(block.text) else _AT_HOME


def _at_home(held: Mapping[int, HeldParagraph], blocks: Mapping[int, Block]) -> Mapping[int, int]:
    """Return the pairs with one number, where their words do not speak against it."""
    places = {each.path: place for place, each in held.items() if each.path}
    return {
        index: places[block.path]
        for index, block in blocks.items()
        if block.path in places
        and _likeness(_bag(block.text), _bag(held[places[block.path]].text)) >= _SAME_PLACE_ENOUGH
    }


def _best(scored: Iterable[tuple[float, int, int]]) -> Mapping[int, int]:
    pairs: dict[int, int] = {}
    for _score, index, place in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if index not in pairs and place not in pairs.values():
            pairs[index] = place
    return pairs


def _in_order(
    held: Sequence[HeldParagraph], blocks: Sequence[Block], pairs: Mapping[int, int]
) -> tuple[Aligned, ...]:
    new_of = {place: index for index, place in pairs.items()}
    dropped_after: dict[int, list[Aligned]] = {}
    before = -1
    for place, each in enumerate(held):
        if place in new_of:
            before = new_of[place]
        else:
            dropped_after.setdefault(before, []).append(Aligned(each, None, None))
    rows = [*dropped_after.get(-1, [])]
    for index, block in enumerate(blocks):
        place_before = pairs.get(index)
        rows.append(Aligned(held[place_before] if place_before is not None else None, block, index))
        rows += dropped_after.get(index, [])
    return tuple(rows)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words that two paragraphs have in common, from 0 to 1."""
    count = one.total() + other.total()
    return 2 * (one & other).total() / count if count else 0.0
