"""The page of a report gathers everything about it for one reader, on both engines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.periods import PeriodState, Span
from tracker.domain.workflow import Move
from tracker.models.activities import Activity, ActivityLink
from tracker.queries.progress import ReportPage, find_report_page
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.progress import clear_report, return_report, save_draft, submit_report


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def page_for(session: Session, report_id: int, reader_id: int) -> ReportPage:
    page = find_report_page(session, report_id, reader_id=reader_id, at=clock.now())
    assert page is not None
    return page


def go_through_the_review(database: Database, house: House, report_id: int, travel: Travel) -> None:
    """Submit, return with a remark, submit again and clear, an hour apart."""
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        return_report(
            session,
            report_id=report_id,
            version=2,
            remark="Which islands?",
            actor=house.manager,
            at=travel.by(timedelta(hours=1)),
        )
        submit_report(
            session,
            report_id=report_id,
            version=3,
            text=replace(TEXT, done="Two missions were sent to the outer islands."),
            actor=house.focal_point,
            at=travel.by(timedelta(hours=1)),
        )
        clear_report(
            session,
            report_id=report_id,
            version=4,
            actor=house.manager,
            at=travel.by(timedelta(hours=1)),
        )


def test_a_report_without_history_has_empty_places(
    database: Database, house: House, report_id: int
) -> None:
    with database.reading() as session:
        page = page_for(session, report_id, house.viewer.person_id)

    assert page.focal_point == "Ana Focal"
    assert page.span == Span(date(2026, 1, 1), date(2027, 12, 31))
    assert page.period_state is PeriodState.OPEN
    assert (page.last, page.draft, page.submitted, page.waived) == (None, None, None, None)
    assert page.starting_text is None
    assert [(row.due_on, row.reason, row.set_by) for row in page.due_dates] == [
        (date(2026, 6, 30), "", "Carla Coordinator")
    ]


def test_each_step_is_told_newest_first_with_its_remark_and_difference(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    go_through_the_review(database, house, report_id, travel)

    with database.reading() as session, counted_statements(database) as statements:
        page = page_for(session, report_id, house.viewer.person_id)

    assert [(step.move, step.written_by.name, step.remark) for step in page.revisions] == [
        (Move.CLEAR, "Mona Manager", ""),
        (Move.SUBMIT, "Ana Focal", ""),
        (Move.RETURN, "Mona Manager", "Which islands?"),
        (Move.SUBMIT, "Ana Focal", ""),
    ]
    changed = page.revisions[1].fields[0].difference
    assert changed is not None
    assert [part.words for part in changed if part.kind == "added"] == ["outer "]
    assert page.revisions[3].fields[0].difference is None
    assert page.submitted is not None
    assert page.submitted.number == 3
    assert len(statements) <= 11


def test_a_newer_draft_is_where_its_author_goes_on(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())

    with database.reading() as session:
        hers = page_for(session, report_id, house.focal_point.person_id)
        others = page_for(session, report_id, house.manager.person_id)

    assert hers.starting_text == TEXT
    assert others.starting_text is None


def test_a_draft_older_than_the_last_text_is_kept_aside(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    with database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.manager, at=clock.now())
    travel.by(timedelta(hours=1))
    go_through_the_review(database, house, report_id, travel)

    with database.reading() as session:
        page = page_for(session, report_id, house.manager.person_id)

    assert page.draft is not None
    assert page.draft.is_outdated
    assert page.starting_text is not None
    assert page.starting_text.done == "Two missions were sent to the outer islands."


def test_extension_waiver_and_activities_of_the_period_are_on_the_page(
    database: Database, house: House, report_id: int
) -> None:
    with arranging(), database.transaction() as session:
        for title, year in (("Workshop", 2026), ("Old workshop", 2024)):
            activity = Activity(
                deliverable=Deliverable.SEMINAR,
                title=title,
                description="",
                language="en",
                unit_id=house.statistics,
                starts_on=date(year, 3, 2),
                created_at=clock.now(),
                created_by_id=house.focal_point.person_id,
            )
            session.add(activity)
            session.flush()
            session.add(
                ActivityLink(
                    activity_id=activity.id,
                    mandate_id=house.mandates[0],
                    contribution="Trained 24 people.",
                    linked_at=clock.now(),
                    linked_by_id=house.focal_point.person_id,
                )
            )
    with database.transaction() as session:
        extend_due_date(
            session,
            report_id=report_id,
            due_on=date(2026, 8, 31),
            reason="The census ends in July.",
            actor=house.manager,
            at=clock.now(),
        )
        waive_report(
            session,
            report_id=report_id,
            version=1,
            reason="Under water.",
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        page = page_for(session, report_id, house.viewer.person_id)

    assert [row.reason for row in page.due_dates] == ["", "The census ends in July."]
    assert page.line.overdue_at == datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
    assert page.waived is not None
    assert (page.waived.reason, page.waived.by) == ("Under water.", "Carla Coordinator")
    assert [activity.title for activity in page.activities] == ["Workshop"]


def test_a_report_that_is_not_there_has_no_page(database: Database, house: House) -> None:
    with database.reading() as session:
        found = find_report_page(session, 99, reader_id=house.viewer.person_id, at=clock.now())

    assert found is None
