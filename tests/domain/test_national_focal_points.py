"""What is kept of national focal points, and what a row of a list says."""

from datetime import date

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.national_focal_points import (
    FocalPointDetails,
    FocalPointRow,
    check_details,
    details_of_row,
)


def test_details_are_kept_without_blanks_and_valid_from_the_designation() -> None:
    plain = check_details(
        FocalPointDetails("CPV", " Ministry  of the Sea ", designated_on=date(2024, 3, 11))
    )

    assert plain.institution == "Ministry of the Sea"
    assert plain.valid_from == date(2024, 3, 11)
    assert plain.is_valid_on(date(2026, 1, 1))
    assert not plain.is_valid_on(date(2024, 3, 10))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (FocalPointDetails("XXX", "Ministry"), "country"),
        (FocalPointDetails("CPV"), "institution"),
        (FocalPointDetails("CPV", "Ministry", "n" * 201), "person"),
        (
            FocalPointDetails(
                "CPV", "Ministry", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)
            ),
            "valid_to",
        ),
    ],
    ids=["country", "nobody", "too-long", "turned-round"],
)
def test_what_cannot_be_kept_is_told_at_its_field(details: FocalPointDetails, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_details(details)
    assert refused.value.field == field


def test_a_row_names_its_country_in_any_language() -> None:
    row = FocalPointRow(2, "Sénégal", "Ports", designated_on="2025-01-20")

    assert details_of_row(row) == FocalPointDetails(
        "SEN", "Ports", designated_on=date(2025, 1, 20), valid_from=date(2025, 1, 20)
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (FocalPointRow(2, "Atlantis", "Ports"), "no country of the table"),
        (FocalPointRow(2, "SEN", "Ports", designated_on="20/01/2025"), "not a date"),
    ],
    ids=["country", "date"],
)
def test_what_is_wrong_in_a_row_is_told(row: FocalPointRow, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        details_of_row(row)
