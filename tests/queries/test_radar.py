"""The radar finds each gap and each thing that does not fit, and only these."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
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
from tracker.domain.activities import Deliverable
from tracker.domain.assignments import Acceptance
from tracker.domain.links import LinkProblem
from tracker.domain.mandates import Implementation, Lifecycle, Periodicity
from tracker.domain.radar import SHOWN, RadarKind
from tracker.domain.workflow import Review
from tracker.models.activities import Activity, ActivityLink
from tracker.models.evidence import Evidence, LinkCheck
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.queries.radar import radar
from tracker.queries.workload import workloads
from tracker.services.progress import submit_report

Arrange = Callable[[Session, House], None]


@pytest.fixture
def ready(database: Database, house: House) -> House:
    """Open the biennium, with an activity for each mandate that bears a title of its own."""
    with arranging(), database.transaction() as session:
        for number, mandate_id in enumerate(house.mandates):
            activity = add_activity(session, house, f"Atlas {number}")
            link(session, house, activity, mandate_id)
    with database.transaction() as session:
        open_biennium(session, house)
    return house


def add_activity(session: Session, house: House, title: str) -> Activity:
    activity = Activity(
        title=title,
        description="",
        language="en",
        deliverable=Deliverable.PUBLICATION,
        unit_id=house.trade,
        starts_on=date(2026, 3, 1),
        created_at=clock.now(),
        created_by_id=house.coordinator.person_id,
    )
    session.add(activity)
    session.flush()
    return activity


def link(session: Session, house: House, activity: Activity, mandate_id: int) -> None:
    session.add(
        ActivityLink(
            activity_id=activity.id,
            mandate_id=mandate_id,
            contribution="Tells how many.",
            linked_at=clock.now(),
            linked_by_id=house.coordinator.person_id,
        )
    )


def submit(session: Session, house: House, at: datetime) -> ProgressReport:
    report = report_on(session, house.mandates[0])
    return submit_report(
        session,
        report_id=report.id,
        version=report.version,
        text=TEXT,
        actor=house.focal_point,
        at=at,
    )


def leave_without_unit(session: Session, house: House) -> None:
    unit = session.get_one(OrganizationalUnit, house.trade)
    mandate = make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", unit)
    mandate.lead_unit_id = mandate.focal_point_id = None
    link(session, house, add_activity(session, house, "Atlas of nobody"), mandate.id)


def decline(session: Session, house: House) -> None:
    session.get_one(Mandate, house.mandates[0]).acceptance = Acceptance.DECLINED


def let_lie(session: Session, house: House) -> None:
    submit(session, house, clock.now() - timedelta(days=15))


def take_activity_away(session: Session, house: House) -> None:
    unit = session.get_one(OrganizationalUnit, house.trade)
    make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", unit)


def link_to_nothing(session: Session, house: House) -> None:
    add_activity(session, house, "Atlas of nothing")


def complete_what_recurs(session: Session, house: House) -> None:
    session.get_one(Mandate, house.mandates[0]).periodicity = Periodicity.RECURRING
    submit(session, house, clock.now()).status = Implementation.COMPLETED


def complete_before_its_end(session: Session, house: House) -> None:
    session.get_one(Mandate, house.mandates[0]).periodicity = Periodicity.ONE_OFF
    session.execute(update(Activity).values(ends_on=clock.now().date() + timedelta(days=90)))
    submit(session, house, clock.now()).status = Implementation.COMPLETED


def lose_evidence(session: Session, house: House) -> None:
    evidence = Evidence(
        report_id=report_on(session, house.mandates[0]).id,
        name="Report",
        address="https://example.org/gone",
        added_at=clock.now(),
        added_by_id=house.focal_point.person_id,
    )
    session.add(evidence)
    session.flush()
    session.add(
        LinkCheck(
            evidence_id=evidence.id,
            checked_at=clock.now(),
            next_check_at=clock.now(),
            problem=LinkProblem.GONE,
            failure_count=3,
            dead_since=clock.now(),
        )
    )


def repeat_an_activity(session: Session, house: House) -> None:
    link(session, house, add_activity(session, house, "ATLAS 0"), house.mandates[0])


def found(database: Database, house: House) -> dict[RadarKind, int]:
    with database.reading() as session:
        findings = radar(session, seen_by=house.coordinator, at=clock.now())
    assert [finding.kind for finding in findings] == list(RadarKind)
    assert all(len(finding.first) == min(finding.count, SHOWN) for finding in findings)
    return {finding.kind: finding.count for finding in findings if finding.count}


def test_where_nothing_is_missing_nothing_is_found(database: Database, ready: House) -> None:
    assert found(database, ready) == {}


@pytest.mark.parametrize(
    ("arrange", "kind", "count"),
    [
        (leave_without_unit, RadarKind.NOBODY, 1),
        (decline, RadarKind.DECLINED, 1),
        (let_lie, RadarKind.LYING, 1),
        (take_activity_away, RadarKind.WITHOUT_ACTIVITY, 1),
        (link_to_nothing, RadarKind.ACTIVITY_WITHOUT_MANDATE, 1),
        (complete_what_recurs, RadarKind.CONTRADICTION, 1),
        (complete_before_its_end, RadarKind.CONTRADICTION, 1),
        (lose_evidence, RadarKind.DEAD_LINK, 1),
        (repeat_an_activity, RadarKind.SAME_ACTIVITY, 2),
    ],
)
def test_each_kind_is_found_and_nothing_else(
    database: Database, ready: House, arrange: Arrange, kind: RadarKind, count: int
) -> None:
    with arranging(), database.transaction() as session:
        arrange(session, ready)

    assert found(database, ready) == {kind: count}


def test_what_is_settled_is_gone(database: Database, ready: House) -> None:
    with arranging(), database.transaction() as session:
        decline(session, ready)
        let_lie(session, ready)
        session.get_one(Mandate, ready.mandates[0]).lifecycle = Lifecycle.TERMINATED
        session.get_one(Mandate, ready.mandates[0]).lifecycle_source = "14(V), para. 2"
        report_on(session, ready.mandates[0]).review = Review.CLEARED

    assert found(database, ready) == {}


def test_the_radar_takes_a_fixed_number_of_statements(database: Database, ready: House) -> None:
    with arranging(), database.transaction() as session:
        for number in range(SHOWN + 2):
            link_to_nothing(session, ready)
            unit = session.get_one(OrganizationalUnit, ready.trade)
            instrument = make_instrument(session, f"{20 + number}(IV)", f"{20 + number}-iv")
            make_mandate(session, instrument, "1", unit)

    with database.reading() as session, counted_statements(database) as statements:
        radar(session, seen_by=ready.coordinator, at=clock.now())

    assert len(statements) <= 2 * len(RadarKind) + 4


def test_a_persons_work_is_counted(database: Database, ready: House) -> None:
    with arranging(), database.transaction() as session:
        submit(session, ready, clock.now())
        late = report_on(session, ready.mandates[1])
        late.overdue_at = clock.now() - timedelta(days=1)

    with database.reading() as session:
        told = {each.name: each for each in workloads(session, at=clock.now())}

    ana, otto = told["Ana Focal"], told["Otto Focal"]
    assert (ana.mandates, ana.to_write, ana.late) == (2, 1, 1)
    assert (otto.mandates, otto.to_write, otto.late) == (1, 1, 0)
