"""Sheets that come back: what Word and spreadsheets make of them, and what is none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.sheets import (
    address,
    changed_word,
    changed_workbook,
    copied,
    field_row,
    filled_word,
    filled_workbook,
    removed,
    track,
    write_in_cell,
)
from tracker.domain.errors import Invalid
from tracker.domain.mandates import Implementation
from tracker.domain.progress import ReportText
from tracker.domain.unit_sheets import (
    CODE,
    HEADINGS,
    LARGEST_FILE,
    Said,
    SheetItem,
    UnitSheet,
    as_cell,
    new_code,
)
from tracker.reading.unit_sheets import read_sheet, text_of_cells
from tracker.writing.unit_sheet_word import write_word_sheet
from tracker.writing.unit_sheet_workbook import write_workbook_sheet

TEXT = ReportText(status=Implementation.IN_PROGRESS, done="Two missions.\n\nA third.")
WRITERS = pytest.mark.parametrize(
    "write", [write_word_sheet, write_workbook_sheet], ids=["word", "workbook"]
)


def item(number: int, text: ReportText = TEXT, **more: object) -> SheetItem:
    return SheetItem(
        number=number,
        report_id=number,
        version=1,
        citation=f"12(IV), para. 5({'abcdef'[number - 1]})",
        chapeau="Requests the Executive Secretary:",
        clause="To count the islands;",
        clause_language="en",
        text=text,
        **more,  # type: ignore[arg-type] # each test names what it is about
    )


def sheet_of(*items: SheetItem, language: str = "en") -> UnitSheet:
    return UnitSheet(
        code="ABCD-EFGH-JKMN-PQRS",
        unit="Statistics Division",
        period_name="2026-2027",
        language=language,
        made_on=date(2026, 6, 15),
        items=items,
        send_to="mandates@example.org",
        page="https://mandates.example.org/sheets",
    )


SHEET = sheet_of(item(1), item(2, ReportText()))


@WRITERS
@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_what_is_written_is_read_in_each_language(write: object, language: str) -> None:
    assert callable(write)
    said = Said("2024-2025", replace(TEXT, results="More."))
    settled = item(3, TEXT, last=said, is_settled=True)
    text = replace(TEXT, status=Implementation.POSTPONED, postponed_to=date(2027, 3, 1))

    read = read_sheet(
        write(sheet_of(item(1), item(2, text, last=said), settled, language=language))
    )

    texts = [text_of_cells(row.cells, ReportText())[0] for row in read.rows]
    assert read.code == "ABCD-EFGH-JKMN-PQRS"
    assert [row.citation for row in read.rows] == [f"12(IV), para. 5({at})" for at in "abc"]
    assert texts == [TEXT, text, TEXT]


# What a person can type: no control characters, which neither format can hold.
TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.just("\n"), max_size=60)


@pytest.mark.slow
@given(TYPED)
def test_any_words_come_back_as_they_were(words: str) -> None:
    sheet = sheet_of(item(1, replace(TEXT, done=words, results=f"={words}")))

    for write in (write_word_sheet, write_workbook_sheet):
        cells = read_sheet(write(sheet)).rows[0].cells
        assert (cells["done"], as_cell(cells["results"])) == (as_cell(words), as_cell(f"={words}"))


def test_a_text_never_becomes_a_formula() -> None:
    content = write_workbook_sheet(sheet_of(item(1, replace(TEXT, done='=HYPERLINK("http://x")'))))

    cell = load_workbook(BytesIO(content)).worksheets[0][address(1, "done")]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_only_the_fields_of_open_items_can_be_written() -> None:
    content = write_workbook_sheet(sheet_of(item(1), item(2, is_settled=True)))
    page = load_workbook(BytesIO(content)).worksheets[0]

    unlocked = {
        cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked
    }

    assert page.protection.sheet
    assert unlocked == {address(1, field) for field in HEADINGS}


def test_the_status_is_chosen_from_a_list() -> None:
    page = load_workbook(BytesIO(write_workbook_sheet(SHEET))).worksheets[0]

    (choice,) = page.data_validations.dataValidation

    assert (choice.type, str(choice.sqref)) == ("list", "E6:E7")


def test_tracked_changes_are_taken_as_accepted() -> None:
    content = changed_word(
        write_word_sheet(SHEET),
        lambda tables: track(
            field_row(tables[1], "done"), inserted="Three missions.", deleted="Two missions."
        ),
    )

    assert read_sheet(content).rows[1].cells["done"] == "Three missions."


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    def join(tables: list[object]) -> None:
        first = field_row(tables[0], "done").cells[1].paragraphs[0]  # type: ignore[arg-type]
        properties = first._p.get_or_add_pPr()
        mark = properties.makeelement(properties.tag.replace("pPr", "rPr"))
        mark.append(mark.makeelement(properties.tag.replace("pPr", "del")))
        properties.append(mark)

    content = changed_word(write_word_sheet(SHEET), join)  # type: ignore[arg-type]

    assert read_sheet(content).rows[0].cells["done"] == "Two missions.\nA third."


def test_a_field_that_was_taken_out_is_missing_and_not_empty() -> None:
    content = changed_word(
        write_word_sheet(SHEET), lambda tables: removed(field_row(tables[0], "results")._tr)
    )

    cells = read_sheet(content).rows[0].cells

    assert "results" not in cells
    assert text_of_cells(cells, replace(TEXT, results="Kept."))[0].results == "Kept."


def test_items_that_were_copied_or_taken_out_are_told_as_they_stand() -> None:
    twice = changed_word(write_word_sheet(SHEET), lambda tables: copied(tables[0]))
    once = changed_word(write_word_sheet(SHEET), lambda tables: removed(tables[0]._tbl))

    assert [row.line for row in read_sheet(twice).rows] == [1, 1, 2]
    assert [row.line for row in read_sheet(once).rows] == [2]


def test_days_and_numbers_typed_into_a_workbook_are_understood() -> None:
    def fill(cells: dict[str, object]) -> None:
        cells[address(1, "status")] = "completed"
        cells[address(1, "postponed_to")] = datetime(2027, 3, 1)  # noqa: DTZ001 - as Excel has it
        cells[address(1, "results")] = 12.0
        cells[address(2, "done")] = True

    first, second = read_sheet(changed_workbook(write_workbook_sheet(SHEET), fill)).rows

    assert (first.cells["postponed_to"], first.cells["results"]) == ("2027-03-01", "12")
    assert text_of_cells(first.cells, TEXT)[0].status is Implementation.COMPLETED
    assert second.cells["done"] == "True"


def test_rows_may_be_sorted_and_columns_moved() -> None:
    workbook = load_workbook(BytesIO(filled_workbook(SHEET, {2: {"done": "Second."}})))
    page = workbook.worksheets[0]
    for column in range(1, 12):
        upper, lower = page.cell(6, column), page.cell(7, column)
        upper.value, lower.value = lower.value, upper.value
    page.insert_cols(1)
    written = BytesIO()
    workbook.save(written)

    rows = read_sheet(written.getvalue()).rows

    assert [(row.line, row.cells["done"]) for row in rows] == [(2, "Second."), (1, TEXT.done)]


def test_texts_without_a_number_are_not_lost_in_silence() -> None:
    def fill(cells: dict[str, object]) -> None:
        cells["A7"] = None
        cells[address(2, "done")] = "For which?"

    with pytest.raises(Invalid, match="has no number"):
        read_sheet(changed_workbook(write_workbook_sheet(SHEET), fill))


@pytest.mark.parametrize("words", ["Choose one", "Elija una opción", "–", "", "choose one"])
def test_no_status_chosen_is_none(words: str) -> None:
    assert text_of_cells({"status": words}, TEXT) == (replace(TEXT, status=None), ())


def test_a_workbook_saved_without_its_size_is_read_whole() -> None:
    content = BytesIO()
    with ZipFile(BytesIO(write_workbook_sheet(SHEET))) as old, ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<dimension ref="A1:K7"/>', b'<dimension ref="A1"/>')
            new.writestr(name, part)

    assert len(read_sheet(content.getvalue()).rows) == 2


def package_of(**parts: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), part)
    return content.getvalue()


def other_workbook() -> bytes:
    content = BytesIO()
    Workbook().save(content)
    return content.getvalue()


def without_headings(cells: dict[str, object]) -> None:
    cells.update(dict.fromkeys((f"{column}5" for column in "ABCDEFGHIJK"), ""))


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><workbook>&a;</workbook>"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "neither a Word file", id="empty"),
        pytest.param(b"%PDF-1.7", "neither a Word file", id="pdf"),
        pytest.param(b"PK\x03\x04 broken", "neither a Word file", id="broken"),
        pytest.param(package_of(x_txt=b"x"), "neither a Word file", id="package"),
        pytest.param(other_workbook(), "bears no code", id="other workbook"),
        pytest.param(b"0" * (LARGEST_FILE + 1), "larger than 10 MB", id="huge"),
        pytest.param(package_of(xl__workbook_xml=BOMB), "damaged", id="entities"),
        pytest.param(package_of(xl__workbook_xml=b"<x/>"), "damaged", id="damaged workbook"),
        pytest.param(package_of(word__document_xml=b"<x"), "damaged", id="damaged Word file"),
        pytest.param(
            package_of(xl__workbook_xml=b"<x/>", big_xml=b" " * (61 * 1024 * 1024)),
            "unpacks to more than 60 MB",
            id="workbook unpacks too large",
        ),
        pytest.param(
            package_of(word__document_xml=b"<x/>", big_xml=b" " * (61 * 1024 * 1024)),
            "unpacks to more than 60 MB",
            id="Word file unpacks too large",
        ),
        pytest.param(
            changed_workbook(write_workbook_sheet(SHEET), without_headings),
            "row with the headings is missing",
            id="no headings",
        ),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read_sheet(content)


def test_a_file_with_its_code_written_over_is_no_sheet() -> None:
    content = changed_workbook(write_workbook_sheet(SHEET), lambda cells: cells.update(A2="Code"))

    with pytest.raises(Invalid, match="bears no code"):
        read_sheet(content)


def test_codes_are_known_among_other_words_and_never_repeat() -> None:
    codes = {new_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(CODE.search(f"Código: {code}.") for code in codes)
    assert not any(CODE.search(f"{code}-{code}") for code in codes)


def test_controls_of_word_can_be_replaced_by_plain_words() -> None:
    filled = filled_word(SHEET, {2: {"status": "En cours", "postponed_to": "2027-03-01"}})
    plain = changed_word(filled, lambda tables: write_in_cell(field_row(tables[1], "done"), "a\nb"))

    text, wrong = text_of_cells(read_sheet(plain).rows[1].cells, ReportText())

    assert (text.status, text.done, wrong) == (Implementation.IN_PROGRESS, "a\nb", ())


@WRITERS
def test_a_sheet_names_who_leads_as_well_and_where_a_text_waits(
    write: Callable[[UnitSheet], bytes],
) -> None:
    waiting = item(1, joint_lead="UNDP", is_settled=True, waits_at_second=True)

    content = write(sheet_of(waiting))

    with ZipFile(BytesIO(content)) as parts:
        words = "".join(
            parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")
        )
    assert "Leads jointly with UNDP" in words
    assert "Cleared at the first level; it waits for the second." in words
    assert [row.line for row in read_sheet(content).rows] == [1]
