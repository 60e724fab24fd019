"""Annexed and adopted texts, read as instruments of their own: a declaration, a plan, rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, ReadResolution
from tracker.reading.citations import find_citations
from tracker.reading.clauses import read_blocks
from tracker.reading.layout import marker_of
from tracker.reading.lines import Line, is_finished
from tracker.reading.openers import is_annex_heading
from tracker.reading.paragraphs import without_verb_doubts

_LONGEST_TITLE = 200  # characters


def with_annexes(resolution: ReadResolution) -> ReadResolution:
    """Return a resolution with those of its annexes that have numbered paragraphs laid open.

    The blocks of the resolution stay as they are; an annex has the body, language, session and
    date of the resolution, a title, and no number of its own.
    """
    texts = list(_texts(resolution.blocks))
    annexes = [annex for text in texts if (annex := _read_annex(resolution, text)) is not None]
    return replace(resolution, annexes=tuple(annexes)) if annexes else resolution


def _texts(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """Return the paragraphs of each annex, its heading first where it has one."""
    text: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.ANNEX and not is_annex_heading(block.text):
            text.append(block.text)
        elif block.kind is not BlockKind.FOOTNOTE:
            if text:
                yield text
            text = [block.text] if block.kind is BlockKind.ANNEX else []
    if text:
        yield text


def _read_annex(resolution: ReadResolution, text: Sequence[str]) -> ReadResolution | None:
    headed = bool(text) and is_annex_heading(text[0])
    first = 1 if headed else 0
    last = first
    while last < len(text) and _may_be_title(text[last]):
        last += 1
    lines = [Line(words, is_paragraph=True) for words in text[last:]]
    read = without_verb_doubts(read_blocks(lines, (), frozenset()))
    if not any(block.path for block in read):
        return None
    title = " ".join(text[first:last]) or (text[0] if headed else None)
    heading = [Block(BlockKind.TITLE, title)] if title else []
    blocks = with_distinct_paths([*heading, *read])
    return replace(
        resolution,
        number=None,
        symbol=None,
        title=title,
        blocks=blocks,
        citations=find_citations(blocks),
        annexes=(),
    )


def _may_be_title(words: str) -> bool:
    is_short = len(words) <= _LONGEST_TITLE and not is_finished(words)
    return is_short and marker_of(Line(words)) is None
