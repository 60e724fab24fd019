"""On which page of the Word file each heading will stand, for the numbers in its contents.

Word lays out the pages when it opens the file and then puts its own numbers into the contents. A
reader who looks at the file where nothing is brought up to date (a preview, a phone, a protected
view) would see none. So the pages are reckoned here from the sizes of the template and the widths
of the letters: rarely wrong, and then by one page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.biennial_report.blocks import (
    Block,
    BulletList,
    Cell,
    Contents,
    Cover,
    Figure,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Quote,
    ReportDocument,
    Table,
)
from tracker.writing.biennial_report.line_widths import line_count
from tracker.writing.biennial_report.templates import widths

# What follows are the sizes of report.docx, in points.
_PAGE_HEIGHT: Final = (16838 - 1474 - 1361) / 20
_PAGE_WIDTH: Final = 9071 / 20
_SIZE: Final = 11.0
# The height of a line of Times New Roman by its size; most lines are spaced a little wider.
_SINGLE: Final = 1.149
_LEADING: Final = _SINGLE * 259 / 240
_AFTER: Final = 6.0
_INDENT: Final = 567 / 20
_CELL_SIDES, _CELL_ENDS = 6.0, 4.5
_TABLE_SIZE: Final = 9.0
_NOTES_LINE: Final = 10.0  # above the notes of a page
# Tables of so many rows are kept on one page, as in body.xml.
_ROWS_KEPT: Final = 12
_HEADINGS: Final = {1: (15.0, 24.0), 2: (12.5, 18.0), 3: (11.0, 14.0)}


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is placed on a page: so many lines, with space around them; heights in points."""

    lines: int
    line: float
    before: float = 0.0
    after: float = 0.0
    note: float = 0.0
    anchor: str = ""
    begins_page: bool = False
    keeps_next: bool = False
    is_whole: bool = False
    head: float = 0.0  # of the table, repeated on each further page

    @property
    def height(self) -> float:
        return self.lines * self.line

    @property
    def first_lines(self) -> float:
        """Return the height of what must stand on a page at least: two lines, or all."""
        return self.height if self.is_whole else min(self.lines, 2) * self.line


def heading_pages(document: ReportDocument) -> Mapping[str, int]:
    """Return the number of the page on which each heading stands, by its anchor."""
    pieces = [piece for block in _with_breaks(document.blocks) for piece in block]
    flow = _Flow()
    for position, piece in enumerate(pieces):
        flow.place(piece, _chain(pieces, position))
    return flow.pages


def _chain(pieces: Sequence[_Piece], position: int) -> float:
    """Return the height of what must stand together from this piece on."""
    height = 0.0
    for place in range(position, len(pieces)):
        piece = pieces[place]
        height += piece.height if piece.keeps_next else piece.first_lines
        if not piece.keeps_next:
            return height + piece.note
        height += max(piece.after, pieces[place + 1].before if place + 1 < len(pieces) else 0)
    return height


