"""The stretches in which a long corrected edition is compared, and what a person said in others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.domain.differences import Part
from tracker.queries.corrected_editions import ComparedParagraph, EditionComparison
from tracker.queries.text_editions import EditionParagraph
from tracker.services.language_rehearsals import LinedUp
from tracker.web.addresses import whole_number
from tracker.web.stretches import (
    Items,
    Stretch,
    difference_bytes,
    shown_difference,
    stretch_of,
    text_bytes,
)

NEW = "new"
_AFTER = "after-"
MOST_SHOWN = 60  # paragraphs of one page
MOST_OFFERED = 20  # dropped clauses that a paragraph may be said to be, the nearest
_ROW_BYTES = 1800  # of HTML around the words of a paragraph and beside them, in French
_OPTION_BYTES = 140  # of one clause that a paragraph may be said to be
_BLOCK_BYTES = 1000  # around the words of one block of a text


@dataclass(frozen=True)
class EditedParagraph:
    """A paragraph that an edition touches, with the dropped clauses that it may be instead.

    ``is_moved`` says that it has another number alone.
    """

    compared: ComparedParagraph
    offered: Sequence[ComparedParagraph]
    is_clause: bool
    is_moved: bool

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Return the words that are added and removed."""
        return shown_difference(self.compared.before, self.compared.after)

    @property
    def key(self) -> str:
        """Return what it is known by while others are said to be other clauses."""
        aligned = self.compared.aligned
        is_dropped = aligned.block is None and aligned.held is not None
        return f"c{aligned.held.clause_id}" if is_dropped and aligned.held else f"p{aligned.index}"

    @property
    def is_to_look_at(self) -> bool:
        """Tell whether a person has to think about it: new, dropped, or confirmed before."""
        is_one_side = not (self.compared.before and self.compared.after)
        return self.is_clause and (is_one_side or self.compared.needs_look)

    @property
    def has_choice(self) -> bool:
        """Tell whether a person can say that it is another clause."""
        is_read = self.is_clause and self.compared.after_path is not None
        return is_read and (self.compared.before_path is not None or bool(self.offered))

    @property
    def bytes(self) -> int:
        """Return about how many bytes of HTML it takes."""
        words = 200 if self.is_moved else difference_bytes(self.parts)
        return _ROW_BYTES + words + _OPTION_BYTES * len(self.offered)


@dataclass(frozen=True)
class TouchedParagraph:
    """A paragraph that an edition changed; only those of a page are compared word by word."""

    paragraph: EditionParagraph

    @cached_property
    def parts(self) -> Sequence[Part]:
        """Return the words that were added and removed."""
        return shown_difference(self.paragraph.before or "", self.paragraph.after or "")


@dataclass(frozen=True, slots=True)
class EditionStretch:
    """The paragraphs of one page of a comparison, by what becomes of them.

    ``onward`` asks for the page behind it, ``to_look`` for the one that begins with the next
    paragraph to look at, where that is not the next one anyway; None where there is none.
    """

    seen: Stretch[EditedParagraph]
    onward: str | None
    to_look: str | None

    @property
    def clauses(self) -> Sequence[EditedParagraph]:
        """Return the clauses that have other words, are new or are dropped."""
        return [each for each in self.seen.items if each.is_clause and not each.is_moved]

    @property
    def others(self) -> Sequence[EditedParagraph]:
        """Return the other paragraphs that differ."""
        return [each for each in self.seen.items if not each.is_clause]

    @property
    def moved(self) -> Sequence[EditedParagraph]:
        """Return the clauses that have another number alone."""
        return [each for each in self.seen.items if each.is_moved]


def edition_stretch(comparison: EditionComparison, asked: str) -> EditionStretch:
    """Return what a page compares: clauses first, then others, then numbers.

    ``asked`` is the place of its first paragraph, or "after-" and the key of the one before it.
    """
    listed = _listed(comparison)
    seen = stretch_of(
        Items(listed),
        _asked_place(listed, asked),
        bytes_of=lambda each: each.bytes,
        most=MOST_SHOWN,
    )
    return EditionStretch(seen, _onward(seen), _to_look(listed, seen))


