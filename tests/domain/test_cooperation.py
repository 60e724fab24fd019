"""Requests and offers: what can be kept, and which fit together, and why."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.activities import PartnerKind
from tracker.domain.cooperation import (
    Fit,
    Member,
    NoticeDetails,
    NoticeKind,
    Subject,
    check_network,
    check_notice,
    fit_of,
)
from tracker.domain.errors import Invalid

DETAILS = NoticeDetails(
    NoticeKind.REQUEST,
    " Government of  Cabo Verde ",
    PartnerKind.GOVERNMENT,
    "CPV",
    "Advice on ports",
    "Ports",
    date(2026, 5, 4),
    words="ports; waste, ports",
)


def test_texts_are_tidied_and_subject_words_stand_once() -> None:
    kept = check_notice(DETAILS)

    assert (kept.party, kept.words) == ("Government of Cabo Verde", "ports, waste")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"party": ""}, "party"),
        ({"sector": ""}, "sector"),
        ({"country": None}, "country"),
        ({"country": "XXX"}, "country"),
        ({"received_on": None}, "received_on"),
        ({"valid_to": date(2026, 5, 3)}, "valid_to"),
        ({"words": "w" * 201}, "words"),
        ({"detail": "d" * 4001}, "detail"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_notice(replace(DETAILS, **changes))  # type: ignore[arg-type] # each by its own name

    assert refused.value.field == field


def test_an_institution_needs_no_country() -> None:
    assert check_notice(
        replace(DETAILS, party_kind=PartnerKind.ACADEMIC, country=None)
    ).country is None  # fmt: skip


def test_a_word_in_common_fits_and_the_country_only_adds_to_it() -> None:
    request = Subject({"port": "ports", "wast": "waste"}, "CPV")

    assert fit_of(request, Subject({"port": "port"}, "SEN")) == Fit(("ports",), False)
    assert fit_of(request, Subject({"port": "port", "wast": "waste"}, "CPV")) == Fit(
        ("ports", "waste"), True
    )
    assert fit_of(request, Subject({"seed": "seeds"}, "CPV")) is None


def test_members_of_a_network_stand_once() -> None:
    assert check_network(" Small  Ports ", " ", [Member("Mindelo", "CPV")]) == ("Small Ports", "")
    with pytest.raises(Invalid, match="stands twice"):
        check_network("Small Ports", "", [Member("Mindelo"), Member("mindelo")])
    with pytest.raises(Invalid) as refused:
        check_network("", "", [])
    assert refused.value.field == "name"
