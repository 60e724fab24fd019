"""Reading of a division's sheet that came back, as a Word file or a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from tracker.domain.activity_list import day_of_cell
from tracker.domain.errors import Invalid
from tracker.domain.mandates import Implementation
from tracker.domain.progress import ReportText
from tracker.domain.unit_sheets import (
    CHOOSE,
    CODE,
    HEADINGS,
    LARGEST_FILE,
    MOST_ITEMS,
    NUMBER,
    PARAGRAPH,
    POINT,
    FilledRow,
    FilledSheet,
    as_cell,
)
from tracker.i18n import translate_into
from tracker.reading.labelled import LANGUAGES, find_member
from tracker.reading.word_tables import is_word, read_word_tables
from tracker.reading.workbooks import Rows, is_workbook, sheets_of
from tracker.stemming import fold

_MOST_ROWS = MOST_ITEMS + 100  # with the head, and some that people add
_MOST_COLUMNS = 40
_DASHES = frozenset({"", "–", "-", "—"})


def read_sheet(content: bytes) -> FilledSheet:
    """Return what a sheet says; raise Invalid for what is none or cannot be read."""
    if len(content) > LARGEST_FILE:
        raise Invalid(
            "The file is larger than %(limit)s MB, which no sheet needs. Take pictures out of it "
            "and choose it again.",
            limit=LARGEST_FILE // 1024 // 1024,
        )
    if is_workbook(content):
        return _read_workbook(content)
    if is_word(content):
        return _read_word(content)
    raise Invalid(
        "This is neither a Word file (.docx) nor a workbook (.xlsx). Choose the sheet that you "
        "downloaded and filled in; a file of an older program is first saved anew."
    )


def text_of_cells(
    cells: Mapping[str, str], base: ReportText
) -> tuple[ReportText, tuple[Invalid, ...]]:
    """Return the text that cells hold, fields that are missing as in ``base``, and what is wrong.

    Each refusal names its field.
    """
    told: dict[str, object] = {}
    refusals = []
    for field in HEADINGS.keys() & cells.keys():
        try:
            told[field] = _value(field, cells[field])
        except Invalid as refusal:
            refusals.append(Invalid(refusal.sentence, field=field, **refusal.values))
    return replace(base, **told), tuple(refusals)  # type: ignore[arg-type] # each by its own name


def status_of_point(words: str) -> Implementation | None:
    """Return how far an action point is by the words of a file; raise Invalid for other words."""
    return _status(words)


def _value(field: str, words: str) -> str | date | Implementation | None:
    if field == "status":
        return _status(words)
    if field == "postponed_to":
        return None if words.strip() in _DASHES else day_of_cell(words.strip(), field)
    return as_cell(words)


def _status(words: str) -> Implementation | None:
    if words.strip() in _DASHES or fold(words).strip(" .…") in _meaning(CHOOSE):
        return None
    found = find_member(Implementation, words)
    if found is None:
        raise Invalid(
            "“%(words)s” is none of the words for how far a mandate is carried out. Choose one "
            "from the list in the file.",
            words=" ".join(words.split())[:60],
        )
    return found


def _read_workbook(content: bytes) -> FilledSheet:
    code, items = "", tuple[FilledRow, ...]()
    points: dict[int, dict[int, str]] = {}
    for rows in sheets_of(content, row_limit=_MOST_ROWS, column_limit=_MOST_COLUMNS):
        found = CODE.search("\n".join(cell for _, cells in rows for cell in cells))
        if found and not code:
            code, items = found[0], tuple(_items_of_rows(rows))
        else:
            points |= _points_of_rows(rows)
    if not code:
        raise _no_code()
    return FilledSheet(
        code, tuple(replace(item, points=points.get(item.line, {})) for item in items)
    )


def _points_of_rows(rows: Rows) -> dict[int, dict[int, str]]:
    """Return, by the number of the item and of the point, how far action points are."""
    columns: Sequence[str] = ()
    found: dict[int, dict[int, str]] = {}
    for _, cells in rows:
        named = [_column_of(cell) for cell in cells]
        if {"number", "point", "status"} <= set(named):
            columns = named
            continue
        row = dict(zip(columns, cells, strict=False))
        number, point = row.get("number", ""), row.get("point", "")
        if _is_number(number) and _is_number(point):
            found.setdefault(int(number), {})[int(point)] = row.get("status", "")
    return found


def _items_of_rows(rows: Rows) -> Iterator[FilledRow]:
    columns: Sequence[str] = ()
    for _, cells in rows:
        named = [_column_of(cell) for cell in cells]
        if "number" in named and "done" in named:
            columns = named
            continue
        row = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        number = row.pop("number", "")
        if _is_number(number):
            yield FilledRow(int(number), _first_line(row.pop("citation", "")), row)
        elif any(row.get(field, "").strip() for field in HEADINGS):
            raise Invalid(
                "A row with “%(words)s” has no number, so nobody can tell which paragraph it is "
                "for. Put its texts into the row of the paragraph.",
                words=next(row[field] for field in HEADINGS if row.get(field, "").strip())[:60],
            )
    if not columns:
        raise Invalid(
            "The row with the headings is missing from the workbook. Download the sheet anew and "
            "put your texts into it."
        )


def _read_word(content: bytes) -> FilledSheet:
    read = read_word_tables(content)
    code = CODE.search(read.words) or CODE.search(
        "\n".join(cell for table in read.tables for row in table for cell in row)
    )
    if code is None:
        raise _no_code()
    items = (_item_of_table(table) for table in read.tables)
    return FilledSheet(code[0], tuple(item for item in items if item is not None))


def _item_of_table(table: Sequence[Sequence[str]]) -> FilledRow | None:
    """Return the item that a table holds; its first row has the number and, then, the citation."""
    head = next((row for row in table if len(row) > 1 and _is_number(_digits(row[0]))), None)
    if head is None:
        return None
    cells = {
        field: row[1] for row in table if len(row) > 1 and (field := _column_of(row[0])) in HEADINGS
    }
    points = {number: row[1] for row in table if len(row) > 1 and (number := _point_number(row[0]))}
    return FilledRow(int(_digits(head[0])), _first_line(head[1]), cells, points)


def _point_number(words: str) -> int:
    """Return the number that a cell with "Action point 3" names, 0 where it names none."""
    first, _, last = _first_line(words).rpartition(" ")
    is_point = fold(first).strip(" .") in _meaning(POINT) and _is_number(last)
    return int(last) if is_point else 0


def _digits(words: str) -> str:
    """Return the number that a cell with "No. 3" names, "" where it names none."""
    first, _, last = _first_line(words).rpartition(" ")
    return last if not first or fold(first).strip(" .") in _meaning(NUMBER) else ""


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) <= 6


@cache
def _meaning(message: str) -> frozenset[str]:
    return frozenset(fold(translate_into(language)(message)).strip(" .…") for language in LANGUAGES)


@cache
def _named() -> Mapping[str, str]:
    messages = {**HEADINGS, "number": NUMBER, "citation": PARAGRAPH, "point": POINT}
    return {words: column for column, message in messages.items() for words in _meaning(message)}


def _column_of(heading: str) -> str:
    """Return the field that a heading in any of our languages names, "" for none."""
    return _named().get(fold(_first_line(heading)).strip(" .…*"), "")


def _first_line(words: str) -> str:
    return next((" ".join(line.split()) for line in words.splitlines() if line.strip()), "")


def _no_code() -> Invalid:
    return Invalid(
        "The file bears no code of a sheet, so nobody can tell what it answers. Choose the sheet "
        "that you downloaded here; its code stands above the first paragraph."
    )
