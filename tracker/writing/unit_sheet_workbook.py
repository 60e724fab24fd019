"""A division's sheet as a workbook: one row for each clause, only its fields open to be written."""

from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tracker.domain.errors import N_
from tracker.domain.unit_sheets import (
    ASKED,
    HEADINGS,
    LAST_SAID,
    NUMBER,
    PARAGRAPH,
    POINT,
    POINTS,
    WHO,
    SheetItem,
    UnitSheet,
)
from tracker.i18n import translate_into
from tracker.writing.sheet_words import (
    code_line,
    guide,
    heading,
    joint_lead_words,
    label,
    last_said_words,
    settled_words,
    shown_text,
    status_words,
)
from tracker.writing.workbook_cells import put_text

_HEAD_ROW = 5
# Columns in their order, each with its width in characters.
_SHOWN = {"number": 9, "citation": 19, "asked": 38, "last": 42}
_FIELDS = {
    "status": 16, "status_reason": 22, "postponed_to": 12, "done": 42, "results": 32,
    "next_steps": 32, "difficulties": 32,
}  # fmt: skip
_HEADINGS = {"number": NUMBER, "citation": PARAGRAPH, "asked": ASKED, "last": LAST_SAID, **HEADINGS}
_POINT_HEADINGS = {
    NUMBER: 9, PARAGRAPH: 19, POINT: 9, ASKED: 60, WHO: 26, HEADINGS["status"]: 20,
}  # fmt: skip
_LINE = 12.5  # points that a line of text takes
_LEAST, _TALLEST = 60, 400  # points of a row; Excel shows no taller one
_GRID = Side(style="thin", color="FF9CA3AF")
_BORDER = Border(left=_GRID, right=_GRID, top=_GRID, bottom=_GRID)
_BLUE, _GREY = PatternFill("solid", fgColor="FF00567D"), PatternFill("solid", fgColor="FFF3F4F6")
_WORDS = "words"  # the hidden sheet that the lists of choices come from


def write_workbook_sheet(sheet: UnitSheet) -> bytes:
    """Return the sheet as XLSX, in its language; nothing that people wrote becomes a formula."""
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)  # noqa: S101 - a new workbook has one
    page.title = _word(N_("Sheet"), sheet.language)
    _write_head(page, sheet)
    for place, item in enumerate(sheet.items, start=_HEAD_ROW + 1):
        _write_item(page, place, item, sheet.language)
    _add_choices(workbook, page, sheet)
    _set_up(page, sheet)
    _add_points(workbook, sheet)
    workbook.properties.title = heading(sheet)
    workbook.properties.creator = sheet.unit
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def _write_head(page: Worksheet, sheet: UnitSheet) -> None:
    title = page.cell(1, 1)
    put_text(title, heading(sheet))
    title.font = Font(name="Arial", size=15, bold=True, color="FF00567D")
    code = page.cell(2, 1)
    put_text(code, code_line(sheet))
    code.font = Font(name="Arial", size=10, bold=True, color="FF4B5563")
    widest = len(_SHOWN)
    for row, line in enumerate(guide(sheet), start=3):
        put_text(page.cell(row, 1), line)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=widest)
        page.cell(row, 1).font = Font(name="Arial", size=10)
        page.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        width = sum(_SHOWN.values())
        page.row_dimensions[row].height = _LINE * (ceil(len(line) / width) + 0.4)
    for column, name in enumerate((*_SHOWN, *_FIELDS), start=1):
        cell = page.cell(_HEAD_ROW, column)
        put_text(cell, _word(_HEADINGS[name], sheet.language))
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")
        cell.fill, cell.border = _BLUE, _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    page.row_dimensions[_HEAD_ROW].height = 32


