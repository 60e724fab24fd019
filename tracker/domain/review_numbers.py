"""The numbers of clauses under review: what is taken, what follows what, and how they move."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from tracker.domain.clauses import Block, BlockKind, paragraph_label, parent_path
from tracker.domain.errors import Invalid
from tracker.domain.review_paths import (
    free_path,
    is_below,
    joined,
    label_of,
    level_of,
    moved,
    next_label,
)
from tracker.domain.reviewed_text import Reviewed


def taken_paths(text: Reviewed) -> frozenset[str]:
    """Return the paths of the clauses that will be imported."""
    return frozenset(each.block.path for each in text if each.is_clause and each.block.path)


def has_clauses_below(text: Reviewed, path: str | None) -> bool:
    """Tell whether clauses that will be imported stand below this path."""
    return any(each.is_clause and is_below(each.block.path, path) for each in text)


def clause_before(text: Reviewed, index: int, *, level: int) -> str | None:
    """Return the path of the nearest clause of this level above a paragraph."""
    for each in reversed(text[:index]):
        if each.is_clause and each.block.level == level:
            return each.block.path
    return None


def placed(text: Reviewed, index: int, path: str) -> Reviewed:
    """Return the text with the paragraph as a clause at this path, and what is below it with it.

    Raises Invalid where the path is taken, or nothing stands above it.
    """
    return _moved_to(text, {index: path})


def renumbered(text: Reviewed, index: int, path: str, *, and_following: bool) -> Reviewed:
    """Return the text with another path for a clause, its later siblings counted on if wanted."""
    paths = {index: path}
    if and_following:
        level = level_of(path, [each.block for each in text])
        above, label = parent_path(path), label_of(path)
        for later, each in enumerate(text[index + 1 :], start=index + 1):
            is_sibling = each.block.level == level and parent_path(each.block.path or "") == above
            if each.is_clause and is_sibling:
                label = next_label(label, level)
                paths[later] = joined(above, label)
    return _moved_to(text, paths)


def gone_below(text: Reviewed, start: int, old: Block, new: Block) -> Reviewed:
    """Return the text with what stood below ``old`` and follows from ``start`` now below ``new``.

    A number that is taken there gets a path beside it: nothing is refused and nothing is lost.
    """
    made = list(text)
    taken = set(taken_paths(text))
    for index in range(start, len(made)):
        each = made[index]
        if old.path is None or new.path is None or not is_below(each.block.path, old.path):
            if each.is_clause:
                break
            continue
        before = each.block.path or ""
        path = free_path(moved(before, old.path, new.path), taken - {before})
        taken.add(path)
        level = (each.block.level or 1) + (new.level or 1) - (old.level or 1)
        made[index] = replace(each, block=replace(each.block, path=path, level=level))
    return tuple(made)


def _moved_to(text: Reviewed, paths: Mapping[int, str]) -> Reviewed:
    """Return the text with new paths for some paragraphs, by index; what is below goes along."""
    blocks = [each.block for each in text]
    made = list(text)
    for index, path in paths.items():
        block = blocks[index]
        if is_below(path, block.path):
            raise Invalid(
                "A clause cannot stand below itself. Give it another number.", field="path"
            )
        level = level_of(path, blocks)
        clause = replace(
            block, kind=BlockKind.OPERATIVE, path=path, level=level, number=label_of(path)
        )
        made[index] = replace(text[index], block=clause, is_settled=True)
        for below in range(index + 1, len(text)):
            there = blocks[below]
            if is_below(there.path, block.path) and below not in paths:
                depth = (there.level or 1) + level - (block.level or 1)
                whole = moved(there.path or "", block.path or "", path)
                made[below] = replace(text[below], block=replace(there, path=whole, level=depth))
    _check_numbers(tuple(made), paths)
    return tuple(made)


def _check_numbers(text: Reviewed, paths: Mapping[int, str]) -> None:
    """Refuse a text in which a number stands twice or a moved clause stands below none."""
    counts = Counter(each.block.path for each in text if each.is_clause)
    for index, path in paths.items():
        below = [path, *(each.block.path or "" for each in text if is_below(each.block.path, path))]
        twice = next((each for each in below if counts[each] > 1), None)
        if twice is not None:
            raise Invalid(
                "There is a paragraph %(number)s already. Choose another number, or give that one "
                "another first.",
                field="path",
                number=paragraph_label(twice),
            )
        above = parent_path(path)
        is_top = text[index].block.level == 1
        if not is_top and above not in taken_paths(text[:index]):
            raise Invalid(
                "No paragraph %(number)s stands above it. Give it a number that follows one of "
                "those above.",
                field="path",
                number=paragraph_label(above or ""),
            )
