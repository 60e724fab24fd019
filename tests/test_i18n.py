"""How dates, moments, due dates and numbers are written in each language."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tracker.i18n import (
    date_in_words,
    days_ago_in_words,
    days_in_words,
    due_in_words,
    moment_in_words,
    number_in_words,
    paragraph_cited,
    paragraph_printed,
    source_cited,
    symbol_cited,
)

TODAY = date(2026, 6, 15)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-22, f"Was due 22 days ago (24{SPACE}May 2026)"),
        (-14, f"Was due 14 days ago (Monday 1{SPACE}June)"),
        (-1, f"Was due yesterday (Sunday 14{SPACE}June)"),
        (0, f"Due today (Monday 15{SPACE}June)"),
        (1, f"Due tomorrow (Tuesday 16{SPACE}June)"),
        (2, f"Due in 2 days (Wednesday 17{SPACE}June)"),
        (21, f"Due in 21 days (Monday 6{SPACE}July)"),
        (22, f"Due on 7{SPACE}July 2026"),
    ],
)
def test_a_due_date_is_told_in_words_near_now_and_in_full_otherwise(days: int, words: str) -> None:
    assert due_in_words(TODAY + timedelta(days=days), TODAY, "en") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", f"Due in 5 days (Friday 27{SPACE}November)"),
        ("es", f"Vence dentro de 5 días (viernes 27{SPACE}de noviembre)"),
        ("fr", f"Échéance dans 5 jours (vendredi 27{SPACE}novembre)"),
        ("pt", f"Vence em 5 dias (sexta-feira, 27{SPACE}de novembro)"),
    ],
)
def test_a_due_date_near_now_reads_naturally_in_each_language(language: str, words: str) -> None:
    assert due_in_words(date(2026, 11, 27), date(2026, 11, 22), language) == words


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "1 May 2026", "12 May 1990"),
        ("es", "1 de mayo de 2026", "12 de mayo de 1990"),
        ("fr", "1er mai 2026", "12 mai 1990"),
        ("pt", "1º de maio de 2026", "12 de maio de 1990"),
    ],
)
def test_dates_in_full_are_written_as_documents_write_them(
    language: str, first: str, other: str
) -> None:
    assert date_in_words(date(2026, 5, 1), language).replace(SPACE, " ") == first
    assert date_in_words(date(1990, 5, 12), language).replace(SPACE, " ") == other


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "30 April 2026, 21:05"),
        ("es", "30 de abril de 2026, 21:05"),
        ("fr", f"30 avril 2026, 21{SPACE}h{SPACE}05"),
        ("pt", "30 de abril de 2026, 21h05"),
    ],
)
def test_a_moment_is_told_in_the_time_zone_of_the_reader(language: str, words: str) -> None:
    moment = datetime(2026, 5, 1, 1, 5, tzinfo=UTC)

    assert moment_in_words(moment, language, "America/Santiago") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1,234,567.5"),
        ("es", "1.234.567,5"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567,5"),
        ("pt", "1.234.567,5"),
    ],
)
def test_numbers_have_the_separators_of_the_language(language: str, words: str) -> None:
    assert number_in_words(Decimal("1234567.5"), language) == words


@pytest.mark.parametrize(
    ("language", "first", "last", "words"),
    [
        ("en", date(2026, 4, 21), date(2026, 4, 21), "21 April 2026"),
        ("en", date(2026, 4, 21), date(2026, 4, 23), "21 to 23 April 2026"),
        ("en", date(2026, 3, 9), date(2026, 12, 11), "9 March to 11 December 2026"),
        ("en", date(2025, 12, 9), date(2026, 1, 11), "9 December 2025 to 11 January 2026"),
        ("es", date(2026, 4, 21), date(2026, 4, 23), "21 al 23 de abril de 2026"),
        ("fr", date(2026, 4, 1), date(2026, 4, 23), "Du 1er au 23 avril 2026"),
        ("pt", date(2026, 4, 1), date(2026, 5, 3), "1º de abril a 3 de maio de 2026"),
    ],
)
def test_a_span_of_days_says_month_and_year_once(
    language: str, first: date, last: date, words: str
) -> None:
    assert days_in_words(first, last, language).replace(SPACE, " ") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "5(a)(i)"), ("es", "5 a) i)"), ("fr", "5 a) i)"), ("pt", "5(a)(i)")],
)
def test_documents_count_paragraphs_as_the_language_does(language: str, words: str) -> None:
    assert paragraph_printed("5(a)(i)", language) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(29, "today"), (28, "yesterday"), (26, "3 days ago")],
)
def test_a_day_that_is_over_is_told_by_how_long_ago_it_was(day: int, words: str) -> None:
    assert days_ago_in_words(date(2026, 11, day), date(2026, 11, 29), "en") == words


@pytest.mark.parametrize(
    ("language", "first", "several", "paragraph"),
    [
        ("en", "43(IX), annex", "43(IX), annex II", "43(IX), annex, para. 4"),
        ("es", "43(IX), anexo", "43(IX), anexo II", "43(IX), anexo, párr. 4"),
        ("fr", "43(IX), annexe", "43(IX), annexe II", "43(IX), annexe, par.\N{NO-BREAK SPACE}4"),
        ("pt", "43(IX), anexo", "43(IX), anexo II", "43(IX), anexo, par. 4"),
    ],
)
def test_an_annex_is_cited_in_the_language_of_the_reader(
    language: str, first: str, several: str, paragraph: str
) -> None:
    assert symbol_cited("43(IX), annex", language) == first
    assert symbol_cited("43(IX), annex II", language) == several
    assert paragraph_cited("43(IX), annex", "4", language) == paragraph
    assert symbol_cited("43(IX)", language) == "43(IX)"


def test_what_ended_a_mandate_is_cited_in_the_language_of_the_reader() -> None:
    kept = "774(XL), para. 5(a); 780(XL), para. 2 (E/2024/42/Corr.1)"

    assert source_cited(kept, "en") == kept
    spaced = "774(XL), párr. 5(a); 780(XL), párr. 2 (E/2024/42/Corr.1)"
    assert source_cited(kept, "es").replace("\N{NO-BREAK SPACE}", " ") == spaced
    assert source_cited("by its own terms", "es") == "by its own terms"
