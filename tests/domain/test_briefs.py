"""What a brief says: whom it names, how much it shows, and that what it leaves out is counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.briefing import SENTENCE, TODAY, make_brief_content
from tracker.domain.biennial_report.blocks import Paragraph, Table
from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.briefs import BRIEF_TEXTS, Shown, compose_brief, most_shown, read_since
from tracker.domain.briefs.composition import first_sentences
from tracker.domain.briefs.content import by_weight
from tracker.domain.countries import countries_named
from tracker.domain.errors import Invalid

TEXTS = {**FIXED_TEXTS, **BRIEF_TEXTS}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A mission went to Papua New Guinea.", {"PNG"}),
        ("Nigeria and the Dominican Republic took part.", {"NGA", "DOM"}),
        ("En Bolivia y en el Estado Plurinacional de Bolivia", {"BOL"}),
        ("We oman a chad of peru.", set()),
    ],
)
def test_countries_are_found_as_texts_name_them(text: str, codes: set[str]) -> None:
    assert countries_named(text) == codes


def test_since_is_a_year_or_a_date() -> None:
    assert read_since(" 2022 ") == date(2022, 1, 1)
    assert read_since("2022-05-17") == date(2022, 5, 17)
    with pytest.raises(Invalid):
        read_since("2022-13")


def test_a_long_text_is_cut_behind_a_sentence_and_says_so() -> None:
    assert first_sentences(SENTENCE * 3, 30) == f"{SENTENCE}{SENTENCE.strip()} [...]"
    assert first_sentences("one two three", 2) == "one two [...]"


def test_what_a_brief_does_not_show_it_counts_and_says_where_it_is() -> None:
    content = make_brief_content(9, 4)

    document = compose_brief(content, TEXTS, Shown(activities=7, reports=3))

    words = " ".join(each.text for each in document.blocks if isinstance(each, Paragraph))
    assert f"Two more activities are listed at {content.list_address}" in words
    assert f"One more mandate is listed at {content.list_address}" in words


def test_key_figures_are_of_all_activities_shown_or_not() -> None:
    document = compose_brief(make_brief_content(9, 0), TEXTS, Shown(activities=1, reports=0))

    figures = next(each for each in document.blocks if isinstance(each, Table))
    assert figures.rows[0][2:] == ("9", "45", "36")


def test_each_report_is_named_among_the_sources_by_its_paragraph() -> None:
    content = make_brief_content(0, 2)

    document = compose_brief(content, TEXTS, most_shown(content))

    told = [each for each in document.blocks if isinstance(each, Paragraph)]
    numbers = [each.number for each in told if each.lead]
    assert all(
        f"({number})\N{NO-BREAK SPACE}12(IV)" in told[-1].text
        or f"({number}) 12(IV)" in told[-1].text
        for number in numbers
    )
    assert told[-1].sources == (0, 1)


def test_the_most_telling_activity_comes_first() -> None:
    plain, later = make_brief_content(2, 0).activities
    later = replace(later, starts_on=TODAY + timedelta(days=9), ends_on=None)
    practice = replace(plain, activity_id=8, is_good_practice=True)

    assert by_weight([later, plain, practice], TODAY) == (practice, plain, later)
