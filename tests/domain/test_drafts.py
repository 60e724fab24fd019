"""Drafts: what a clause leaves open, and the day on which a draft goes."""

from datetime import date, timedelta

import pytest

from tracker.domain.clauses import Proposal
from tracker.domain.drafts import Gap, gaps_of, purged_on
from tracker.domain.mandates import Nature, Periodicity

RECEIVED = date(2026, 6, 15)
ASKS = Proposal(
    addressees=("the Executive Secretary",),
    nature=Nature.ACTION_BY_SECRETARIAT,
    requires_action=True,
    occasion="at its twelfth session",
)


def test_a_clause_that_says_who_when_and_from_what_leaves_nothing_open() -> None:
    sentence = "Requests the Executive Secretary, within existing resources, to report"

    assert gaps_of(ASKS, sentence) == ()


@pytest.mark.parametrize(
    "means",
    [
        "con cargo a los recursos existentes",
        "dans la limite des ressources disponibles",
        "mediante contribuições voluntárias",
        "from extrabudgetary sources",
    ],
)
def test_means_are_known_in_each_language(means: str) -> None:
    assert Gap.NO_MEANS not in gaps_of(ASKS, f"... {means} ...")


def test_what_is_missing_is_told_of_clauses_that_ask_and_of_no_other() -> None:
    bare = Proposal(nature=Nature.ACTION_BY_SECRETARIAT, requires_action=True)
    yearly = Proposal(nature=Nature.ACTION_BY_OTHERS, periodicity=Periodicity.RECURRING)

    assert gaps_of(bare, "To help") == (Gap.NO_ADDRESSEE, Gap.NO_END, Gap.NO_MEANS)
    assert gaps_of(yearly, "To meet each year") == (Gap.NO_ADDRESSEE,)
    assert gaps_of(Proposal(nature=Nature.INFORMATIONAL), "Takes note") == ()


def test_a_draft_goes_a_week_after_its_session_and_without_a_day_after_sixty() -> None:
    assert purged_on(RECEIVED, date(2026, 10, 2)) == date(2026, 10, 9)
    assert purged_on(RECEIVED, None) == RECEIVED + timedelta(days=60)
    assert purged_on(RECEIVED, date(2026, 6, 1)) == RECEIVED + timedelta(days=60)
    assert purged_on(RECEIVED, date(2036, 6, 1)) == RECEIVED + timedelta(days=400)