def _listed(comparison: EditionComparison) -> list[EditedParagraph]:
    places = {id(each): place for place, each in enumerate(comparison.paragraphs)}
    gone = [(places[id(each)], each) for each in comparison.clauses if not each.after]
    return [
        EditedParagraph(
            compared=each,
            offered=_nearest(places[id(each)], gone) if is_clause and each.after_path else (),
            is_clause=is_clause,
            is_moved=is_moved,
        )
        for paragraphs, is_clause, is_moved in (
            (comparison.reworded_clauses, True, False),
            (comparison.touched_others, False, False),
            (comparison.moved_clauses, True, True),
        )
        for each in paragraphs
    ]


def _asked_place(listed: Sequence[EditedParagraph], asked: str) -> int:
    if not asked.startswith(_AFTER):
        return whole_number(asked) or 0
    keys = [each.key for each in listed]
    key = asked.removeprefix(_AFTER)
    return keys.index(key) + 1 if key in keys else 0


def _onward(seen: Stretch[EditedParagraph]) -> str | None:
    # Not by its place: a dropped clause leaves the list when a paragraph is said to be it, and
    # what stands behind it moves up. Paragraphs of the edition stay, whatever is said of them.
    if seen.following is None:
        return None
    staying = [each for each in seen.items if each.compared.aligned.block] or seen.items
    return f"{_AFTER}{staying[-1].key}"


def _to_look(listed: Sequence[EditedParagraph], seen: Stretch[EditedParagraph]) -> str | None:
    places = (at for at in range(seen.last + 1, seen.total) if listed[at].is_to_look_at)
    place = next(places, None)
    return None if place is None else f"{_AFTER}{listed[place - 1].key}"


def said_elsewhere(said: Mapping[int, int | None], shown: EditionStretch) -> str:
    """Return what was said of paragraphs without a field on a page, as ``read_said`` takes it."""
    here = {each.compared.aligned.index for each in shown.seen.items if each.has_choice}
    return ",".join(
        f"{index}:{NEW if clause_id is None else clause_id}"
        for index, clause_id in said.items()
        if index not in here
    )


def read_said(sent: Mapping[str, str]) -> dict[int, int | None]:
    """Return which clause a person said each paragraph is.

    "pair-7" is an id or "new"; "elsewhere" holds those of other pages: "7:123,9:new".
    """
    pairs = [each.partition(":")[::2] for each in sent.get("elsewhere", "").split(",")]
    pairs += [
        (name.removeprefix("pair-"), value)
        for name, value in sent.items()
        if name.startswith("pair-")
    ]
    said: dict[int, int | None] = {}
    for name, value in pairs:
        index, clause_id = whole_number(name), None if value == NEW else whole_number(value)
        if index is not None and (clause_id is not None or value == NEW):
            said[index] = clause_id
    return said


def touched_stretch(
    paragraphs: Sequence[EditionParagraph], first: int, *, most_bytes: int
) -> Stretch[TouchedParagraph]:
    """Return the paragraphs that an edition changed, from a place on, with what it changed."""
    return stretch_of(
        Items([TouchedParagraph(each) for each in paragraphs]),
        first,
        bytes_of=lambda each: _ROW_BYTES // 2 + difference_bytes(each.parts),
        most=MOST_SHOWN,
        most_bytes=most_bytes,
    )


def text_stretch(
    paragraphs: Sequence[EditionParagraph], first: int, *, most_bytes: int
) -> Stretch[EditionParagraph]:
    """Return the paragraphs of an earlier text from a place on."""
    return stretch_of(
        Items(paragraphs),
        first,
        bytes_of=lambda each: _BLOCK_BYTES + text_bytes(each.before or ""),
        most=2 * MOST_SHOWN,
        most_bytes=most_bytes,
    )


def lined_up_stretch(rows: Sequence[LinedUp], first: int) -> Stretch[LinedUp]:
    """Return the paragraphs of two languages side by side from a place on."""
    return stretch_of(
        Items(rows),
        first,
        bytes_of=lambda row: (
            _BLOCK_BYTES + text_bytes(row.original or "") + text_bytes(row.version or "")
        ),
        most=2 * MOST_SHOWN,
    )


def _nearest(
    place: int, gone: Sequence[tuple[int, ComparedParagraph]]
) -> Sequence[ComparedParagraph]:
    """Return the dropped clauses that stood nearest to a paragraph, in the order of the text."""
    nearest = sorted(gone, key=lambda each: abs(each[0] - place))[:MOST_OFFERED]
    return [each for _place, each in sorted(nearest, key=lambda each: each[0])]
