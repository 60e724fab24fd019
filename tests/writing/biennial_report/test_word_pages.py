"""The pages of the Word file as reckoned for its contents, and the lines they are reckoned from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writing.biennial_report.example import (
    make_content,
    make_mandate,
    make_resolution,
    nasty_content,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.writing.biennial_report.line_widths import line_count
from tracker.writing.biennial_report.word_pages import heading_pages

# As LibreOffice 7.4 lays out the Word file of the example.
PAGES_OF_EXAMPLE = {
    "Introduction": 3,
    "Overview": 3,
    "Implementation by resolution and paragraph": 4,
    "Paragraph 5(b)": 4,
    "Paragraph 6": 5,
    "Activities by category": 5,
    "Decisions and their implementation": 7,
    "List of activities": 8,
}


def pages_of(content: ReportContent) -> list[tuple[str, int]]:
    document = compose(content, {})
    pages = heading_pages(document)
    return [
        (heading.text.replace("\u00a0", " "), pages[heading.anchor])
        for heading in document.headings
    ]


def test_headings_stand_where_a_word_processor_places_them() -> None:
    pages = dict(pages_of(make_content()))

    assert {heading: pages[heading] for heading in PAGES_OF_EXAMPLE} == PAGES_OF_EXAMPLE


@pytest.mark.parametrize(
    ("words", "page"), [(100, 4), (3000, 10), (10_000, 25)], ids=["short", "long", "very long"]
)
def test_what_follows_a_long_clause_stands_pages_later(words: int, page: int) -> None:
    clause = " ".join(f"word{number}" for number in range(words))
    resolution = make_resolution(make_mandate(text=clause), make_mandate("7"))

    pages = dict(pages_of(make_content(resolutions=(resolution,))))

    assert pages["Paragraph 7"] == page


@given(st.lists(st.text(max_size=400), min_size=1, max_size=30))
def test_pages_never_run_backwards(texts: list[str]) -> None:
    mandates = [make_mandate(str(place), done=text) for place, text in enumerate(texts)]
    content = make_content(resolutions=(make_resolution(*mandates),))

    pages = [page for _, page in pages_of(content)]

    assert pages == sorted(pages)
    assert pages[0] == 3


def test_every_heading_has_a_page_whatever_the_texts_hold() -> None:
    assert all(page > 2 for _, page in pages_of(nasty_content()))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("word", 1),
        ("several words that do not fit", 3),
        ("no\u00a0break\u00a0here at all", 2),
        ("x" * 40, 4),
        ("水" * 12, 3),
    ],
)
def test_a_text_falls_into_lines(text: str, count: int) -> None:
    assert line_count(text, 55, 10) == count
