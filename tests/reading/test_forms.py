"""Tables, columns, bullets and lists in the forms that files give them."""

import pytest

from tests.reading.documents import OPENING, make_paragraph, make_pdf, make_word
from tests.reading.trees import SAMPLES, tree_of
from tracker.reading import read, read_bytes

FORMS = SAMPLES / "forms"
NAMES = sorted(sample.stem for sample in FORMS.glob("*.txt"))
PAGE = "<!doctype html><html><body>{}</body></html>"


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_form_is_read_as_its_tree_says(name: str) -> None:
    expected = (FORMS / f"{name}.tree").read_text(encoding="utf-8")

    assert tree_of(read(FORMS / f"{name}.txt")) == expected


def clauses_of(content: bytes, filename: str) -> dict[str | None, str]:
    (resolution,) = read_bytes(content, filename)
    return {clause.path: clause.text for clause in resolution.operative_clauses}


def web_page(body: str) -> bytes:
    return PAGE.format("".join(f"<p>{words}</p>" for words in OPENING) + body).encode()


def word_table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{make_paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_table_in_word_is_text_of_the_clause_before_it() -> None:
    content = make_word(
        make_paragraph("1. Approves the following fees:"),
        word_table(("Island", "Shillings"), ("Farholm", "12"), ("Estrand", "9")),
        make_paragraph("2. Thanks the keepers."),
    )

    assert clauses_of(content, "fees.docx") == {
        "1": "Approves the following fees: Island | Shillings; Farholm | 12; Estrand | 9",
        "2": "Thanks the keepers.",
    }


def test_a_table_that_only_sets_numbers_beside_clauses_holds_clauses() -> None:
    content = make_word(
        word_table(("1.", "Welcomes the lamps;"), ("2.", "Thanks the keepers.")),
    )

    assert list(clauses_of(content, "grid.docx").values()) == [
        "Welcomes the lamps;",
        "Thanks the keepers.",
    ]


def test_bullets_in_word_are_sub_clauses() -> None:
    content = make_word(
        make_paragraph("1. Requests the secretariat:"),
        make_paragraph("To light the lamps;", bullet=True),
        make_paragraph("To ring the bells;", bullet=True),
        make_paragraph("2. Thanks the keepers."),
    )

    assert list(clauses_of(content, "bullets.docx")) == ["1", "1.1", "1.2", "2"]


def test_words_in_content_controls_are_read_and_headers_and_comments_are_not() -> None:
    control = (
        f"<w:sdt><w:sdtContent>{make_paragraph('1. Thanks the keepers.')}</w:sdtContent></w:sdt>"
    )
    inline = "<w:sdt><w:sdtContent><w:r><w:t> of bells</w:t></w:r></w:sdtContent></w:sdt>"
    content = make_word(control, make_paragraph("2. Welcomes the ringers", runs=inline))

    assert clauses_of(content, "controls.docx") == {
        "1": "Thanks the keepers.",
        "2": "Welcomes the ringers of bells",
    }


def test_each_instrument_of_a_word_file_has_its_own_footnotes() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{make_paragraph(words)}</w:footnote>'
        for number, words in ((3, "COI/2030/1."), (7, "COI/2030/2."))
    )
    mark = '<w:r><w:footnoteReference w:id="{0}"/></w:r>'
    content = make_word(
        make_paragraph("1. Welcomes the lamps.", runs=mark.format(3)),
        make_paragraph("13(III) BELLS"),
        make_paragraph("The Commission for the Ostral Islands,"),
        make_paragraph("1. Thanks the ringers.", runs=mark.format(7)),
        footnotes=notes,
    )

    first, second = read_bytes(content, "two.docx")

    assert [block.text for block in first.blocks if block.kind == "footnote"] == ["COI/2030/1."]
    assert [block.text for block in second.blocks if block.kind == "footnote"] == ["COI/2030/2."]


def test_lists_of_a_web_page_count_from_their_start_in_their_style() -> None:
    content = web_page(
        "<ol><li>Welcomes the lamps;</li><li>Requests the secretariat:"
        "<ol style='list-style-type: lower-alpha'><li>To light the lamps;</li>"
        "<li>To ring the bells, namely:<ol type=i><li>The large ones;</li>"
        "<li>The small ones;</li></ol></li></ol></li></ol><p>And further,</p>"
        "<ol start=3><li>Thanks the keepers.</li></ol>"
    )

    paths = ["1", "2", "2.a", "2.b", "2.b.i", "2.b.ii", "3"]
    assert list(clauses_of(content, "lists.html")) == paths


def test_bullets_and_tables_of_a_web_page_belong_to_their_clause() -> None:
    content = web_page(
        "<p>1. Requests the secretariat:</p><ul><li>To light the lamps;</li>"
        "<li>To ring the bells;</li></ul><p>2. Approves the following fees:</p>"
        "<table><tr><th>Island</th><th>Shillings</th></tr><tr><td>Farholm</td><td>12</td></tr>"
        "</table><p>3. Thanks the keepers.</p>"
    )

    assert clauses_of(content, "bullets.html") == {
        "1": "Requests the secretariat:",
        "1.1": "To light the lamps;",
        "1.2": "To ring the bells;",
        "2": "Approves the following fees: Island | Shillings; Farholm | 12",
        "3": "Thanks the keepers.",
    }


def test_a_pdf_in_two_columns_is_read_down_the_left_one_first() -> None:
    source = (
        "#set page(width: 16cm, height: 9cm, columns: 2)\n"
        + "\n\n".join(OPENING)
        + "\n\n1\\. Requests the secretariat to light the lamps of all islands and to count them;"
        + "\n\n2\\. Invites Governments:\n\n(a) To lend oil to the keepers of the dry islands;"
        + "\n\n(b) To send their keepers to the school;\n\n3\\. Thanks the ringers of bells;"
        + "\n\n4\\. Decides to return to lamps at each of its sessions until all of them are lit."
    )

    assert list(clauses_of(make_pdf(source), "columns.pdf")) == ["1", "2", "2.a", "2.b", "3", "4"]


def test_a_table_in_a_pdf_is_text_of_its_clause() -> None:
    source = (
        "\n\n".join(OPENING)
        + "\n\n1\\. Approves the following fees:\n\n"
        + "#table(columns: (5cm, 5cm), stroke: none, [Island], [Shillings], [Farholm], [12], "
        + "[Estrand], [9])\n\n2\\. Thanks the keepers."
    )

    assert clauses_of(make_pdf(source), "fees.pdf") == {
        "1": "Approves the following fees: Island | Shillings; Farholm | 12; Estrand | 9",
        "2": "Thanks the keepers.",
    }
