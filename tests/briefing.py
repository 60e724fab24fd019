"""Invented briefs for tests, and activities for the database that briefs are made from."""

from datetime import date
from decimal import Decimal

from tests.audit import arranging
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Category, Deliverable
from tracker.domain.briefs import BriefActivity, BriefContent, BriefKind, BriefReport, BriefSubject
from tracker.domain.mandates import Implementation
from tracker.models.activities import Activity

TODAY = date(2026, 6, 15)
BOLIVIA = BriefSubject(BriefKind.COUNTRY, "BOL", "Bolivia (Plurinational State of)", "BOL")
SENTENCE = "Two missions were sent to the highlands, and the tables were checked with the office. "


def make_brief_content(activity_count: int, report_count: int) -> BriefContent:
    """Return a brief on Bolivia with that much to tell."""
    return BriefContent(
        entity_name="Secretariat",
        subject=BOLIVIA,
        since=date(2022, 1, 1),
        written_on=TODAY,
        language="en",
        list_address="https://tracker.example.org/reports/brief?about=BOL",
        activities=tuple(
            BriefActivity(
                activity_id=number,
                title=f"Workshop {number} on national accounts",
                category=Category.KNOWLEDGE,
                subcategory="seminar",
                measure="days",
                starts_on=date(2025, 3, 1),
                ends_on=date(2025, 3, 5),
                planned=Decimal(5),
                actual=Decimal(4),
                partners=("National Institute of Statistics",),
                description=SENTENCE * 3,
            )
            for number in range(activity_count)
        ),
        reports=tuple(
            BriefReport(
                mandate_id=number,
                revision_id=number,
                reference=f"12(IV), para. {number + 1}",
                asked="To count the islands;",
                period_name="2024-2025",
                cleared_on=date(2026, 1, 21),
                status=Implementation.IN_PROGRESS,
                done=SENTENCE * 5,
            )
            for number in range(report_count)
        ),
    )


def add_activity(database: Database, house: House, title: str, **given: object) -> int:
    """Put an activity of Statistics into the database; return its id."""
    values: dict[str, object] = {"starts_on": date(2026, 4, 1), "description": "", **given}
    activity = Activity(
        title=title,
        deliverable=Deliverable.SEMINAR,
        language="en",
        unit_id=house.statistics,
        created_at=clock.now(),
        created_by_id=house.focal_point.person_id,
        **values,
    )
    with arranging(), database.transaction() as session:
        session.add(activity)
        session.flush()
        return activity.id