class _Flow:
    """The page that is being filled, and where headings have come to stand."""

    def __init__(self) -> None:
        self.page = 1
        self.pages: dict[str, int] = {}
        self._used = self._after = self._notes = 0.0

    def place(self, piece: _Piece, together: float) -> None:
        """Place a piece; ``together`` is the height of what must not be parted from it."""
        # Of the space after one paragraph and before the next, the larger one counts.
        gap = max(self._after, piece.before)
        if piece.begins_page or (self._used and gap + together > self._room):
            self._turn(piece.head)
            gap = piece.before if piece.begins_page else 0
        if piece.anchor:
            self.pages[piece.anchor] = self.page
        if piece.note:
            self._notes += piece.note + (0 if self._notes else _NOTES_LINE)
        self._used += gap
        rest = piece.height
        while rest > self._room and not piece.is_whole:
            rest -= max(self._room // piece.line, 1) * piece.line
            self._turn(piece.head)
        self._used += rest
        self._after = piece.after

    @property
    def _room(self) -> float:
        return _PAGE_HEIGHT - self._used - self._notes

    def _turn(self, head: float) -> None:
        self.page += 1
        self._used, self._after, self._notes = head, 0.0, 0.0


def _with_breaks(blocks: Sequence[Block]) -> Iterator[Iterator[_Piece]]:
    """Yield the pieces of each block; contents and annexes begin a page."""
    previous: Block | None = None
    for block in blocks:
        yield _pieces(block, begins_page=isinstance(previous, Contents | PageBreak))
        previous = block


def _pieces(block: Block, *, begins_page: bool) -> Iterator[_Piece]:
    match block:
        case Contents():
            yield from _contents(block)
        case Heading():
            yield _heading(block, begins_page=begins_page)
        case Paragraph():
            yield _paragraph(block)
        case Quote():
            yield from _quote(block)
        case BulletList():
            yield from _bullets(block)
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case Cover() | PageBreak():
            pass


def _text(
    text: str,
    *,
    size: float = _SIZE,
    indent: float = 0,
    first_indent: float = 0,
    is_bold: bool = False,
) -> tuple[int, float]:
    """Return the lines of a paragraph and the height of one."""
    room = _PAGE_WIDTH - indent
    lines = line_count(text, room, size, first_indent=first_indent, is_bold=is_bold)
    return lines, size * _LEADING


def _contents(block: Contents) -> Iterator[_Piece]:
    yield _Piece(*_text(block.title, size=15, is_bold=True), after=_AFTER, begins_page=True)
    for entry in block.entries:
        label = f"{entry.label}  " if entry.label else ""
        lines, _ = _text(f"{label}{entry.text} 000", indent=(entry.level - 1) * 17)
        yield _Piece(lines, _SIZE * _SINGLE, before=6 if entry.level == 1 else 1, after=1)


def _heading(block: Heading, *, begins_page: bool) -> _Piece:
    size, before = _HEADINGS[block.level]
    indent = _INDENT if block.label else 0
    return _Piece(
        *_text(block.text, size=size, first_indent=indent, is_bold=True),
        before=before,
        after=8,
        anchor=block.anchor,
        begins_page=begins_page,
        keeps_next=True,
        is_whole=True,
    )


def _paragraph(block: Paragraph) -> _Piece:
    text = f"{block.lead}. {block.text}" if block.lead else block.text
    note = 0.0
    if block.footnote is not None:
        lines, line = _text(f"1 {block.footnote.text}", size=9)
        note = lines * line + 2
    first_indent = _INDENT if block.number is not None else 0
    return _Piece(*_text(text, first_indent=first_indent), after=_AFTER, note=note)


def _quote(block: Quote) -> Iterator[_Piece]:
    lines = [f"{block.label}  {line}" if not place else line for place, line in _numbered(block)]
    for text in [block.introduction, *lines] if block.introduction else lines:
        yield _Piece(*_text(text or "", size=10.5, indent=_INDENT), before=3, after=5)


def _numbered(block: Quote) -> Iterator[tuple[int, str]]:
    return enumerate(block.paragraphs or ("",))


def _bullets(block: BulletList) -> Iterator[_Piece]:
    for place, item in enumerate(block.items, start=1):
        after = 3 if place == len(block.items) else 0
        yield _Piece(*_text(item, indent=851 / 20), after=after)


def _table(block: Table) -> Iterator[_Piece]:
    yield _caption(f"{block.label}. {block.caption}")
    columns = [column / 20 - _CELL_SIDES for column in widths(block.columns)]
    heads = tuple(column.title for column in block.columns)
    head = _row_height(heads, columns, is_bold=True)
    yield _Piece(1, head, keeps_next=True, is_whole=True)
    # Word keeps the note below with the last row, other programs do not; in Word the field is
    # brought up to date, so the numbers are reckoned for the others.
    is_kept = len(block.rows) <= _ROWS_KEPT
    for place, row in enumerate(block.rows, start=1):
        keeps_next = is_kept and place < len(block.rows)
        height = _row_height(row, columns)
        yield _Piece(1, height, keeps_next=keeps_next, is_whole=True, head=head)
    yield _Piece(*_text(block.note or "", size=_TABLE_SIZE), before=3, after=10)


def _row_height(cells: Sequence[Cell], columns: Sequence[float], *, is_bold: bool = False) -> float:
    lines = max(
        line_count(
            cell.text if isinstance(cell, Link) else cell, room, _TABLE_SIZE, is_bold=is_bold
        )
        for cell, room in zip(cells, columns, strict=True)
    )
    return lines * _TABLE_SIZE * _LEADING + _CELL_ENDS


def _caption(text: str) -> _Piece:
    lines = _text(text, size=10, is_bold=True)
    return _Piece(*lines, before=12, after=4, keeps_next=True, is_whole=True)


def _figure(block: Figure) -> Iterator[_Piece]:
    yield _caption(f"{block.label}. {block.caption}")
    yield _Piece(1, 5112000 / 12700 * block.height / block.width, before=3, after=3, is_whole=True)
    yield from _table(block.table)
