"""A report of thousands of pages as PDF: several files, each typeset in a process of its own.

The typesetter holds all pages of a document in memory, about 1.5 MiB each. What is longer than
``LARGEST`` is parted between chapters and sections, and the parts come as one ZIP file.
"""

import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from io import BytesIO
from typing import Final, TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tracker.domain.biennial_report.blocks import (
    Block,
    Cell,
    Contents,
    Cover,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    ReportDocument,
    Table,
)

T = TypeVar("T")

# Characters of the blocks as the typesetter reads them: about 1,500 pages, 2.3 GiB.
LARGEST: Final = 6_500_000
_DEEPEST_CUT: Final = 2  # parts begin at a chapter or a section


def parts_of(
    document: ReportDocument, sizes: Sequence[int], *, largest: int = LARGEST
) -> tuple[ReportDocument, ...]:
    """Return the document in as many parts as keep each near ``largest``.

    ``sizes`` are the lengths of its blocks. Each part has the cover and the contents of its own
    blocks; the numbers of paragraphs, tables and notes run on. A document that is short enough is
    its only part.
    """
    count = -(-sum(sizes) // largest)
    if count <= 1:
        return (document,)
    front = [block for block in document.blocks if isinstance(block, Cover | Contents)]
    pieces = list(_pieces(document.blocks, sizes, sum(sizes) / count))
    return tuple(
        replace(document, blocks=(*_front(front, piece, label), *_within(piece)))
        for piece, label in zip(pieces, _labels(document, len(pieces)), strict=True)
    )


def packed_parts(stem: str, parts: Sequence[bytes]) -> bytes:
    """Return the parts as one ZIP file; the same parts give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as package:
        for number, content in enumerate(parts, start=1):
            entry = ZipInfo(f"{stem}_{number}_of_{len(parts)}.pdf", (1980, 1, 1, 0, 0, 0))
            package.writestr(entry, content)
    return packed.getvalue()


def in_own_process(work: Callable[[ReportDocument], T], document: ReportDocument) -> T:
    """Return what ``work`` makes of the document, in a process that then gives its memory back.

    Raise MemoryError where the process was ended, which it is when it needs too much.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as process:
        try:
            return process.submit(work, document).result()
        except BrokenProcessPool as ended:
            raise MemoryError from ended


def _pieces(
    blocks: Sequence[Block], sizes: Sequence[int], wanted: float
) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks after cover and contents, cut before chapters and sections.

    A part that begins inside a chapter says again in which.
    """
    piece: list[Block] = []
    chapter: list[Block] = []
    length = 0
    for place, (block, size) in enumerate(zip(blocks, sizes, strict=True)):
        if isinstance(block, Cover | Contents):
            continue
        if isinstance(block, Heading) and block.level == 1:
            chapter = [block]
        if length >= wanted and _begins_section(blocks, place):
            yield tuple(piece)
            is_chapter = isinstance(block, PageBreak) or block in chapter
            piece, length = [] if is_chapter else list(chapter), 0
        piece.append(block)
        length += size
    yield tuple(piece)


def _begins_section(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a chapter or a section begins here; an annex does so by its page break."""
    block = blocks[place]
    if isinstance(block, PageBreak):
        return True
    is_heading = isinstance(block, Heading) and block.level <= _DEEPEST_CUT
    return is_heading and not isinstance(blocks[place - 1], PageBreak | Heading)


def _labels(document: ReportDocument, count: int) -> Iterator[str]:
    for number in range(1, count + 1):
        yield document.words.part % {"number": number, "total": count}


def _front(
    front: Sequence[Cover | Contents], piece: Sequence[Block], label: str
) -> Iterator[Block]:
    anchors = {block.anchor for block in piece if isinstance(block, Heading)}
    for block in front:
        if isinstance(block, Cover):
            yield replace(block, notices=(label, *block.notices))
        else:
            entries = tuple(entry for entry in block.entries if entry.anchor in anchors)
            yield replace(block, entries=entries)


def _within(piece: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of a part; cells that lead to another part become texts."""
    anchors = {block.anchor for block in piece if isinstance(block, Heading | Paragraph)}
    for block in piece:
        if isinstance(block, Table):
            rows = (tuple(_cell(cell, anchors) for cell in row) for row in block.rows)
            yield replace(block, rows=tuple(rows))
        elif not (isinstance(block, PageBreak) and block is piece[0]):
            yield block


def _cell(cell: Cell, anchors: Collection[str | None]) -> Cell:
    return cell.text if isinstance(cell, Link) and cell.anchor not in anchors else cell
