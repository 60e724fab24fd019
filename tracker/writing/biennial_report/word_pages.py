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
from tracker.writing.biennial_report.word_layout import AS_DELIVERED, WordLayout

_SINGLE: Final = 1.149  # the height of a line that is not spaced wider, by its size
_INDENT: Final = 567 / 20
_CELL_SIDES, _CELL_ENDS = 6.0, 4.5
_NOTES_LINE: Final = 10.0  # above the notes of a page
# Tables of so many rows are kept on one page, as in body.xml.
_ROWS_KEPT: Final = 12
# A figure is so wide where the line is, in points.
_FIGURE: Final = 5112000 / 12700


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


def heading_pages(document: ReportDocument, layout: WordLayout = AS_DELIVERED) -> Mapping[str, int]:
    """Return the number of the page on which each heading stands, by its anchor."""
    return _laid_out(document, layout).pages


def page_count(document: ReportDocument, *, above: float) -> int:
    """Return how many pages the document fills; ``above`` points of the first are taken."""
    return _laid_out(document, AS_DELIVERED, above=above).page


def _laid_out(document: ReportDocument, layout: WordLayout, *, above: float = 0.0) -> "_Flow":
    setter = _Setter(layout)
    pieces = [piece for block in setter.with_breaks(document.blocks) for piece in block]
    flow = _Flow(above, layout.height)
    for position, piece in enumerate(pieces):
        flow.place(piece, _chain(pieces, position))
    return flow


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

    def __init__(self, used: float, height: float) -> None:
        self.page = 1
        self._height = height
        self.pages: dict[str, int] = {}
        self._used = used
        self._after = self._notes = 0.0

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
        return self._height - self._used - self._notes

    def _turn(self, head: float) -> None:
        self.page += 1
        self._used, self._after, self._notes = head, 0.0, 0.0


class _Setter:
    """Who makes pieces of blocks, in the sizes of a layout."""

    def __init__(self, layout: WordLayout) -> None:
        self._layout = layout

    def with_breaks(self, blocks: Sequence[Block]) -> Iterator[Iterator[_Piece]]:
        """Yield the pieces of each block; contents and annexes begin a page."""
        previous: Block | None = None
        for block in blocks:
            yield self._pieces(block, begins_page=isinstance(previous, Contents | PageBreak))
            previous = block

    def _pieces(self, block: Block, *, begins_page: bool) -> Iterator[_Piece]:
        match block:
            case Contents():
                yield from self._contents(block)
            case Heading():
                yield self._heading(block, begins_page=begins_page)
            case Paragraph():
                yield self._paragraph(block)
            case Quote():
                yield from self._quote(block)
            case BulletList():
                yield from self._bullets(block)
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Cover() | PageBreak():
                pass

    def _text(
        self,
        text: str,
        *,
        size: float | None = None,
        indent: float = 0,
        first_indent: float = 0,
        is_bold: bool = False,
    ) -> tuple[int, float]:
        """Return the lines of a paragraph and the height of one."""
        room = self._layout.width - indent
        size = size or self._layout.size
        broad = size * self._layout.breadth
        lines = line_count(text, room, broad, first_indent=first_indent, is_bold=is_bold)
        return lines, size * self._layout.leading

    def _contents(self, block: Contents) -> Iterator[_Piece]:
        yield _Piece(
            *self._text(block.title, size=15, is_bold=True),
            after=self._layout.after,
            begins_page=True,
        )
        for entry in block.entries:
            label = f"{entry.label}  " if entry.label else ""
            lines, _ = self._text(f"{label}{entry.text} 000", indent=(entry.level - 1) * 17)
            yield _Piece(
                lines, self._layout.size * _SINGLE, before=6 if entry.level == 1 else 1, after=1
            )

    def _heading(self, block: Heading, *, begins_page: bool) -> _Piece:
        form = self._layout.headings[block.level]
        indent = _INDENT if block.label else 0
        return _Piece(
            *self._text(block.text, size=form.size, first_indent=indent, is_bold=True),
            before=form.before,
            after=form.after,
            anchor=block.anchor,
            begins_page=begins_page,
            keeps_next=True,
            is_whole=True,
        )

    def _paragraph(self, block: Paragraph) -> _Piece:
        text = f"{block.lead}. {block.text}" if block.lead else block.text
        note = 0.0
        if block.footnote is not None:
            lines, line = self._text(f"1 {block.footnote.text}", size=9)
            note = lines * line + 2
        first_indent = _INDENT if block.number is not None else 0
        return _Piece(
            *self._text(text, first_indent=first_indent), after=self._layout.after, note=note
        )

    def _quote(self, block: Quote) -> Iterator[_Piece]:
        lines = [
            f"{block.label}  {line}" if not place else line for place, line in _numbered(block)
        ]
        for text in [block.introduction, *lines] if block.introduction else lines:
            yield _Piece(*self._text(text or "", size=10.5, indent=_INDENT), before=3, after=5)

    def _bullets(self, block: BulletList) -> Iterator[_Piece]:
        for place, item in enumerate(block.items, start=1):
            after = 3 if place == len(block.items) else 0
            yield _Piece(*self._text(item, indent=851 / 20), after=after)

    def _table(self, block: Table) -> Iterator[_Piece]:
        yield self._caption(f"{block.label}. {block.caption}")
        columns = [
            column / 20 - _CELL_SIDES
            for column in widths(block.columns, self._layout.page.text_width)
        ]
        heads = tuple(column.title for column in block.columns)
        head = self._row_height(heads, columns, is_bold=True)
        yield _Piece(1, head, keeps_next=True, is_whole=True)
        # Word keeps the note below with the last row, other programs do not; in Word the field is
        # brought up to date, so the numbers are reckoned for the others.
        is_kept = len(block.rows) <= _ROWS_KEPT and not block.may_be_parted
        for place, row in enumerate(block.rows, start=1):
            keeps_next = is_kept and place < len(block.rows)
            height = self._row_height(row, columns)
            yield _Piece(1, height, keeps_next=keeps_next, is_whole=True, head=head)
        yield _Piece(
            *self._text(block.note or "", size=self._layout.table_size), before=3, after=10
        )

    def _row_height(
        self, cells: Sequence[Cell], columns: Sequence[float], *, is_bold: bool = False
    ) -> float:
        lines = max(
            line_count(
                cell.text if isinstance(cell, Link) else cell,
                room,
                self._layout.table_size * self._layout.breadth,
                is_bold=is_bold,
            )
            for cell, room in zip(cells, columns, strict=True)
        )
        return lines * self._layout.table_size * self._layout.leading + _CELL_ENDS

    def _caption(self, text: str) -> _Piece:
        lines = self._text(text, size=10, is_bold=True)
        return _Piece(*lines, before=12, after=4, keeps_next=True, is_whole=True)

    def _figure(self, block: Figure) -> Iterator[_Piece]:
        yield self._caption(f"{block.label}. {block.caption}")
        width = min(_FIGURE, self._layout.width)
        height = width * block.height / block.width
        yield _Piece(1, height, before=3, after=3, is_whole=True)
        yield from self._table(block.table)


def _numbered(block: Quote) -> Iterator[tuple[int, str]]:
    return enumerate(block.paragraphs or ("",))
