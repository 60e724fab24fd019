"""The rules of what people say about an activity."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.activities import CATEGORY_OF, MEASURE_OF, Deliverable
from tracker.domain.activity_details import (
    EXAMPLE,
    ActivityDetails,
    YearQuantity,
    check_details,
    country_codes,
    ended_before_adoption,
)
from tracker.domain.countries import LANGUAGES, country_name
from tracker.domain.errors import Invalid

MISSION = ActivityDetails(
    deliverable=Deliverable.ADVISORY_MISSION,
    title="Mission to the islands",
    language="en",
    unit_id=1,
    starts_on=date(2026, 3, 1),
    ends_on=date(2027, 2, 1),
    quantities=(YearQuantity(2026, Decimal(2), Decimal("1.50")), YearQuantity(2027, Decimal(0))),
)


def test_details_that_keep_the_rules_are_taken() -> None:
    check_details(MISSION)
    check_details(replace(MISSION, ends_on=MISSION.starts_on, quantities=()))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"ends_on": date(2026, 2, 28)}, "ends_on"),
        ({"starts_on": date(1492, 10, 12)}, "starts_on"),
        ({"quantities": (YearQuantity(2026, Decimal(-1)),)}, "quantities"),
        ({"quantities": (YearQuantity(2026, None, Decimal("-0.5")),)}, "quantities"),
        ({"quantities": (YearQuantity(2026, Decimal("NaN")),)}, "quantities"),
        ({"quantities": (YearQuantity(2026, Decimal("Infinity")),)}, "quantities"),
        ({"quantities": (YearQuantity(2026, Decimal("1.234")),)}, "quantities"),
        ({"quantities": (YearQuantity(2026, Decimal(10) ** 10),)}, "quantities"),
        ({"quantities": (YearQuantity(2025, Decimal(1)),)}, "quantities"),
        ({"quantities": (YearQuantity(2026), YearQuantity(2026))}, "quantities"),
    ],
    ids=[
        "no-title",
        "ends-before-it-starts",
        "long-ago",
        "negative",
        "negative-actual",
        "no-number",
        "endless",
        "too-fine",
        "too-large",
        "another-year",
        "year-twice",
    ],
)
def test_details_that_break_a_rule_are_refused_at_their_field(
    change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        check_details(replace(MISSION, **change))  # type: ignore[arg-type]

    assert refusal.value.field == field
    assert "%" not in str(refusal.value)


def test_an_activity_without_an_end_takes_one_day() -> None:
    assert list(replace(MISSION, ends_on=None).years) == [2026]
    assert list(MISSION.years) == [2026, 2027]


def test_countries_named_in_any_language_stand_once_each_in_the_order_of_their_codes() -> None:
    lines = ["Peru ", "", "  Cabo   Verde", "Pérou", "Chili", "CHL"]

    assert country_codes(lines) == ("CHL", "CPV", "PER")


def test_a_name_that_is_no_country_s_is_quoted_in_the_refusal() -> None:
    with pytest.raises(Invalid) as refusal:
        country_codes(["Peru", " Ruri  tania "])

    assert refusal.value.field == "countries"
    assert str(refusal.value) == (
        "“Ruri tania” is not a country name we know. Write it as the United Nations does, for "
        "example Cabo Verde."
    )


@pytest.mark.parametrize(
    ("written", "example"),
    [("Senegl", "Senegal"), ("Saint Vincent and Grenadins", "Saint Vincent and the Grenadines")],
)
def test_a_name_that_is_nearly_right_is_shown_as_the_example(written: str, example: str) -> None:
    with pytest.raises(Invalid) as refusal:
        country_codes([written])

    assert refusal.value.values["example"] == example


def test_a_long_text_that_is_no_country_is_quoted_in_part() -> None:
    with pytest.raises(Invalid) as refusal:
        country_codes(["x" * 500])

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_a_country_reads_the_same_in_every_language(language: str) -> None:
    assert country_name(EXAMPLE, language) == country_name(EXAMPLE, "en")


def test_an_activity_that_was_over_before_the_adoption_is_noticed() -> None:
    adopted_on = date(2026, 5, 1)

    assert ended_before_adoption(date(2026, 4, 30), adopted_on)
    assert not ended_before_adoption(adopted_on, adopted_on)
    assert not ended_before_adoption(date(1990, 1, 1), None)


def test_each_deliverable_has_its_category_and_measure() -> None:
    assert set(CATEGORY_OF) == set(MEASURE_OF) == set(Deliverable)
