"""Fixed texts that a body can word: which, and that the report fills whatever they say."""

from dataclasses import astuple

from tests.domain.test_report_sources import CLEARANCES
from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import FIXED_TEXTS, ReportContent, compose
from tracker.domain.biennial_report.own_wordings import (
    GROUPS,
    WORDABLE,
    group_of,
    placeholders,
    takes_values,
)


def test_numbers_dates_languages_and_front_matter_are_worded_elsewhere_or_by_rules() -> None:
    left = {key.partition(".")[0] for key in FIXED_TEXTS if key not in WORDABLE}

    assert left == {"cover", "introduction", "number", "percentage", "date", "month", "language"}
    assert {group_of(key) for key in WORDABLE} == set(GROUPS)
    assert "cover.title.council" not in WORDABLE
    assert "cover.title.scoped" in WORDABLE


def test_names_stand_in_the_order_of_the_text() -> None:
    assert placeholders("overview.completed.many") == ("number", "percentage", "figure", "table")


def whole() -> ReportContent:
    return make_content(is_draft=True, clearances=CLEARANCES, language="en", original_language="es")


def test_a_per_cent_sign_in_any_text_is_printed_once() -> None:
    # The part of a long PDF is filled in later, by who writes it.
    worded = [key for key in WORDABLE if key != "words.part"]
    texts = {key: FIXED_TEXTS[key] + (" 7 %%" if takes_values(key) else " 7 %") for key in worded}

    document = compose(whole(), texts, names_missing=True)

    said = str(astuple(document))
    assert said.count("7 %") > 100
    assert "%%" not in said
