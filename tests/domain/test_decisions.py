"""What one press decides: only what is sure, and nothing on words that are gone."""

from itertools import product

import pytest

from tracker.domain.decisions import SURE_ENOUGH, FoundValue, proposed_decision
from tracker.domain.findings import Decision, FindingField
from tracker.domain.mandates import ASKING, OURS, ConcernsUs, Nature

ADDRESSEE = FoundValue(FindingField.ADDRESSEE, "Executive Secretary", SURE_ENOUGH)


def found(nature: Nature, concern: ConcernsUs, confidence: int = SURE_ENOUGH) -> list[FoundValue]:
    return [
        FoundValue(FindingField.NATURE, nature, confidence),
        FoundValue(FindingField.CONCERNS_US, concern, confidence),
    ]


@pytest.mark.parametrize(("nature", "concern"), list(product(Nature, ConcernsUs)))
def test_what_asks_us_is_confirmed_and_everything_else_set_aside(
    nature: Nature, concern: ConcernsUs
) -> None:
    decided = proposed_decision([*found(nature, concern), ADDRESSEE])

    assert decided is (nature in ASKING and concern in OURS)


@pytest.mark.parametrize(("nature", "concern"), list(product(Nature, ConcernsUs)))
def test_what_asks_without_saying_whom_is_doubtful(nature: Nature, concern: ConcernsUs) -> None:
    assert proposed_decision(found(nature, concern)) is (None if nature in ASKING else False)


@pytest.mark.parametrize("missing", [0, 1], ids=["nature", "whom it concerns"])
def test_where_one_of_the_two_is_missing_the_clause_is_doubtful(missing: int) -> None:
    one = found(Nature.ACTION_BY_SECRETARIAT, ConcernsUs.BY_NAME)[1 - missing]

    assert proposed_decision([one, ADDRESSEE]) is None


def test_what_is_less_sure_than_the_bound_is_doubtful() -> None:
    unsure = found(Nature.INFORMATIONAL, ConcernsUs.NO, SURE_ENOUGH - 1)

    assert proposed_decision(unsure) is None


@pytest.mark.parametrize(
    ("decision", "expected"),
    [(Decision.ACCEPTED, True), (Decision.ADDED, True), (Decision.REFUSED, None), (None, None)],
)
def test_a_persons_word_is_sure_whatever_the_machine_thought(
    decision: Decision | None, expected: bool | None
) -> None:
    nature, _ = found(Nature.ACTION_BY_SECRETARIAT, ConcernsUs.BY_NAME)
    said = FoundValue(FindingField.CONCERNS_US, ConcernsUs.BY_NAME, 10, decision)

    assert proposed_decision([nature, said, ADDRESSEE]) is expected


def test_words_that_a_correction_took_away_decide_nothing() -> None:
    _, concern = found(Nature.INFORMATIONAL, ConcernsUs.NO)
    gone = FoundValue(
        FindingField.NATURE, Nature.INFORMATIONAL, 99, Decision.ACCEPTED, needs_look=True
    )

    assert proposed_decision([gone, concern]) is None


def test_a_clause_without_findings_is_doubtful() -> None:
    assert proposed_decision([]) is None
