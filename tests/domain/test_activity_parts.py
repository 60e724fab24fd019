"""What is told about an activity in rows keeps its rules, and says at which field it does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tracker.domain.activities import CountryPart, Deliverable, DocumentKind, FundSource
from tracker.domain.activity_details import ActivityDetails, check_details
from tracker.domain.activity_parts import (
    ActivityDocument,
    Attendance,
    Fund,
    GovernmentRequest,
    Module,
)
from tracker.domain.errors import Invalid

PROJECT = ActivityDetails(
    deliverable=Deliverable.PROJECT,
    title="Strengthening competition in the isthmus",
    language="en",
    unit_id=1,
    starts_on=date(2025, 1, 10),
)
CANADA = Fund(FundSource.EXTRABUDGETARY, "International Development Research Centre")


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"attendance": (Attendance(0),)}, "attendance", "between 1 and"),
        ({"attendance": (Attendance(8, country="XXX"),)}, "attendance", "Choose a country"),
        ({"funds": (replace(CANADA, budget=Decimal(-1)),)}, "funds", "negative"),
        ({"funds": (replace(CANADA, budget=Decimal("1.005")),)}, "funds", "two decimals"),
        ({"funds": (CANADA, CANADA)}, "funds", "stands twice"),
        ({"funds": (Fund(FundSource.REGULAR_BUDGET, "Canada"),)}, "funds", "has no donor"),
        ({"documents": (ActivityDocument(" "),)}, "documents", "title of each document"),
        (
            {"documents": (ActivityDocument("Study", address="javascript:x"),)},
            "documents",
            "is not a web address",
        ),
        ({"modules": (Module(""),)}, "modules", "title of each module"),
        (
            {"requests": (GovernmentRequest(date(2025, 2, 1), "XXX"),)},
            "requests",
            "Choose a country",
        ),
        ({"adopters": ("Honduras",)}, "adopters", "Mark the activity as a good practice"),
        ({"studied": ("Ruritania",)}, "studied", "not a country name"),
        ({"taking_part": ("Ruritania",)}, "taking_part", "not a country name"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_a_part_that_breaks_a_rule_is_refused_at_its_field(
    told: dict[str, Iterable[object]], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        check_details(replace(PROJECT, **told))  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_what_keeps_the_rules_is_taken() -> None:
    check_details(
        replace(
            PROJECT,
            attendance=(Attendance(8, "Competition authorities", is_at_least=True),),
            funds=(CANADA, Fund(FundSource.REGULAR_BUDGET, expenditure=Decimal("99.5"))),
            documents=(ActivityDocument("Rio de Janeiro Commitment", DocumentKind.COMMITMENT),),
            is_good_practice=True,
            adopters=("Honduras",),
        )
    )


def test_an_instrument_is_told_from_a_document_of_its_own() -> None:
    assert ActivityDocument("Plan of Action", DocumentKind.PLAN_OF_ACTION).is_instrument
    assert not ActivityDocument("Comparative study").is_instrument


def test_countries_are_told_apart_by_what_they_have_to_do_with_it() -> None:
    told = replace(PROJECT, countries=("CRI",), studied=("CHL", "COL"), hosting=("HND",))

    assert [told.countries_as(part) for part in CountryPart] == [
        ("CRI",), ("CHL", "COL"), ("HND",), (), (),
    ]  # fmt: skip
