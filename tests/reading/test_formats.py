"""PDF files, web pages and encodings."""

import pytest

from tests.reading.documents import OPENING, make_pdf
from tracker.reading import read_bytes

TEXT = "\n\n".join([*OPENING, "1. Requests the secretariat to light the lamps in Ñandú."])


def last_clause(content: bytes, filename: str) -> str:
    (resolution,) = read_bytes(content, filename)
    return resolution.operative_clauses[-1].text


def test_a_pdf_is_read_without_its_running_heads_and_page_numbers() -> None:
    source = (
        """#set page(width: 12cm, height: 9cm, header: [LIGHTHOUSES #h(1fr) COI/RES/12],
      footer: context align(center, counter(page).display()))
    12(III) LIGHTHOUSES OF THE OUTER ISLANDS

    The Commission for the Ostral Islands,

    Recalling its resolution 7(I),

    1\\. Requests the secretariat to """
        + "light the lamps and ring the bells and " * 12
        + "rest."
    )

    (resolution,) = read_bytes(make_pdf(source), "resolution.pdf")

    assert [clause.path for clause in resolution.operative_clauses] == ["1"]
    assert "COI/RES/12" not in resolution.operative_clauses[0].text
    assert resolution.operative_clauses[0].text.endswith("ring the bells and rest.")


def test_a_web_page_gives_its_paragraphs_and_the_numbers_of_its_lists() -> None:
    page = (
        "<!doctype html><html><head><title>x</title><script>1. Requests</script></head><body>"
        "<nav><p>Home</p></nav>"
        + "".join(f"<p>{words}</p>" for words in OPENING)
        + "<ol><li>Requests the secretariat to:<ol type=a><li><i>Light</i> the lamps;</li>"
        "<li>Ring the bells;</li></ol></li><li>Thanks the keepers.</li></ol></body></html>"
    )

    (resolution,) = read_bytes(page.encode(), "page.html")

    assert [clause.path for clause in resolution.operative_clauses] == ["1", "1.a", "1.b", "2"]
    assert resolution.operative_clauses[1].text == "Light the lamps;"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    content = TEXT.encode(encoding)

    assert last_clause(content, "resolution.txt").endswith("the lamps in Ñandú.")


def test_the_kind_of_a_file_without_a_known_ending_is_told_by_its_content() -> None:
    assert last_clause(TEXT.encode(), "resolution").startswith("Requests the secretariat")


def test_windows_line_ends_make_no_difference() -> None:
    content = TEXT.replace("\n", "\r\n").encode()

    assert last_clause(content, "resolution.txt").startswith("Requests the secretariat")


def test_a_few_damaged_bytes_do_not_spoil_the_rest() -> None:
    content = (TEXT + "”" * 40 + "\n" * 2000).encode()

    damaged = content.replace(b"LIGHTHOUSES", b"LIGHT\xffHOUSES")

    assert "Ñandú" in last_clause(damaged, "resolution.txt")


@pytest.mark.parametrize("lone", ["¹", "#", "2. ¹"], ids=["mark", "heading sign", "number"])
def test_a_lone_sign_makes_no_paragraph(lone: str) -> None:
    (resolution,) = read_bytes(f"{TEXT}\n\n{lone}\n".encode(), "resolution.txt")

    assert all(block.text.strip() for block in resolution.blocks)
    assert len(resolution.operative_clauses) == 1
