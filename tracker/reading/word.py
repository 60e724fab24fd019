"""Word documents: paragraphs with the numbers Word prints, footnotes apart, deletions left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from tracker.domain.clauses import Block, BlockKind
from tracker.reading.lines import Line, within_limit
from tracker.reading.packages import open_package, parse_part
from tracker.reading.tables import are_rows, row_of, with_numbers_joined
from tracker.reading.word_numbering import BULLET, WordNumbering, read_numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_COLUMN = 120  # twentieths of a point to a column of indentation
_NOT_TEXT = frozenset({f"{_W}del", f"{_W}moveFrom", _MC_FALLBACK, f"{_W}pPr"})
_SPACES = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}


@dataclass(slots=True)
class _Text:
    """The text of a paragraph and the identifiers of the footnotes it refers to."""

    pieces: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_word(content: bytes) -> tuple[list[Line], list[Block]]:
    """Return the paragraphs as lines and the footnotes in the order of their marks.

    Tracked insertions, text boxes and content controls are read, deletions and moved-away text
    are not. Raises UnreadableDocument for a damaged or oversized package.
    """
    with open_package(content) as package:
        document = parse_part(package, "word/document.xml")
        numbering = read_numbering(package)
        body = document.find(f"{_W}body")
        lines: list[Line] = []
        notes: list[str] = []
        if body is not None:
            lines = list(with_numbers_joined(within_limit(_lines(body, numbering, notes))))
        return lines, _footnotes(package, notes)


def _lines(body: etree._Element, numbering: WordNumbering, notes: list[str]) -> Iterator[Line]:
    carried = ""
    rows = _rows_of_tables(body)
    for paragraph in body.iter(f"{_W}p"):
        if _is_left_out(paragraph):
            continue
        row = rows.get(paragraph)
        if row is not None:
            yield from row
            continue
        text = _Text()
        _gather(paragraph, text)
        notes.extend(text.notes)
        words = carried + "".join(text.pieces)
        if _mark_is_deleted(paragraph):
            carried = words
            continue
        carried = ""
        if words.strip():
            number = numbering.number_of(paragraph)
            yield Line(
                words.strip(),
                _indent(paragraph),
                is_paragraph=True,
                has_dash=number == BULLET,
                number=None if number == BULLET else number,
                notes=_note_numbers(notes, len(text.notes)),
            )
    if carried.strip():
        yield Line(carried.strip(), is_paragraph=True)


def _rows_of_tables(body: etree._Element) -> dict[etree._Element, list[Line]]:
    """Return for each paragraph in a table of data the row that begins with it, if any does."""
    found: dict[etree._Element, list[Line]] = {}
    for table in body.iter(f"{_W}tbl"):
        rows = [[_cell_text(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
        if table.find(f".//{_W}tbl") is not None or not are_rows(rows):
            continue
        for row, cells in zip(table.iter(f"{_W}tr"), rows, strict=True):
            paragraphs = list(row.iter(f"{_W}p"))
            found.update({paragraph: [] for paragraph in paragraphs})
            if paragraphs:
                found[paragraphs[0]] = [Line(row_of(cells), is_paragraph=True, is_row=True)]
    return found


def _cell_text(cell: etree._Element) -> str:
    text = _Text()
    for paragraph in cell.iter(f"{_W}p"):
        if not _is_left_out(paragraph):
            _gather(paragraph, text)
            text.pieces.append(" ")
    return "".join(text.pieces).strip()


def _note_numbers(notes: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the numbers of the footnotes that were referred to last."""
    return tuple(str(number) for number in range(len(notes) - count + 1, len(notes) + 1))


def _gather(element: etree._Element, text: _Text) -> None:
    """Collect the words below an element, those of paragraphs nested in text boxes aside."""
    for child in element:
        if child.tag in _NOT_TEXT or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        if child.tag == f"{_W}t":
            text.pieces.append(child.text or "")
        elif child.tag == f"{_W}footnoteReference":
            text.notes.append(child.get(f"{_W}id", ""))
        elif child.tag in _SPACES:
            text.pieces.append(_SPACES[child.tag])
        else:
            _gather(child, text)


def _is_left_out(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph stands in a fallback copy or in text that was deleted or moved."""
    return any(ancestor.tag in _NOT_TEXT for ancestor in paragraph.iterancestors())


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    """Tell whether the paragraph's end was deleted, so that it runs on into the next."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _indent(paragraph: etree._Element) -> int:
    indentation = paragraph.find(f"{_W}pPr/{_W}ind")
    if indentation is None:
        return 0
    left = indentation.get(f"{_W}left") or indentation.get(f"{_W}start") or "0"
    return max(0, int(left)) // _COLUMN if left.lstrip("-").isdecimal() else 0


def _footnotes(package: ZipFile, references: list[str]) -> list[Block]:
    if "word/footnotes.xml" not in package.namelist() or not references:
        return []
    texts: dict[str, str] = {}
    for note in parse_part(package, "word/footnotes.xml").iter(f"{_W}footnote"):
        text = _Text()
        for paragraph in note.iter(f"{_W}p"):
            _gather(paragraph, text)
            text.pieces.append(" ")
        texts[note.get(f"{_W}id", "")] = " ".join("".join(text.pieces).split())
    found = [texts[reference] for reference in references if texts.get(reference)]
    return [
        Block(BlockKind.FOOTNOTE, text, number=str(number))
        for number, text in enumerate(found, start=1)
    ]
