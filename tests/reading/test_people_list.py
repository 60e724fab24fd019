"""Reading of a list of people: what spreadsheets save is taken, what is wrong is told."""

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.people_list import PersonRow
from tracker.reading.people_list import people_list_text, read_people_list

HEADER = "name,email,role,unit,language,time_zone"
ANA = PersonRow(line=2, name="Ana Pérez", email="ana@example.org", role="viewer", language="es")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\nAna Pérez,ana@example.org,viewer,,es,\n",
        f"{HEADER}\r\nAna Pérez,ana@example.org,viewer,,es,\r\n\r\n,,,,,\r\n",
        f"{HEADER}\nAna Pérez,ana@example.org,viewer,,es\n".replace(",", ";"),
        f"{HEADER}\nAna Pérez,ana@example.org,viewer,,es,\n".replace(",", "\t"),
        "Role,E-mail,Name,Language\nviewer, ana@example.org ,Ana Pérez,es\n",
    ],
    ids=["commas", "windows", "semicolons", "tabs", "other-order"],
)
def test_a_list_is_read_however_the_spreadsheet_saved_it(text: str) -> None:
    assert read_people_list(text) == [ANA]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    content = f"\ufeff{HEADER}\nAna Pérez,ana@example.org,viewer,,es,".encode()

    assert read_people_list(people_list_text(content)) == [ANA]


def test_an_apostrophe_before_a_formula_is_taken_away_again() -> None:
    (row,) = read_people_list(f"{HEADER}\n'=1+1,ana@example.org,viewer")

    assert row.name == "=1+1"


def test_the_number_of_a_row_is_that_of_the_spreadsheet() -> None:
    rows = read_people_list(f"{HEADER}\n\nAna,ana@example.org,viewer\n")

    assert [row.line for row in rows] == [3]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Ana Pérez,a@b.org".encode("latin-1"), "not written in UTF-8"),
        (f"{HEADER}\nAna".encode("utf-16"), "not written in UTF-8"),
        ("Ana".encode("utf-16-le"), "not written in UTF-8"),
        (b"PK\x03\x04", "This is a workbook, not a CSV file."),
        (b"a" * (256 * 1024 + 1), "The file is larger than 256 KB"),
    ],
    ids=["latin", "utf-16", "zeros", "workbook", "huge"],
)
def test_a_file_that_is_no_such_text_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        people_list_text(content)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("Ana,ana@example.org,viewer", "name, email, role is missing"),
        ("name,email\nAna,ana@example.org", "role is missing"),
        ("name,email,role,salary\nAna,a@example.org,viewer,1", "a column “salary”"),
        ("name,email,role,name\nAna,a@example.org,viewer,Bea", "names a column twice"),
        (HEADER, "a header and no rows"),
        (f'{HEADER}\n"Ana,ana@example.org,viewer', "cannot be read as CSV"),
        (HEADER + "\nAna,ana@example.org,viewer" * 5000, "has 5000 rows; at most 500"),
    ],
    ids=["empty", "no-header", "column", "unknown", "twice", "no-rows", "quote", "too-many"],
)
def test_a_list_that_cannot_be_taken_says_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read_people_list(text)
