"""Where a person may say again what was said last, and what that is called."""

from itertools import product

import pytest

from tracker.domain.attestation import Offer, attestation_offer
from tracker.domain.periods import PeriodKind
from tracker.domain.workflow import Review


@pytest.mark.parametrize(
    ("kind", "is_cleared", "offer"),
    [
        (PeriodKind.YEAR, True, Offer.NOTHING_NEW),
        (PeriodKind.YEAR, False, Offer.NOTHING_NEW),
        (PeriodKind.BIENNIUM, True, Offer.LAST_TEXT),
        (PeriodKind.BIENNIUM, False, None),
        (PeriodKind.OTHER, True, Offer.LAST_TEXT),
        (PeriodKind.OTHER, False, None),
    ],
)
def test_a_final_round_takes_only_what_was_cleared(
    kind: PeriodKind, is_cleared: bool, offer: Offer | None
) -> None:
    assert attestation_offer(kind, Review.OPEN, is_cleared=is_cleared) is offer


@pytest.mark.parametrize("kind", PeriodKind)
def test_nothing_is_offered_where_nothing_was_said(kind: PeriodKind) -> None:
    assert attestation_offer(kind, Review.OPEN, is_cleared=None) is None


@pytest.mark.parametrize(
    ("kind", "review"),
    list(product(PeriodKind, [state for state in Review if state is not Review.OPEN])),
)
def test_nothing_is_offered_once_somebody_has_begun(kind: PeriodKind, review: Review) -> None:
    assert attestation_offer(kind, review, is_cleared=True) is None
