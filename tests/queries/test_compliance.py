"""Counts and rows of a period agree with the rule of the domain, in few statements."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import (
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.compliance import Compliance, Standing, compliance_of
from tracker.domain.mandates import Lifecycle
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressEntry, ProgressReport
from tracker.queries.compliance import (
    ReportFilter,
    ReportOrder,
    compliance_overview,
    reports_page,
)
from tracker.queries.paging import Place
from tracker.queries.report_lines import report_lines

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
MOMENTS = [
    AT - timedelta(days=3),
    AT,
    AT + timedelta(seconds=1),
    AT + timedelta(days=14),
    AT + timedelta(days=14, seconds=1),
]


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    """Open the biennium."""
    with database.transaction() as session:
        return open_biennium(session, house).id


def set_facts(session: Session, report_id: int, **facts: object) -> None:
    report = session.get_one(ProgressReport, report_id)
    for name, value in facts.items():
        setattr(report, name, value)
    session.flush()


def test_the_database_works_compliance_out_as_the_domain_does(
    database: Database, house: House, period_id: int
) -> None:
    facts = list(product(Review, (False, True), MOMENTS, (False, True)))
    expected: dict[Compliance, int] = {}
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.trade)
        session.query(ProgressReport).update({"is_waived": True})
        for number, (review, is_waived, overdue_at, has_answer) in enumerate(facts):
            mandate = make_mandate(session, instrument, str(number), unit)
            session.add(
                ProgressReport(
                    mandate_id=mandate.id,
                    period_id=period_id,
                    unit_id=unit.id,
                    review=review,
                    is_waived=is_waived,
                    due_on=overdue_at.date(),
                    overdue_at=overdue_at,
                    opened_at=AT,
                    submitted_at=AT if has_answer else None,
                )
            )
            told = compliance_of(
                Standing(
                    review=review,
                    is_waived=is_waived,
                    due_on=overdue_at.date(),
                    overdue_at=overdue_at,
                    has_answer=has_answer,
                ),
                AT,
            )
            expected[told] = expected.get(told, 0) + 1

    with database.reading() as session:
        overview = compliance_overview(session, period_id, at=AT)
        lines = report_lines(
            session,
            ProgressReport.unit_id == house.trade,
            at=AT,
            by=(ProgressReport.id,),
            limit=500,
        )

    trade = next(unit for unit in overview.units if unit.unit_id == house.trade)
    expected[Compliance.WAIVED] += 1  # the report of the third mandate
    assert dict(trade.by_standing) == expected
    assert set(expected) == set(Compliance)
    assert {
        standing: sum(line.compliance is standing for line in lines) for standing in expected
    } == (expected)


def test_a_period_is_counted_as_a_whole_and_by_unit(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        set_facts(session, report_on(session, house.mandates[0]).id, review=Review.SUBMITTED)
        set_facts(
            session, report_on(session, house.mandates[1]).id, overdue_at=AT - timedelta(days=1)
        )
        set_facts(session, report_on(session, house.mandates[2]).id, is_waived=True)

    with database.reading() as session, counted_statements(database) as statements:
        overview = compliance_overview(session, period_id, at=AT)

    assert (overview.asked, overview.answered, overview.late) == (2, 1, 1)
    assert overview.late_unit_count == 1
    assert [(unit.unit, unit.asked, unit.late) for unit in overview.units] == [
        ("Statistics Division", 2, 1),
        ("Trade Division", 0, 0),
    ]
    assert overview.units[0].of(Compliance.UNANSWERED) == 1
    assert len(statements) == 1


def test_a_note_in_the_period_is_an_answer_of_a_kind(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        for place, noted_on in ((0, date(2026, 2, 1)), (1, date(2025, 12, 31))):
            report = report_on(session, house.mandates[place])
            set_facts(session, report.id, overdue_at=AT - timedelta(days=1))
            session.add(
                ProgressEntry(
                    mandate_id=report.mandate_id,
                    noted_on=noted_on,
                    text="A first mission.",
                    language="en",
                    written_at=AT,
                    written_by_id=house.focal_point.person_id,
                )
            )

    with database.reading() as session:
        lines = report_lines(
            session, ProgressReport.period_id == period_id, at=AT, by=(ProgressReport.id,), limit=9
        )

    assert [line.compliance for line in lines[:2]] == [Compliance.OVERDUE, Compliance.UNANSWERED]


def test_a_mandate_withdrawn_since_counts_only_if_it_was_answered(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates[:2]:
            mandate = session.get_one(Mandate, mandate_id)
            mandate.lifecycle, mandate.lifecycle_source = Lifecycle.SUPERSEDED, "14(V)"
        session.get_one(Mandate, house.mandates[2]).requires_action = False
        set_facts(session, report_on(session, house.mandates[0]).id, review=Review.CLEARED)

    with database.reading() as session:
        overview = compliance_overview(session, period_id, at=AT)

    assert (overview.asked, overview.answered) == (1, 1)


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ({}, [0, 1, 2]),
        ({"unit_id": 2}, [2]),
        ({"standing": Compliance.SUBMITTED}, [0]),
        ({"is_answered": True}, [0]),
        ({"is_open": True}, [1, 2]),
        ({"is_open": True, "unit_id": 2}, [2]),
        ({"is_late": True}, [1, 2]),
        ({"is_late": True, "unit_id": 1}, [1]),
        ({"standing": Compliance.OVERDUE}, [1]),
    ],
)
def test_each_count_leads_to_its_rows(
    database: Database,
    house: House,
    period_id: int,
    wanted: dict[str, object],
    places: list[int],
) -> None:
    late = AT - timedelta(days=1)
    facts: list[dict[str, object]] = [
        {"review": Review.SUBMITTED},
        {"review": Review.RETURNED, "submitted_at": late, "overdue_at": late},
        {"overdue_at": late},
    ]
    with arranging(), database.transaction() as session:
        for mandate_id, fact in zip(house.mandates, facts, strict=True):
            set_facts(session, report_on(session, mandate_id).id, **fact)

    with database.reading() as session:
        page = reports_page(
            session,
            ReportFilter(period_id=period_id, **wanted),  # type: ignore[arg-type]
            at=AT,
            place=Place(),
        )

    assert [line.mandate_id for line in page.rows] == [house.mandates[place] for place in places]
    assert page.total == len(places)


def test_a_long_list_is_turned_page_by_page_in_three_statements(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.trade)
        for number in range(60):
            mandate = make_mandate(session, instrument, str(number), unit)
            session.add(report_of(mandate.id, period_id, unit.id))

    wanted = ReportFilter(period_id=period_id)
    with database.reading() as session, counted_statements(database) as statements:
        first = reports_page(session, wanted, at=AT, place=Place())
    with database.reading() as session:
        second = reports_page(session, wanted, at=AT, place=Place(after=first.next_key))
        all_ids = set(session.scalars(select(ProgressReport.id)))

    assert len(statements) == 3
    assert (first.total, len(first.rows), len(second.rows)) == (63, 50, 13)
    assert {line.report_id for line in (*first.rows, *second.rows)} == all_ids
    assert first.rows[0].chapeau == "Requests the Executive Secretary:"
    assert (first.rows[0].reference.symbol, first.rows[0].reference.path) == ("12(IV)", "5.a")


def test_those_due_first_come_first_on_every_page(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        for number, report in enumerate(session.scalars(select(ProgressReport))):
            report.due_on = AT.date() - timedelta(days=number)

    wanted = ReportFilter(period_id=period_id)
    with database.reading() as session:
        page = reports_page(session, wanted, order=ReportOrder.DUE, at=AT, place=Place())

    assert [line.due_on for line in page.rows] == [
        AT.date() - timedelta(days=2),
        AT.date() - timedelta(days=1),
        AT.date(),
    ]


def test_a_report_knows_whether_its_mandate_is_asked_for_whoever_writes_it(
    database: Database, house: House, period_id: int
) -> None:
    with arranging(), database.transaction() as session:
        unit = session.get_one(OrganizationalUnit, house.trade)
        set_aside = make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", unit)
        set_aside.requires_action = False
        session.add(report_of(set_aside.id, period_id, unit.id))
        ended, _other, renewed = session.scalars(select(Mandate).limit(3))
        ended.lifecycle, ended.lifecycle_source = Lifecycle.ELAPSED, "13(IV), para. 1"
        session.flush()
        session.execute(
            update(Mandate)
            .where(Mandate.id == renewed.id)
            .values(lifecycle=Lifecycle.TERMINATED, lifecycle_source="13(IV)")
        )
        ended.lifecycle = Lifecycle.ACTIVE

    with database.reading() as session:
        told = dict(
            session.execute(select(ProgressReport.mandate_id, ProgressReport.is_asked_for)).all()
        )
        rows = session.execute(
            select(Mandate.id, Mandate.requires_action, Mandate.lifecycle).where(
                Mandate.id.in_(told)
            )
        )
        recounted = {
            mandate_id: requires_action is True and lifecycle is Lifecycle.ACTIVE
            for mandate_id, requires_action, lifecycle in rows
        }

    assert told == recounted
    assert sorted(told.values()) == [False, False, True, True]


def report_of(mandate_id: int, period_id: int, unit_id: int) -> ProgressReport:
    return ProgressReport(
        mandate_id=mandate_id,
        period_id=period_id,
        unit_id=unit_id,
        due_on=AT.date(),
        overdue_at=AT,
        opened_at=clock.now(),
    )
