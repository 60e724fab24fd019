"""What waits for a person is listed once, the most urgent first, with what was said before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.differences import PartKind
from tracker.domain.mandates import Implementation
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Actor, Role
from tracker.domain.progress import Hindrance
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.review_queue import review_queue
from tracker.queries.work import MyWork, my_work, waiting_counts
from tracker.services.periods import freeze_period, lock_period, open_period
from tracker.services.progress import clear_report, return_report, submit_report

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def reports(database: Database, house: House) -> tuple[int, int, int]:
    """Open the biennium and return its reports."""
    with database.transaction() as session:
        open_biennium(session, house)
        ids = [report_on(session, mandate_id).id for mandate_id in house.mandates]
    return ids[0], ids[1], ids[2]


def submit(session: Session, report_id: int, actor: Actor, done: str = TEXT.done) -> None:
    submit_report(
        session,
        report_id=report_id,
        version=session.get_one(ProgressReport, report_id).version,
        text=replace(TEXT, done=done),
        actor=actor,
        at=clock.now(),
    )


def give_back(session: Session, report_id: int, actor: Actor) -> None:
    return_report(
        session,
        report_id=report_id,
        version=session.get_one(ProgressReport, report_id).version,
        remark="Which islands?",
        actor=actor,
        at=clock.now(),
    )


def groups(work: MyWork) -> dict[str, list[int]]:
    names = ("returned", "overdue", "this_week", "later")
    return {
        name: [item.line.report_id for item in getattr(work, name)]
        for name in names
        if getattr(work, name)
    }


@pytest.mark.parametrize(
    ("overdue_at", "group"),
    [
        (AT, "overdue"),
        (AT + timedelta(seconds=1), "this_week"),
        (AT + timedelta(days=7), "this_week"),
        (AT + timedelta(days=7, seconds=1), "later"),
    ],
)
def test_a_report_stands_in_the_group_of_its_urgency(
    database: Database,
    house: House,
    reports: tuple[int, int, int],
    overdue_at: datetime,
    group: str,
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(ProgressReport, reports[0]).overdue_at = overdue_at
        session.get_one(ProgressReport, reports[1]).is_waived = True

    with database.reading() as session:
        work = my_work(session, house.focal_point, at=AT)

    assert groups(work) == {group: [reports[0]]}
    assert work.total == 1


def test_a_returned_report_comes_with_the_newest_remark(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point)
        give_back(session, reports[0], house.manager)

    with database.reading() as session, counted_statements(database) as statements:
        work = my_work(session, house.focal_point, at=AT)

    assert groups(work) == {"returned": [reports[0]], "later": [reports[1]]}
    remark = work.returned[0].remark
    assert remark is not None
    assert (remark.words, remark.by) == ("Which islands?", "Mona Manager")
    assert len(statements) == 5


def test_a_report_of_the_unit_without_a_focal_point_waits_for_all_of_them(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(ProgressReport, reports[1]).focal_point_id = None

    with database.reading() as session:
        hers = my_work(session, house.focal_point, at=AT)
        his = my_work(session, house.other_focal_point, at=AT)
        counted = [
            waiting_counts(session, actor).to_write
            for actor in (house.focal_point, house.other_focal_point, house.viewer)
        ]

    assert groups(hers) == {"later": [reports[0], reports[1]]}
    assert groups(his) == {"later": [reports[2]]}
    assert counted == [2, 1, 0]


def test_answered_reports_and_those_of_a_locked_period_do_not_wait(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point)
    with database.reading() as session:
        assert groups(my_work(session, house.focal_point, at=AT)) == {"later": [reports[1]]}

    with database.transaction() as session:
        lock_period(session, period_id=1, version=1, actor=house.coordinator, at=AT)
    with database.reading() as session:
        assert my_work(session, house.focal_point, at=AT).total == 0


def test_what_the_final_edition_came_too_early_for_waits_for_nobody(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point)
        period = session.get_one(ReportingPeriod, 1)
        freeze_period(session, period=period, edition_number=1, actor=house.editor, at=AT)

    with database.reading() as session:
        assert review_queue(session, house.manager, at=AT).total == 0
        assert waiting_counts(session, house.manager).to_clear == 0
        assert my_work(session, house.focal_point, at=AT).waiting == ()


def test_the_queue_begins_with_what_waits_longest(
    database: Database, house: House, reports: tuple[int, int, int], travel: Travel
) -> None:
    for report_id, actor in (
        (reports[1], house.focal_point),
        (reports[0], house.manager),
        (reports[2], house.other_focal_point),
    ):
        with database.transaction() as session:
            submit(session, report_id, actor)
        travel.by(timedelta(hours=1))

    with database.reading() as session, counted_statements(database) as statements:
        queue = review_queue(session, house.manager, at=clock.now())

    assert [item.line.report_id for item in queue.items] == [reports[1], reports[0]]
    assert [(item.said_by.name, item.hindrance) for item in queue.items] == [
        ("Ana Focal", None),
        ("Mona Manager", Hindrance.OWN_TEXT),
    ]
    assert [(part.field, part.words) for part in queue.items[0].fields] == [
        ("done", TEXT.done),
        ("next_steps", TEXT.next_steps),
    ]
    assert len(statements) == 7


def test_the_queue_of_a_manager_of_the_house_holds_every_unit_and_nobody_elses_any(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point)
        submit(session, reports[2], house.other_focal_point)
    director = replace(house.editor, roles=frozenset({(Role.MANAGER, None)}))

    with database.reading() as session:
        of_director = review_queue(session, director, at=AT)
        of_viewer = review_queue(session, house.viewer, at=AT)

    assert {item.line.report_id for item in of_director.items} == {reports[0], reports[2]}
    assert (of_viewer.items, of_viewer.total) == ((), 0)


def test_the_header_counts_what_one_has_to_write_and_can_clear(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[1], house.manager)

    with database.reading() as session:
        hers = waiting_counts(session, house.focal_point)
        own_text = waiting_counts(session, house.manager)
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point)
    with database.reading() as session:
        others_text = waiting_counts(session, house.manager)

    assert (hers.to_write, hers.to_clear, hers.total) == (1, 0, 1)
    assert own_text.total == 0
    assert others_text.to_clear == 1


def test_what_was_said_last_period_comes_with_work_and_queue(
    database: Database, house: House, reports: tuple[int, int, int]
) -> None:
    with database.transaction() as session:
        submit(session, reports[0], house.focal_point, "Two missions were sent.")
        clear_report(session, report_id=reports[0], version=2, actor=house.manager, at=AT)
        submit(session, reports[1], house.focal_point, "Nothing yet.")
        later = open_period(
            session,
            starts_on=date(2028, 1, 1),
            ends_on=date(2029, 12, 31),
            plan=PeriodPlan(date(2029, 6, 30)),
            actor=house.coordinator,
            at=AT,
        )
    assert isinstance(later, ReportingPeriod)

    with database.reading() as session:
        items = my_work(session, house.focal_point, at=AT).later
    with database.transaction() as session:
        submit(session, items[0].line.report_id, house.focal_point, "Three missions were sent.")
    with database.reading() as session:
        queue = review_queue(session, house.manager, at=AT)

    last = [item.last for item in items]
    assert last[0] is not None
    assert last[1] is not None
    assert (last[0].period_name, last[0].is_cleared, last[0].said_by) == (
        "2026-2027",
        True,
        "Ana Focal",
    )
    assert last[0].text.status is Implementation.IN_PROGRESS
    assert (last[1].is_cleared, last[1].text.done) == (False, "Nothing yet.")
    newest = next(item for item in queue.items if item.line.period_name == "2028-2029")
    assert newest.fields[0].difference is not None
    assert [(part.kind, part.words) for part in newest.fields[0].difference] == [
        (PartKind.REMOVED, "Two "),
        (PartKind.ADDED, "Three "),
        (PartKind.SAME, "missions were sent. "),
    ]
