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


PORTS = Subject({"port": "ports", "wast": "waste"}, "CPV", frozenset({"port", "wast"}))


def test_a_word_in_common_fits_and_the_country_only_adds_to_it() -> None:
    assert fit_of(PORTS, Subject({"port": "port"}, "SEN")) == Fit(("ports",), False)
    assert fit_of(PORTS, Subject({"port": "port", "wast": "waste"}, "CPV")) == Fit(
        ("ports", "waste"), True
    )
    assert fit_of(PORTS, Subject({"seed": "seeds"}, "CPV")) is None


def test_words_that_stand_in_titles_alone_tie_nothing_together() -> None:
    survey = Subject({"coast": "coastal", "survey": "survey"}, None, frozenset({"survey"}))
    seeds = Subject({"coast": "coastal", "seed": "seeds"}, None, frozenset({"seed"}))

    assert fit_of(survey, seeds) is None
    assert fit_of(survey, replace(seeds, said=frozenset({"coast"}))) == Fit(("coastal",), False)


def test_stems_that_too_many_have_tie_nothing_together() -> None:
    assert fit_of(PORTS, PORTS, {"port"}) == Fit(("waste",), True)
    assert fit_of(PORTS, PORTS, {"port", "wast"}) is None


def test_a_subject_word_of_the_house_weighs_most_and_is_named_once() -> None:
    listed = {"7": "ports"}
    strong = fit_of(replace(PORTS, listed=listed), Subject({}, None, listed=listed))
    weak = fit_of(PORTS, Subject({"port": "port"}, "CPV"))

    assert strong is not None
    assert weak is not None
    assert strong.words == ("ports",)
    assert strong.strength > weak.strength
    both = fit_of(replace(PORTS, listed=listed), replace(PORTS, listed=listed))
    assert both is not None
    assert both.words == ("ports", "waste")


def test_members_of_a_network_stand_once() -> None:
    assert check_network(" Small  Ports ", " ", [Member("Mindelo", "CPV")]) == ("Small Ports", "")
    with pytest.raises(Invalid, match="stands twice"):
        check_network("Small Ports", "", [Member("Mindelo"), Member("mindelo")])
    with pytest.raises(Invalid) as refused:
        check_network("", "", [])
    assert refused.value.field == "name"
