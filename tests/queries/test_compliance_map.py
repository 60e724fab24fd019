"""The map of compliance adds up to the counts of the period, and every cell to its rows."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import (
    TEXT,
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.compliance import Compliance, Lateness
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.models.progress import ProgressReport
from tracker.queries.answer_pace import find_answer_days
from tracker.queries.compliance import (
    ReportFilter,
    ReportOrder,
    all_reports,
    compliance_overview,
    counts_by_subprogramme,
    place_conditions,
)
from tracker.queries.compliance_map import compliance_map
from tracker.queries.lateness import late_counts, of_all_units
from tracker.services.progress import return_report, submit_report

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    """Open the biennium with reports on five resolutions that stand in all sorts of ways."""
    chance = Random(8)  # noqa: S311 - no secret
    with arranging(), database.transaction() as session:
        units = session.scalars(select(OrganizationalUnit)).all()
        for number in range(4):
            instrument = make_instrument(session, f"{60 + number}(V)", f"{60 + number}-v")
            for path in range(1, 6):
                make_mandate(session, instrument, str(path), chance.choice(units))
    with database.transaction() as session:
        period_id = open_biennium(session, house).id
    with arranging(), database.transaction() as session:
        for report in session.scalars(select(ProgressReport)):
            report.review = chance.choice(list(Review))
            report.is_waived = chance.random() < 0.1
            report.overdue_at = AT + timedelta(days=chance.choice([-3, 5, 50]))
    return period_id


@pytest.fixture
def subprogramme_id(database: Database, period_id: int) -> int:
    """Give every second mandate of the period a subprogramme, which no unit carries out."""
    with arranging(), database.transaction() as session:
        unit_id = session.scalars(select(OrganizationalUnit.id)).first()
        made = Subprogramme(number="2", name="Statistics", language="en")
        session.add(made)
        session.add(Subprogramme(number="1", name="Trade", language="en", unit_id=unit_id))
        session.flush()
        session.execute(update(Mandate).where(Mandate.id % 2 == 0).values(subprogramme_id=made.id))
        return made.id


def recount(session: Session, period_id: int, **narrowed: object) -> int:
    """Count the rows that the list behind a number has."""
    wanted = ReportFilter(period_id=period_id, **narrowed)  # type: ignore[arg-type]
    rows = all_reports(session, wanted, order=ReportOrder.DUE, is_descending=False, at=AT)
    return sum(1 for _row in rows)


def test_the_map_adds_up_to_the_counts_of_the_period(database: Database, period_id: int) -> None:
    with database.reading() as session, counted_statements(database) as statements:
        told = compliance_map(session, period_id, at=AT)
    with database.reading() as session:
        overview = compliance_overview(session, period_id, at=AT)

    assert len(statements) == 5
    assert told.by_standing == overview.by_standing
    assert told.units == overview.units
    for standing in Compliance:
        assert sum(row.of(standing) for row in told.rows) == overview.of(standing)
        assert sum(each.of(standing) for each in told.sessions) == overview.of(standing)
        for row in told.rows:
            assert sum(each.of(standing) for each in row.by_unit.values()) == row.of(standing)


def test_every_number_of_the_map_opens_as_many_rows(database: Database, period_id: int) -> None:
    with database.reading() as session:
        told = compliance_map(session, period_id, at=AT)
        for row in told.rows:
            for unit_id, counts in row.by_unit.items():
                narrowed = {"instrument_id": row.instrument_id, "unit_id": unit_id}
                asked = sum(counts.by_standing.values())
                assert recount(session, period_id, **narrowed) == asked
                assert recount(session, period_id, is_late=True, **narrowed) == counts.late
        for each in told.sessions:
            asked = sum(each.by_standing.values())
            assert recount(session, period_id, session_id=each.session_id or 0) == asked


def test_a_map_of_one_unit_or_subprogramme_counts_its_own_alone(
    database: Database, period_id: int, subprogramme_id: int
) -> None:
    with database.reading() as session:
        [unit_id, *_others] = session.scalars(select(OrganizationalUnit.id)).all()
        for unit, subprogramme in (
            (None, subprogramme_id), (unit_id, None), (unit_id, subprogramme_id),
        ):  # fmt: skip
            places = {"unit_id": unit, "subprogramme_id": subprogramme}
            wanted = ReportFilter(period_id, unit_id=unit, subprogramme_id=subprogramme)
            told = compliance_map(session, wanted, at=AT)
            assert 0 < told.asked < compliance_map(session, period_id, at=AT).asked
            assert told.by_standing == compliance_overview(session, wanted, at=AT).by_standing
            for row in told.rows:
                of_row = {"instrument_id": row.instrument_id, **places}
                assert recount(session, period_id, **of_row) == sum(row.by_standing.values())
                assert recount(session, period_id, is_late=True, **of_row) == row.late
            days = find_answer_days(session, period_id, *place_conditions(wanted))
            assert days is not None
            assert days.asked == told.asked


def test_the_counts_by_subprogramme_are_those_of_the_period(
    database: Database, period_id: int, subprogramme_id: int
) -> None:
    with database.reading() as session, counted_statements(database) as statements:
        told = counts_by_subprogramme(session, period_id, at=AT)
    with database.reading() as session:
        whole = compliance_overview(session, period_id, at=AT)
        own, of_unit = (
            compliance_overview(session, ReportFilter(period_id, subprogramme_id=key), at=AT)
            for key in (subprogramme_id, subprogramme_id + 1)
        )

    assert len(statements) == 1
    assert [name for name, _counts in told] == ["Trade", "Statistics", ""]
    assert told[0][1].by_standing == of_unit.by_standing
    assert told[1][1].by_standing == own.by_standing
    assert sum(counts.late for _name, counts in told) == whole.late
    assert sum(counts.asked for _name, counts in told) == whole.asked


def test_how_long_reports_are_overdue_is_counted_as_they_are_listed(
    database: Database, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        for place, report in enumerate(session.scalars(select(ProgressReport))):
            report.overdue_at = AT - timedelta(days=(0, 7, 8, 14, 30, 31, 400, -1)[place % 8])

    with database.reading() as session, counted_statements(database) as statements:
        told = late_counts(session, ProgressReport.period_id == period_id, at=AT)
    with database.reading() as session:
        overview = compliance_overview(session, period_id, at=AT)
        for each in [*told, of_all_units(told)]:
            places = {} if each.unit_id is None else {"unit_id": each.unit_id}
            for lateness in Lateness:
                listed = recount(session, period_id, late_for=lateness, **places)
                assert listed == each.by_lateness.get(lateness, 0)

    assert len(statements) == 1
    assert of_all_units(told).total == overview.late
    assert all(of_all_units(told).by_lateness[lateness] for lateness in Lateness)


def test_a_large_map_has_parts_those_with_most_late_first(
    database: Database, period_id: int
) -> None:
    with database.reading() as session:
        whole = compliance_map(session, period_id, at=AT)
        most = 2 * len(whole.units)
        parts = [
            compliance_map(session, period_id, at=AT, part=part, most=most) for part in (1, 2, 3)
        ]
        after_the_last = compliance_map(session, period_id, at=AT, part=9, most=most)

    rows = [row for part in parts for row in part.rows]
    assert [len(part.rows) for part in parts] == [2, 2, 1]
    assert [part.first for part in parts] == [1, 3, 5]
    assert after_the_last == parts[-1]
    assert sorted(row.symbol for row in rows) == sorted(row.symbol for row in whole.rows)
    late = [[row.late for row in part.rows] for part in parts]
    assert min(late[0]) >= max(late[1])
    assert min(late[1]) >= max(late[2])
    assert all(part.units == whole.units for part in parts)
    assert all(part.sessions == whole.sessions for part in parts)


def test_the_days_of_first_texts_are_those_of_the_first_submission(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        period_id, due_on, report_id = (
            period.id,
            period.due_on,
            report_on(session, house.mandates[0]).id,
        )
        first, later = clock.now(), clock.now() + timedelta(days=3)
        submit_report(
            session, report_id=report_id, version=1, text=TEXT, actor=house.focal_point, at=first
        )
        return_report(
            session, report_id=report_id, version=2, remark="Which?", actor=house.manager, at=later
        )
        submit_report(
            session, report_id=report_id, version=3, text=TEXT, actor=house.focal_point, at=later
        )

    with database.reading() as session:
        days = find_answer_days(session, period_id)
        assert find_answer_days(session, period_id + 1) is None

    assert days is not None
    assert (days.due_on, days.asked) == (due_on, len(house.mandates))
    assert days.first_texts == {first.date(): 1}