def _write_item(page: Worksheet, row: int, item: SheetItem, language: str) -> None:
    last, joint = "", joint_lead_words(item, language)
    if item.last:
        said = last_said_words(item.last.text, language)
        last = f"{item.last.period_name}\n{said}"
    shown = {
        "number": str(item.number),
        "citation": item.citation,
        "asked": "\n".join(part for part in (item.chapeau, item.clause, joint) if part),
        "last": last,
    }
    if item.is_settled:
        shown["citation"] += f"\n{settled_words(item, language)}"
    lines = 1
    for column, (name, width) in enumerate((*_SHOWN.items(), *_FIELDS.items()), start=1):
        cell = page.cell(row, column)
        words = shown[name] if name in shown else shown_text(item.text, name, language)
        is_open = name in _FIELDS and not item.is_settled
        _write_cell(cell, words, is_open=is_open)
        if name == "number":
            cell.value, cell.number_format = item.number, "0"
        if name == "postponed_to" and item.text.postponed_to:
            cell.value, cell.number_format = item.text.postponed_to, "yyyy-mm-dd"
        lines = max(lines, _lines_of(words, width))
    page.row_dimensions[row].height = min(_TALLEST, max(_LEAST, _LINE * (lines + 0.5)))


def _write_cell(cell: Cell | MergedCell, words: str, *, is_open: bool) -> None:
    put_text(cell, words)
    cell.number_format = "@"  # what is typed stays text, also "- first, ..."
    cell.border = _BORDER
    cell.font = Font(name="Arial", size=10 if is_open else 9)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.protection = Protection(locked=not is_open)
    if not is_open:
        cell.fill = _GREY


def _lines_of(words: str, width: int) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in words.split("\n"))


def _add_choices(workbook: Workbook, page: Worksheet, sheet: UnitSheet) -> None:
    listed = workbook.create_sheet(_WORDS)
    for row, words in enumerate(status_words(sheet.language), start=1):
        put_text(listed.cell(row, 1), words)
    listed.sheet_state = "hidden"
    listed.protection.sheet = True
    column = [*_SHOWN, *_FIELDS].index("status") + 1
    _offer_statuses(page, sheet, column, first=_HEAD_ROW + 1, count=len(sheet.items))


def _offer_statuses(
    page: Worksheet, sheet: UnitSheet, column: int, *, first: int, count: int
) -> None:
    """Let the cells of a column take one of the words for how far something is."""
    words = len(status_words(sheet.language))
    choice = DataValidation(
        type="list", formula1=f"{_WORDS}!$A$1:$A${words}", allow_blank=True, showErrorMessage=True
    )
    choice.errorTitle = _word(HEADINGS["status"], sheet.language)[:32]
    choice.error = _word(N_("Choose one of the words in the list."), sheet.language)
    page.add_data_validation(choice)
    letter = get_column_letter(column)
    choice.add(f"{letter}{first}:{letter}{first + count - 1}")


def _add_points(workbook: Workbook, sheet: UnitSheet) -> None:
    """Add a page with the action points, where there are any: a row each, its status open."""
    points = [(item, point) for item in sheet.items for point in item.points]
    if not points:
        return
    page = workbook.create_sheet(_word(POINTS, sheet.language)[:31], index=1)
    for column, name in enumerate(_POINT_HEADINGS, start=1):
        cell = page.cell(1, column)
        put_text(cell, _word(name, sheet.language))
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")
        cell.fill, cell.border = _BLUE, _BORDER
        page.column_dimensions[get_column_letter(column)].width = _POINT_HEADINGS[name]
    for row, (item, point) in enumerate(points, start=2):
        status = label(point.status, sheet.language) if point.status else ""
        shown = (
            str(item.number), item.citation, str(point.number), point.text, point.who, status,
        )  # fmt: skip
        for column, words in enumerate(shown, start=1):
            is_open = column == len(shown) and not item.is_settled
            _write_cell(page.cell(row, column), words, is_open=is_open)
        lines = max(_lines_of(point.text, _POINT_HEADINGS[ASKED]), 1)
        page.row_dimensions[row].height = min(_TALLEST, _LINE * (lines + 0.5))
    _offer_statuses(page, sheet, len(_POINT_HEADINGS), first=2, count=len(points))
    page.freeze_panes = "A2"
    page.sheet_view.showGridLines = False
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set_up(page: Worksheet, sheet: UnitSheet) -> None:
    for column, width in enumerate((*_SHOWN.values(), *_FIELDS.values()), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"C{_HEAD_ROW + 1}"
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 90
    # No password: it keeps people from writing beside the fields, not from their own file.
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.autoFilter = page.protection.sort = False
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.5
    page.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(sheet.code), right=_HeaderFooterPart("&P / &N")
    )


def _word(message: str, language: str) -> str:
    return translate_into(language)(message)
