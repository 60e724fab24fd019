"""Reporting periods: spans of days, their names and kinds."""

from datetime import date

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.periods import PeriodKind, Span, biennium, following, kind_of, name_of

REAL_SPAN = Span(date(1990, 5, 12), date(1992, 4, 15))


@pytest.mark.parametrize(
    ("span", "name", "kind"),
    [
        (biennium(2024), "2024-2025", PeriodKind.BIENNIUM),
        (Span(date(2024, 1, 1), date(2024, 12, 31)), "2024", PeriodKind.YEAR),
        (Span(date(2022, 1, 1), date(2025, 12, 31)), "2022-2025", PeriodKind.OTHER),
        (REAL_SPAN, "1990-05-12_1992-04-15", PeriodKind.OTHER),
        (Span(date(2024, 1, 1), date(2025, 12, 30)), "2024-01-01_2025-12-30", PeriodKind.OTHER),
    ],
)
def test_a_period_is_named_by_its_years_or_its_days(
    span: Span, name: str, kind: PeriodKind
) -> None:
    assert (name_of(span), kind_of(span)) == (name, kind)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid, match="ends before it begins") as refusal:
        Span(date(2024, 1, 2), date(2024, 1, 1))

    assert refusal.value.field == "ends_on"


def test_a_period_of_one_day_is_taken() -> None:
    day = date(2024, 2, 29)

    assert Span(day, day).overlaps(Span(day, day))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "overlaps"),
    [
        (date(1989, 1, 1), date(1990, 5, 11), False),
        (date(1989, 1, 1), date(1990, 5, 12), True),
        (date(1991, 1, 1), date(1991, 2, 1), True),
        (date(1992, 4, 15), date(1993, 1, 1), True),
        (date(1992, 4, 16), date(1993, 1, 1), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(
    starts_on: date, ends_on: date, overlaps: bool
) -> None:
    other = Span(starts_on, ends_on)

    assert REAL_SPAN.overlaps(other) is overlaps
    assert other.overlaps(REAL_SPAN) is overlaps


def test_a_period_touches_its_calendar_years() -> None:
    assert list(REAL_SPAN.calendar_years()) == [1990, 1991, 1992]


@pytest.mark.parametrize(
    ("span", "next_span"),
    [
        (biennium(2024), biennium(2026)),
        (Span(date(2024, 1, 1), date(2024, 12, 31)), Span(date(2025, 1, 1), date(2025, 12, 31))),
        (REAL_SPAN, Span(date(1992, 4, 16), date(1994, 4, 15))),
        (
            Span(date(2022, 3, 1), date(2024, 2, 28)),
            Span(date(2024, 2, 29), date(2026, 2, 27)),
        ),
    ],
)
def test_one_period_follows_another_without_a_gap(span: Span, next_span: Span) -> None:
    assert following(span) == next_span
