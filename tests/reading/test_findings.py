"""What is found in a clause, each with the words that show it."""

import pytest

from tests.reading.test_mandates import OSTRAL, make_clause, understand
from tracker.domain.clauses import Block, Proposal
from tracker.domain.findings import LEAST_CONFIDENCE, FindingField, stretches
from tracker.reading.findings import findings_of
from tracker.reading.mandates import propose


def found(text: str, field: FindingField, title: str = "") -> list[str]:
    findings = findings_of(make_clause(text), understand(text), title)
    return [finding.value for finding in findings if finding.field is field]


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        (
            "Requests the secretariat, in cooperation with the Fund and organizations, to act;",
            ["Fund", "organizations"],
        ),
        (
            "Urges Governments to light lamps, together with the Bank, within their means;",
            ["Bank"],
        ),
        ("Requests the secretariat to light lamps;", []),
        ("Notes the lamps lit in cooperation with the Bank;", []),
    ],
)
def test_partners_are_those_with_whom_it_shall_be_done(text: str, partners: list[str]) -> None:
    assert found(text, FindingField.PARTNER) == partners


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Requests the secretariat to help when Governments request such support;",
            ["when Governments request such support"],
        ),
        ("Requests the secretariat to help islands, upon their request;", ["upon their request"]),
        (
            "Requests the secretariat to light lamps within existing resources;",
            ["within existing resources"],
        ),
        (
            "Requests the secretariat to help, subject to the availability of funds;",
            ["subject to the availability of funds"],
        ),
        ("Requests the secretariat to answer the request of the islands;", []),
        ("Requests the secretariat to light as many lamps as possible;", []),
    ],
)
def test_a_condition_is_what_the_ask_depends_on(text: str, condition: list[str]) -> None:
    assert found(text, FindingField.CONDITION) == condition


def test_several_asks_are_proposed_as_action_points() -> None:
    text = (
        "Requests the secretariat to count the lamps, and to report thereon at its tenth session, "
        "and invites the Bank to pay for new ones;"
    )

    assert found(text, FindingField.ACTION_POINT) == [
        "Count the lamps",
        "Report thereon at its tenth session",
        "Pay for new ones",
    ]


def test_a_single_ask_is_no_action_point() -> None:
    assert found("Requests the secretariat to light lamps;", FindingField.ACTION_POINT) == []


def test_the_subject_words_of_the_title_come_first() -> None:
    text = "Requests the secretariat to study harbour dues and solar lamps;"

    terms = found(text, FindingField.SUBJECT, "Solar lamps for the islands")

    assert terms == ["solar lamps", "harbour dues"]


def test_every_finding_stands_where_it_says() -> None:
    text = (
        "Requests the Executive Secretary, together with the Bank, to count the lamps annually and "
        "to help Governments upon their request;"
    )

    findings = findings_of(make_clause(text), understand(text))

    fields = {finding.field for finding in findings}
    assert fields == set(FindingField)
    assert all(text[f.start : f.end] == f.words for f in findings if f.start is not None)
    assert all(finding.confidence >= LEAST_CONFIDENCE for finding in findings)


def test_words_of_the_paragraph_above_have_no_place_in_the_clause() -> None:
    chapeau = make_clause("Requests the Executive Secretary to:", "1")
    clause = make_clause("Light the lamps;", "1.a")

    findings = findings_of(clause, propose(clause, [chapeau], OSTRAL))

    (asked,) = [f for f in findings if f.field is FindingField.ADDRESSEE]
    assert (asked.value, asked.start) == ("Executive Secretary", None)


def test_a_name_that_may_be_anything_is_left_to_a_person() -> None:
    clause: Block = make_clause("Invites Ostralia Unida to act;")

    findings = findings_of(clause, Proposal(addressees=("Ostralia Unida",)))

    assert FindingField.ADDRESSEE not in {finding.field for finding in findings}


def test_a_text_is_cut_where_findings_begin_and_end() -> None:
    pieces = stretches("light the lamps", {1: (0, 5), 2: (0, 15), 3: (90, 95)})

    assert [(piece.text, piece.shows, piece.ends) for piece in pieces] == [
        ("light", (1, 2), (1,)),
        (" the lamps", (2,), (2,)),
    ]
