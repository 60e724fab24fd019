"""A report as reminders know it: whose it is, when it is due, who else is in its unit."""

from datetime import UTC, date, datetime

from tracker.domain.deadlines import overdue_from
from tracker.domain.reminders import ReportFacts, UnitStaff
from tracker.domain.workflow import Review

ANA, OTTO, MONA, HOUSE_MANAGER = 1, 2, 3, 4
DUE = date(2026, 6, 30)
FACTS = ReportFacts(
    report_id=42,
    is_asked=True,
    review=Review.OPEN,
    due_on=DUE,
    overdue_at=overdue_from(DUE, "UTC"),
    time_zone="UTC",
    focal_point_id=ANA,
    staff=UnitStaff(frozenset({ANA, OTTO}), frozenset({MONA}), frozenset({HOUSE_MANAGER})),
    asked_at=datetime(2026, 1, 5, tzinfo=UTC),
    asked_by=None,
)
