"""Paths that are an address: each operative clause of a text gets one of its own."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.clauses import Block, Doubt, DoubtReason, parent_path


def with_distinct_paths(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with a path of its own for each clause whose number stands twice.

    The second paragraph 5 keeps its printed number, gets the path "5-2" and a doubt; the
    sub-clauses below it follow it ("5-2.a").
    """
    seen: set[str] = set()
    moved: dict[str, str] = {}
    return tuple(_with_free_path(block, seen, moved) for block in blocks)


def _with_free_path(block: Block, seen: set[str], moved: dict[str, str]) -> Block:
    if block.path is None:
        return block
    wanted = _below_moved_parent(block.path, moved)
    path, count = wanted, 1
    while path in seen:
        count += 1
        path = f"{wanted}-{count}"
    seen.add(path)
    moved[block.path] = path
    if path == block.path:
        return block
    if path == wanted:
        return replace(block, path=path)
    doubt = Doubt(DoubtReason.NUMBER_REPEATED, block.number or "")
    return replace(block, path=path, doubts=(*block.doubts, doubt))


def _below_moved_parent(path: str, moved: dict[str, str]) -> str:
    above = parent_path(path)
    return path if above is None else f"{moved.get(above, above)}.{path.rpartition('.')[2]}"
