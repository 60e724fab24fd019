"""What each edit does to a text under review, or why it is refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.domain.clauses import Block, BlockKind, Doubt, DoubtReason, parent_path
from tracker.domain.errors import Invalid
from tracker.domain.review_edits import (
    ChangeKind,
    ChangeText,
    Edit,
    Join,
    LeaveOut,
    MoveLevel,
    Renumber,
    Restore,
    Settle,
    Split,
)
from tracker.domain.review_numbers import (
    clause_before,
    gone_below,
    has_clauses_below,
    placed,
    renumbered,
    taken_paths,
)
from tracker.domain.review_paths import (
    first_label,
    free_path,
    joined,
    label_of,
    level_of,
    next_label,
    next_path,
)
from tracker.domain.reviewed_text import Reviewed, ReviewedBlock, index_of

LONGEST_TEXT = 100_000  # characters of one paragraph: more than any resolution has
# "3. ", "(b) ", "b) ", "(ii) " at the head of the second half of a paragraph torn apart.
_MARKER = re.compile(r"(?:(?P<number>\d{1,3})\.|\(?(?P<letter>[a-z]{1,4})\))\s+(?=\S)")


def apply_edit(text: Reviewed, edit: Edit, position: int) -> Reviewed:
    """Return the text after an edit; ``position`` is the edit's number in the review, from 1.

    Raises Invalid, with a sentence, for what makes no sense.
    """
    index = index_of(text, edit.key)
    if text[index].is_left_out and not isinstance(edit, Restore):
        raise Invalid("This paragraph is left out. Take it in again before you change it.")
    changed = _DO[type(edit)](text, index, edit)
    before = {each.key: each for each in text}
    return tuple(
        each if each in (before.get(each.key),) else replace(each, edit=position)
        for each in changed
    )


def _split(text: Reviewed, index: int, edit: Split) -> Reviewed:
    there = text[index]
    bounds = [0, *sorted(set(edit.offsets)), len(there.block.text)]
    parts = [there.block.text[first:last].strip() for first, last in pairwise(bounds)]
    if len(parts) < 2 or not all(parts) or bounds[1] < 1:
        raise Invalid(
            "Choose a place between two words of the paragraph: each part needs words of its own.",
            field="text",
        )
    head = replace(there, block=replace(there.block, text=parts[0]), is_settled=True)
    made = (*text[:index], head, *text[index + 1 :])
    for count, part in enumerate(parts[1:], start=1):
        made = _with_part(made, index + count - 1, part)
    return made


def _with_part(text: Reviewed, index: int, part: str) -> Reviewed:
    """Return the text with a new paragraph below the one at ``index``, numbered as it goes on."""
    above = text[index]
    key = _new_key(text, above.key)
    if above.block.kind is not BlockKind.OPERATIVE or above.block.path is None:
        block = Block(above.block.kind, part)
        return _inserted(text, index + 1, replace(above, key=key, block=block))
    marker = _MARKER.match(part)
    level = above.block.level or 1
    wanted = _path_of_marker(above.block, marker) or next_path(above.block.path, level)
    words = part[marker.end() :] if marker else part
    path = free_path(wanted, taken_paths(text))
    doubts = () if path == wanted else (Doubt(DoubtReason.NUMBER_REPEATED, label_of(wanted)),)
    block = Block(
        BlockKind.OPERATIVE,
        words,
        number=label_of(path),
        path=path,
        level=level_of(path, [each.block for each in text]),
        doubts=doubts,
    )
    made = _inserted(text, index + 1, replace(above, key=key, block=block, is_settled=not doubts))
    is_sibling = parent_path(path) == parent_path(above.block.path)
    # What stands below the torn paragraph follows its second half.
    return gone_below(made, index + 2, above.block, block) if is_sibling else made


def _path_of_marker(above: Block, marker: re.Match[str] | None) -> str | None:
    """Return where "3." or "(b)" puts a paragraph that follows ``above``."""
    if marker is None or above.path is None:
        return None
    level = above.level or 1
    parts = above.path.split(".")
    if marker["number"]:
        return joined(".".join(parts[: len(parts) - level]) or None, marker["number"])
    label = marker["letter"]
    for depth in range(level, 1, -1):
        place = ".".join(parts[: len(parts) - level + depth])
        if next_label(label_of(place), depth) == label:
            return joined(parent_path(place), label)
    is_child = level == 1 or label == first_label(level + 1)
    return joined(above.path if is_child else parent_path(above.path), label)


def _join(text: Reviewed, index: int, _edit: Join) -> Reviewed:
    lower = text[index]
    above = next((at for at in range(index - 1, -1, -1) if not text[at].is_left_out), None)
    if above is None:
        raise Invalid("There is no paragraph above this one to join it with.")
    upper = text[above]
    if upper.block.path is None and has_clauses_below(text, lower.block.path):
        raise Invalid(
            "Sub-clauses stand below this clause, so it cannot become part of a paragraph that is "
            "no clause. Change what the paragraph above is first.",
        )
    block = replace(
        upper.block, text=_together(upper.block.text, lower.block.text), doubts=upper.block.doubts
    )
    origin = tuple(sorted({*upper.origin, *lower.origin}))
    whole = replace(upper, block=block, origin=origin, is_settled=True)
    rest = (*text[:above], whole, *text[above + 1 : index], *text[index + 1 :])
    return gone_below(rest, index, lower.block, block) if lower.block.path else rest


def _together(upper: str, lower: str) -> str:
    is_torn = upper.endswith("-") and lower[:1].islower()
    return upper + lower if is_torn else f"{upper} {lower}"


def _renumber(text: Reviewed, index: int, edit: Renumber) -> Reviewed:
    if text[index].block.kind is not BlockKind.OPERATIVE:
        raise Invalid(
            "Only operative clauses have a number of this kind. Say that it is one, and give it "
            "its number.",
            field="path",
        )
    return renumbered(text, index, edit.path, and_following=edit.and_following)


def _change_kind(text: Reviewed, index: int, edit: ChangeKind) -> Reviewed:
    there = text[index]
    if edit.kind is BlockKind.OPERATIVE:
        if there.block.kind is BlockKind.OPERATIVE:
            raise Invalid("This paragraph is an operative clause already.", field="kind")
        return placed(text, index, edit.path or _path_after(text, index))
    if has_clauses_below(text, there.block.path):
        raise Invalid(
            "Sub-clauses stand below this clause. Give them other numbers first, then change what "
            "this paragraph is.",
            field="kind",
        )
    block = replace(there.block, kind=edit.kind, path=None, level=None, number=None)
    return _replaced(text, index, replace(there, block=block, is_settled=True))


def _path_after(text: Reviewed, index: int) -> str:
    before = clause_before(text, index, level=1)
    path = next_path(before, 1) if before else first_label(1)
    return free_path(path, taken_paths(text))


def _change_text(text: Reviewed, index: int, edit: ChangeText) -> Reviewed:
    words = " ".join(edit.text.split())
    if not words:
        raise Invalid("Enter the words of the paragraph, or leave the paragraph out.", field="text")
    if len(words) > LONGEST_TEXT:
        raise Invalid(
            "This text is longer than %(count)s characters, which no paragraph is. Enter the words "
            "of one paragraph.",
            field="text",
            count=LONGEST_TEXT,
        )
    there = text[index]
    block = replace(there.block, text=words)
    return _replaced(text, index, replace(there, block=block, is_settled=True))


def _leave_out(text: Reviewed, index: int, _edit: LeaveOut) -> Reviewed:
    there = text[index]
    if has_clauses_below(text, there.block.path):
        raise Invalid(
            "Sub-clauses stand below this clause. Leave them out or give them other numbers first."
        )
    return _replaced(text, index, replace(there, is_left_out=True))


def _restore(text: Reviewed, index: int, _edit: Restore) -> Reviewed:
    there = text[index]
    if not there.is_left_out:
        raise Invalid("This paragraph is in the text already.")
    path = there.block.path
    if path is None:
        return _replaced(text, index, replace(there, is_left_out=False))
    taken = taken_paths(text)
    if (there.block.level or 1) > 1 and parent_path(path) not in taken:
        raise Invalid("The clause above this one is left out. Take that one in again first.")
    free = free_path(path, taken)
    doubt = Doubt(DoubtReason.NUMBER_REPEATED, there.block.number or "")
    doubts = there.block.doubts if free == path else (*there.block.doubts, doubt)
    block = replace(there.block, path=free, doubts=doubts)
    settled = there.is_settled and free == path
    return _replaced(
        text, index, replace(there, block=block, is_left_out=False, is_settled=settled)
    )


def _move_level(text: Reviewed, index: int, edit: MoveLevel) -> Reviewed:
    block = text[index].block
    if block.path is None or block.level is None:
        raise Invalid("Only operative clauses stand below one another.")
    path = _deeper(text, index, block) if edit.is_deeper else _higher(block)
    return placed(text, index, free_path(path, taken_paths(text) - {block.path}))


def _deeper(text: Reviewed, index: int, block: Block) -> str:
    level = block.level or 1
    above = clause_before(text, index, level=level)
    if above is None or parent_path(above) != parent_path(block.path or ""):
        raise Invalid("No clause stands before this one that it could stand below.")
    below = [path for path in taken_paths(text) if parent_path(path) == above]
    label = first_label(level + 1)
    while joined(above, label) in below:
        label = next_label(label, level + 1)
    return joined(above, label)


def _higher(block: Block) -> str:
    above = parent_path(block.path or "")
    if (block.level or 1) == 1 or above is None:
        raise Invalid("This clause stands below no other.")
    return next_path(above, (block.level or 2) - 1)


def _settle(text: Reviewed, index: int, _edit: Settle) -> Reviewed:
    if not text[index].is_doubtful:
        raise Invalid("This place is not doubtful any more.")
    return _replaced(text, index, replace(text[index], is_settled=True))


def _replaced(text: Reviewed, index: int, each: ReviewedBlock) -> Reviewed:
    return (*text[:index], each, *text[index + 1 :])


def _inserted(text: Reviewed, index: int, each: ReviewedBlock) -> Reviewed:
    return (*text[:index], each, *text[index:])


def _new_key(text: Sequence[ReviewedBlock], key: str) -> str:
    """Return a key that no paragraph has: those of the parts of "p3" are "p3-2", "p3-3"."""
    return free_path(key.partition("-")[0], {each.key for each in text})


_DO: Mapping[type[Edit], Callable[..., Reviewed]] = {
    Split: _split,
    Join: _join,
    Renumber: _renumber,
    ChangeKind: _change_kind,
    ChangeText: _change_text,
    LeaveOut: _leave_out,
    Restore: _restore,
    MoveLevel: _move_level,
    Settle: _settle,
}
