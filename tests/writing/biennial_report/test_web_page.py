"""The report as a web page: one heading, landmarks, captions, links that lead somewhere."""

import pytest
from lxml import html

from tests.writing.biennial_report.example import NASTY, make_content, nasty_content
from tracker.domain.biennial_report import ReportContent, compose
from tracker.writing.biennial_report import web_page
from tracker.writing.biennial_report.templates import STYLES


def page_of(content: ReportContent) -> html.HtmlElement:
    return html.document_fromstring(web_page.write(compose(content, {})))


def fragment_of(content: ReportContent) -> html.HtmlElement:
    return html.fragment_fromstring(web_page.write_fragment(compose(content, {})))


def text_of(element: html.HtmlElement | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_the_page_has_one_first_heading_equal_to_its_title() -> None:
    page = page_of(make_content())

    headings = [text_of(heading).replace("\u2060", "") for heading in page.iter("h1")]
    assert headings == [page.findtext(".//title")]


def test_the_headings_are_those_of_the_document_in_order() -> None:
    document = compose(make_content(), {})

    found = [
        (int(str(heading.tag)[1]) - 1, heading.get("id"))
        for heading in page_of(make_content()).iterfind(".//main//*[@id]")
        if str(heading.tag) in {"h2", "h3", "h4"} and str(heading.get("id")).startswith("section")
    ]

    assert found == [(heading.level, heading.anchor) for heading in document.headings]


@pytest.mark.parametrize("make", [page_of, fragment_of], ids=["page", "fragment"])
def test_identifiers_are_unique_and_links_lead_somewhere(make: object) -> None:
    assert callable(make)
    made = make(make_content())

    identifiers = made.xpath("//@id")
    targets = {str(target).removeprefix("#") for target in made.xpath("//a/@href")}

    assert len(set(identifiers)) == len(identifiers)
    assert targets
    assert targets <= set(identifiers)


def test_the_page_has_its_landmarks_and_language() -> None:
    page = page_of(make_content(language="fr"))

    assert page.get("lang") == "fr"
    assert [len(page.findall(f".//{name}")) for name in ("header", "nav", "main", "footer")] == [
        1,
        1,
        1,
        1,
    ]


def test_each_table_has_a_caption_and_heads() -> None:
    tables = list(page_of(make_content()).iter("table"))

    assert len(tables) == 7
    for table in tables:
        assert text_of(table.find("caption")).startswith("Table")
        assert all(head.get("scope") == "col" for head in table.iterfind("thead/tr/th"))
        assert len(table.findall("tbody/tr/th[@scope='row']")) == len(table.findall("tbody/tr"))


def test_the_figure_says_what_it_shows() -> None:
    figure = page_of(make_content()).find(".//figure/svg")

    assert figure is not None
    assert figure.get("role") == "img"
    assert str(figure.get("aria-label")).startswith("Bar chart of the number of mandates:")


def test_paragraphs_are_numbered_through_the_document() -> None:
    numbers = [text_of(mark) for mark in page_of(make_content()).find_class("report-number")]

    assert numbers == [f"{number}." for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("make", [page_of, fragment_of], ids=["page", "fragment"])
def test_special_characters_survive(make: object) -> None:
    assert callable(make)
    made = make(nasty_content())

    assert text_of(made).count(NASTY) >= 8
    assert made.xpath("//b") == []


def test_the_page_wears_the_style_that_the_site_gives_its_fragment() -> None:
    style = page_of(make_content()).findtext(".//style")

    assert style is not None
    assert style.strip() == (STYLES / "report.css").read_text().strip()


def test_the_fragment_needs_no_style_and_no_script() -> None:
    fragment = fragment_of(nasty_content())

    assert fragment.tag == "article"
    assert fragment.xpath("//@style | //style | //script | //@onclick | //h1") == []


def test_the_fragment_names_what_each_paragraph_stands_on() -> None:
    fragment = fragment_of(make_content())

    assert [
        paragraph.get("data-revisions")
        for paragraph in fragment.xpath("//p[em = 'Status of implementation.']")
    ] == ["7", "8", "9", "10"]


def test_the_file_that_is_handed_over_names_no_revision() -> None:
    assert b"data-revisions" not in web_page.write(compose(make_content(), {}))


def test_the_file_needs_nothing_beside_it() -> None:
    page = page_of(make_content())

    assert page.xpath("//script | //link | //img | //@src") == []


def test_text_in_another_language_says_so() -> None:
    document = compose(make_content(language="es"), {})

    page = html.document_fromstring(web_page.write(document))

    assert {quote.get("lang") for quote in page.iter("blockquote")} == {"en"}


def test_the_same_document_gives_the_same_bytes() -> None:
    assert web_page.write(compose(make_content(), {})) == web_page.write(
        compose(make_content(), {})
    )


def test_an_empty_report_is_written() -> None:
    page = page_of(make_content(resolutions=(), activities=()))

    assert "There are no mandates to list." in text_of(page)
    assert list(page.iter("table", "figure", "section")) == []
