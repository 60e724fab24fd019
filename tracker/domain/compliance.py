"""Compliance: derived from facts, never typed by anybody (DESIGN.md section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tracker.domain.workflow import Review

DUE_SOON_DAYS = 14


class Compliance(StrEnum):
    """How an item stands against its due date; the first that applies, in this order."""

    WAIVED = "waived"
    CLEARED = "cleared"
    SUBMITTED = "submitted"
    UNANSWERED = "unanswered"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"

    # Enum's own is written in Python, and a page of counts asks for it some thousand times.
    __hash__ = str.__hash__


class Lateness(StrEnum):
    """For how long a report is overdue, counted from the end of its due day."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    LONGER = "longer"


# Of each: after how many days it begins, and with how many it ends.
LATE_DAYS: Mapping[Lateness, tuple[int, int | None]] = {
    Lateness.WEEK: (0, 7),
    Lateness.FORTNIGHT: (7, 14),
    Lateness.MONTH: (14, 30),
    Lateness.LONGER: (30, None),
}


class Change(StrEnum):
    """What became of a report since somebody looked last."""

    SUBMITTED = "submitted"
    CLEARED = "cleared"
    OVERDUE = "overdue"
    DECLINED = "declined"


_SETTLED = {
    Review.CLEARED: Compliance.CLEARED,
    Review.FROZEN: Compliance.CLEARED,
    Review.SUBMITTED: Compliance.SUBMITTED,
}
ANSWERED = frozenset({Compliance.CLEARED, Compliance.SUBMITTED})
LATE = frozenset({Compliance.UNANSWERED, Compliance.OVERDUE})


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts that decide compliance; ``has_answer`` is an answer of any kind this period."""

    review: Review
    is_waived: bool
    due_on: date | None
    overdue_at: datetime | None
    has_answer: bool


def compliance_of(
    standing: Standing, at: datetime, *, due_soon_days: int = DUE_SOON_DAYS
) -> Compliance:
    """Return the first compliance that applies to ``standing`` at the moment ``at``."""
    if standing.is_waived:
        return Compliance.WAIVED
    settled = _SETTLED.get(standing.review)
    if settled is not None:
        return settled
    if standing.overdue_at is None or at < standing.overdue_at - timedelta(days=due_soon_days):
        return Compliance.ON_TRACK
    if at < standing.overdue_at:
        return Compliance.DUE_SOON
    return Compliance.OVERDUE if standing.has_answer else Compliance.UNANSWERED
