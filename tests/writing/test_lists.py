"""Lists are written row by row, dates as dates, and nothing that people wrote is a formula."""

import csv
import io
import tempfile
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tracker.domain.errors import Invalid
from tracker.writing import lists
from tracker.writing.lists import Cell, ListColumn, ListForm, write_list

COLUMNS = (ListColumn("Mandate"), ListColumn("Due"), ListColumn("Said at"), ListColumn("Planned"))
SAID_AT = datetime(2026, 6, 30, 14, 5, tzinfo=UTC)


class Kept(Decimal):
    """A number of which it can be told whether anybody still holds it."""


def written(form: ListForm, *rows: tuple[Cell, ...]) -> bytes:
    with write_list(form, title="Mandates", columns=COLUMNS, rows=rows) as file:
        return file.read()


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_list_as_csv_says_of_which_encoding_it_is_and_holds_iso_dates() -> None:
    content = written(
        ListForm.CSV, ("41(IX), para. 3 – “so”", date(2026, 6, 30), SAID_AT, Decimal("2.5"))
    )

    assert content.startswith(b"\xef\xbb\xbf")
    assert lines_of(content) == [
        ["Mandate", "Due", "Said at", "Planned"],
        ["41(IX), para. 3 – “so”", "2026-06-30", "2026-06-30T14:05+00:00", "2.5"],
    ]


def test_a_list_as_workbook_holds_real_dates_and_numbers() -> None:
    content = written(ListForm.XLSX, ("41(IX)", date(2026, 6, 30), SAID_AT, 3), ("", None, None, 0))

    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert [cell.value for cell in page[1]] == ["Mandate", "Due", "Said at", "Planned"]
    _, due, said, planned = page[2]
    assert (due.value, due.number_format) == (datetime(2026, 6, 30), "yyyy-mm-dd")  # noqa: DTZ001
    assert said.value == datetime(2026, 6, 30, 14, 5)  # noqa: DTZ001 - a workbook knows no zones
    assert planned.value == 3
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:D3"
    setup = page.sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage  # printed on pages as wide as the list


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_would_be_a_formula_stays_text(words: str) -> None:
    in_csv = lines_of(written(ListForm.CSV, (words, None, None, None)))[1][0]
    page = load_workbook(io.BytesIO(written(ListForm.XLSX, (words, None, None, None)))).active

    assert in_csv == f"'{words}"
    assert page is not None
    assert page["A2"].data_type == "s"
    assert page["A2"].quotePrefix


def test_characters_that_no_workbook_holds_are_left_out() -> None:
    page = load_workbook(io.BytesIO(written(ListForm.XLSX, ("a\x00b\nc", None, None, None)))).active

    assert page is not None
    assert page["A2"].value == "ab\nc"


def test_rows_are_taken_one_by_one_and_a_list_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    taken: list[int] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(1000):
            taken.append(number)
            yield (number, None, None, None)

    with pytest.raises(Invalid, match="more than 3 rows"):
        write_list(ListForm.CSV, title="Mandates", columns=COLUMNS, rows=rows())

    assert len(taken) == 4


def test_any_words_of_a_workbook_come_back_as_they_were() -> None:
    words = (" <b>&amp; ]]>  two  spaces ", 'a "quote"\nand a line', "\u202eمرحبا 🙂", "_x0041_")
    more = ("<r>not closed</r>", "http://one.example", "mailto:one@two.example", "x" * 40_000)

    page = load_workbook(io.BytesIO(written(ListForm.XLSX, words, more))).active

    assert page is not None
    assert tuple(as_shown(cell.value) for cell in page[2]) == words
    assert [cell.value for cell in page[3]] == [*more[:3], "x" * 32_767]
    assert not any(cell.hyperlink for cell in page[3])


def as_shown(words: object) -> str:
    """Return words of a cell as spreadsheets show them; openpyxl leaves this to its caller."""
    return unescape(str(words))


def test_a_row_stands_where_it_was_though_others_are_empty() -> None:
    nothing = (None, "", None, None)

    content = written(ListForm.XLSX, nothing, (None, None, None, "last"))

    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert [cell.value for cell in page[2]] == [None] * 4
    assert [cell.value for cell in page[3]] == [None, None, None, "last"]


def test_a_list_is_printed_across_with_its_heads_on_every_page() -> None:
    page = load_workbook(io.BytesIO(written(ListForm.XLSX, ("41(IX)", None, None, 3)))).active

    assert page is not None
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToHeight == 0  # as many pages as the rows need
    assert page["A1"].fill.fgColor.rgb == "FF00567D"


def test_a_row_of_a_workbook_is_written_before_the_next_is_taken() -> None:
    held: list[int] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        taken: list[weakref.ref[Decimal]] = []
        for number in range(50):
            held.append(sum(one() is not None for one in taken))
            value = Kept(number)
            taken.append(weakref.ref(value))
            yield (None, None, None, value)
            del value

    write_list(ListForm.XLSX, title="Mandates", columns=COLUMNS, rows=rows()).close()

    assert max(held) <= 2


def test_a_refused_workbook_leaves_no_file_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    rows = [("41(IX)", None, None, number) for number in range(10)]

    with pytest.raises(Invalid, match="more than 3 rows"):
        write_list(ListForm.XLSX, title="Mandates", columns=COLUMNS, rows=rows)

    assert not list(tmp_path.iterdir())


def test_a_workbook_of_very_many_rows_knows_where_it_ends() -> None:
    rows = [(f"row {number}", None, None, number) for number in range(1, 1001)]

    page = load_workbook(io.BytesIO(written(ListForm.XLSX, *rows))).active

    assert page is not None
    assert page.auto_filter.ref == "A1:D1001"
    assert (page.max_row, page["A1001"].value, page["D1001"].value) == (1001, "row 1000", 1000)


def test_a_workbook_without_rows_holds_its_heads() -> None:
    page = load_workbook(io.BytesIO(written(ListForm.XLSX))).active

    assert page is not None
    assert [cell.value for cell in page[1]] == ["Mandate", "Due", "Said at", "Planned"]
    assert page.max_row == 1
