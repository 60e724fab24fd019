"""Compliance is the first of the seven that applies, told from facts alone."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.compliance import Compliance, Standing, compliance_of
from tracker.domain.workflow import Review

DUE = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def stands(
    review: Review = Review.OPEN, *, is_waived: bool = False, has_answer: bool = False
) -> Standing:
    return Standing(
        review=review,
        is_waived=is_waived,
        due_on=DUE.date(),
        overdue_at=DUE,
        has_answer=has_answer,
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (DUE - timedelta(days=14) - SECOND, Compliance.ON_TRACK),
        (DUE - timedelta(days=14), Compliance.DUE_SOON),
        (DUE - SECOND, Compliance.DUE_SOON),
        (DUE, Compliance.UNANSWERED),
        (DUE + timedelta(days=400), Compliance.UNANSWERED),
    ],
)
def test_time_alone_moves_an_unanswered_report(at: datetime, expected: Compliance) -> None:
    assert compliance_of(stands(), at) is expected


def test_any_answer_of_the_period_tells_overdue_from_unanswered() -> None:
    assert compliance_of(stands(Review.RETURNED, has_answer=True), DUE) is Compliance.OVERDUE


@pytest.mark.parametrize(
    ("review", "expected"),
    [
        (Review.SUBMITTED, Compliance.SUBMITTED),
        (Review.CLEARED, Compliance.CLEARED),
        (Review.FROZEN, Compliance.CLEARED),
    ],
)
def test_an_answer_ends_lateness(review: Review, expected: Compliance) -> None:
    assert compliance_of(stands(review), DUE + timedelta(days=9)) is expected


@pytest.mark.parametrize("review", Review)
def test_a_waiver_comes_before_everything(review: Review) -> None:
    assert compliance_of(stands(review, is_waived=True), DUE) is Compliance.WAIVED


def test_how_soon_is_soon_can_be_set() -> None:
    at = DUE - timedelta(days=20)

    assert compliance_of(stands(), at, due_soon_days=21) is Compliance.DUE_SOON


def test_what_has_no_due_date_is_on_track() -> None:
    standing = Standing(
        review=Review.OPEN, is_waived=False, due_on=None, overdue_at=None, has_answer=False
    )

    assert compliance_of(standing, DUE) is Compliance.ON_TRACK
