"""Workbooks (XLSX): the words in the cells of their visible sheets, opened with care."""

import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.reading.packages import open_package

MARK = "xl/workbook.xml"
UNPACKED_LIMIT = 60 * 1024 * 1024  # bytes
# What openpyxl and the parsers below it raise on packages that are damaged or made to harm.
_BROKEN = (
    ArithmeticError, AttributeError, BadZipFile, EOFError, InvalidFileException, LookupError,
    LxmlError, NotImplementedError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    zlib.error,
)  # fmt: skip

Rows = list[tuple[int, list[str]]]  # the number of each row, from 1, with the words of its cells


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a package that holds a workbook."""
    try:
        with open_package(content) as package:
            return MARK in package.namelist()
    except UnreadableDocument:
        return False


def sheets_of(content: bytes, *, row_limit: int, column_limit: int) -> list[Rows]:
    """Return the visible sheets in order, each with its rows that are not empty.

    Formulas come as they were typed, dates as 2026-06-30. Rows and columns beyond the limits are
    left out. Raises Invalid for what is no workbook or would unpack too large.
    """
    _check_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out is nothing that we read
            workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            try:
                return [
                    list(_rows(sheet, row_limit, column_limit))
                    for sheet in workbook.worksheets
                    if sheet.sheet_state == "visible"
                ]
            finally:
                workbook.close()
    except _BROKEN as problem:
        raise damaged() from problem


def damaged() -> Invalid:
    """Return the refusal of a workbook that cannot be opened."""
    return Invalid(
        "The workbook is damaged or protected by a password, so nothing could be read. Open it in "
        "your spreadsheet, save it anew as XLSX and choose it again."
    )


def _rows(sheet: object, row_limit: int, column_limit: int) -> Iterator[tuple[int, list[str]]]:
    # What a sheet says of its own size may be wrong, and openpyxl would believe it.
    sheet.reset_dimensions()  # type: ignore[attr-defined] # of read-only sheets, untyped
    rows = sheet.iter_rows(  # type: ignore[attr-defined]
        max_row=row_limit, max_col=column_limit, values_only=True
    )
    for number, values in enumerate(islice(rows, row_limit), start=1):
        cells = [_words(value) for value in values]
        if any(cells):
            yield number, cells


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    return str(value).strip()


def _check_package(content: bytes) -> None:
    try:
        with open_package(content) as package:
            if sum(member.file_size for member in package.infolist()) > UNPACKED_LIMIT:
                raise Invalid(
                    "The workbook unpacks to more than %(limit)s MB. Save only the sheet that is "
                    "asked for, without pictures, and choose it again.",
                    limit=UNPACKED_LIMIT // 1024 // 1024,
                )
            for member in package.infolist():
                # Office programs write no document types; they are how an XML file grows in memory.
                if member.filename.endswith((".xml", ".rels")):
                    with package.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise damaged()
    except UnreadableDocument as problem:
        raise damaged() from problem
    except _BROKEN as problem:
        raise damaged() from problem
