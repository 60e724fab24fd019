"""Two levels of clearance: what passes them, who clears where, what a changed rule does."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.furniture import put
from tests.reporting import (
    TEXT,
    House,
    make_house,
    make_person,
    open_biennium,
    open_year,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, WrongState
from tracker.domain.permissions import Actor, Capacity, Role, StandIn
from tracker.domain.workflow import Level, Review, Stage
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.models.progress import Clearance, ProgressReport
from tracker.models.reminders import Delivery, Notification
from tracker.queries.clearance_rules import second_level
from tracker.queries.last_said import last_said
from tracker.queries.review_queue import review_queue
from tracker.queries.work import waiting_counts
from tracker.services.assignments import assign_mandate
from tracker.services.attestations import take_back_report
from tracker.services.clearance_rules import set_second_clearance
from tracker.services.progress import clear_report, clear_several, return_report, submit_report
from tracker.services.reminders import plan_reminders
from tracker.services.units import close_unit

AT_SECOND = Stage(Review.SUBMITTED, Level.SECOND)


def make_two_levels(session: Session) -> tuple[House, int]:
    """Let the texts of Statistics be cleared a second time by Trade; one waits for the first."""
    house = make_house(session)
    open_biennium(session, house)
    session.get_one(OrganizationalUnit, house.statistics).second_clearance_unit_id = house.trade
    report_id = report_on(session, house.mandates[0]).id
    submit(session, report_id, house.focal_point)
    return house, report_id


@pytest.fixture
def two_levels(database: Database) -> tuple[House, int]:
    return put(database, make_two_levels)


@pytest.fixture
def house(two_levels: tuple[House, int]) -> House:
    return two_levels[0]


@pytest.fixture
def report_id(two_levels: tuple[House, int]) -> int:
    return two_levels[1]


def version_of(session: Session, report_id: int) -> int:
    return session.get_one(ProgressReport, report_id).version


def submit(session: Session, report_id: int, actor: Actor) -> None:
    submit_report(
        session,
        report_id=report_id,
        version=version_of(session, report_id),
        text=TEXT,
        actor=actor,
        at=clock.now(),
    )


def clear(session: Session, report_id: int, actor: Actor) -> Stage:
    version = version_of(session, report_id)
    return clear_report(
        session, report_id=report_id, version=version, actor=actor, at=clock.now()
    ).stage


def give_back(session: Session, report_id: int, actor: Actor) -> None:
    return_report(
        session,
        report_id=report_id,
        version=version_of(session, report_id),
        remark="Which islands?",
        actor=actor,
        at=clock.now(),
    )


def set_rule(session: Session, house: House, second_unit_id: int | None) -> None:
    unit = session.get_one(OrganizationalUnit, house.statistics)
    set_second_clearance(
        session,
        unit_id=unit.id,
        version=unit.version,
        second_unit_id=second_unit_id,
        actor=house.coordinator,
        at=clock.now(),
    )


def test_a_text_is_cleared_once_both_levels_have_cleared_it(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        assert clear(session, report_id, house.manager) == AT_SECOND
        assert session.get_one(ProgressReport, report_id).cleared_at is None
    with database.transaction() as session:
        assert clear(session, report_id, house.other_manager).review is Review.CLEARED
        assert session.get_one(ProgressReport, report_id).cleared_at == clock.now()
        decisions = session.execute(
            select(Clearance.level, Clearance.decided_by_id).order_by(Clearance.id)
        ).all()
        assert decisions == [
            (Level.FIRST, house.manager.person_id),
            (Level.SECOND, house.other_manager.person_id),
        ]


def test_after_the_first_clearance_it_goes_from_one_queue_to_the_other(
    database: Database, house: House, report_id: int
) -> None:
    with database.reading() as session:
        assert waiting_counts(session, house.manager).to_clear == 1
        assert review_queue(session, house.other_manager, at=clock.now()).total == 0
    with database.transaction() as session:
        clear(session, report_id, house.manager)

    with database.reading() as session:
        first = review_queue(session, house.manager, at=clock.now())
        second = review_queue(session, house.other_manager, at=clock.now())
        assert (first.total, waiting_counts(session, house.manager).to_clear) == (0, 0)
        assert [each.line.second_unit for each in first.passed_on] == ["Trade Division"]
        assert waiting_counts(session, house.other_manager).to_clear == 1
    cleared_first = second.items[0].cleared_first
    assert cleared_first is not None
    assert (cleared_first.by.name, cleared_first.at) == ("Mona Manager", clock.now())


@pytest.mark.parametrize("name", ["focal_point", "manager", "coordinator", "viewer"])
def test_the_second_level_is_cleared_by_its_manager_alone(
    database: Database, house: House, report_id: int, name: str
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)

    with pytest.raises(NotAllowed), database.transaction() as session:
        clear(session, report_id, getattr(house, name))


def test_nobody_clears_both_levels_or_their_own_text_at_the_second(
    database: Database, house: House, report_id: int
) -> None:
    both = frozenset({(Role.MANAGER, house.statistics), (Role.MANAGER, house.trade)})
    with database.transaction() as session:
        second = report_on(session, house.mandates[1]).id
        person_id = make_person(session, "Bo Both", *both).id
        of_both = Actor(person_id, "Bo Both", "en", "UTC", both)
        submit(session, second, of_both)
        clear(session, second, house.manager)
        clear(session, report_id, of_both)

    with database.reading() as session:
        assert review_queue(session, of_both, at=clock.now()).for_me == 0
        assert waiting_counts(session, of_both).to_clear == 0
    for refused, words in ((report_id, "at the first level"), (second, "yourself")):
        with pytest.raises(NotAllowed, match=words), database.transaction() as session:
            clear(session, refused, of_both)


def test_an_officer_in_charge_clears_at_the_second_level_but_not_for_who_cleared_the_first(
    database: Database, house: House, report_id: int
) -> None:
    def officer_for(absent: Actor) -> Actor:
        until = date(2100, 1, 1)
        roles = frozenset({(Role.MANAGER, house.trade)})
        stand_in = StandIn(absent.person_id, absent.name, Capacity.OFFICER_IN_CHARGE, until, roles)
        viewer = house.viewer
        return Actor(viewer.person_id, viewer.name, "en", "UTC", viewer.roles, False, (stand_in,))

    with database.transaction() as session:
        clear(session, report_id, house.manager)
    with pytest.raises(NotAllowed, match="Mona Manager"), database.transaction() as session:
        clear(session, report_id, officer_for(house.manager))
    with database.transaction() as session:
        assert clear(session, report_id, officer_for(house.other_manager)).review is Review.CLEARED

        newest = session.scalars(select(Clearance).order_by(Clearance.id.desc())).first()
        assert newest is not None
        assert newest.in_place_of_id == house.other_manager.person_id


def test_what_the_second_level_returns_passes_both_levels_again(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)
        give_back(session, report_id, house.other_manager)
    with database.reading() as session:
        [seen] = review_queue(session, house.manager, at=clock.now()).passed_on
        assert seen.remark is not None
        assert (seen.line.review, seen.remark.words) == (Review.RETURNED, "Which islands?")
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        assert clear(session, report_id, house.manager) == AT_SECOND


def test_the_first_manager_can_still_return_what_waits_at_the_second_level(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)
        give_back(session, report_id, house.manager)

        newest = session.scalars(select(Clearance).order_by(Clearance.id.desc())).first()
        assert newest is not None
        assert (newest.level, newest.is_cleared) == (Level.FIRST, False)


def test_what_a_manager_has_decided_on_is_not_taken_back(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)

    with pytest.raises(WrongState), database.transaction() as session:
        take_back_report(
            session,
            report_id=report_id,
            version=version_of(session, report_id),
            actor=house.focal_point,
            at=clock.now(),
        )


def test_several_are_passed_on_at_once(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        second = report_on(session, house.mandates[1]).id
        submit(session, second, house.focal_point)
        versions = {each: version_of(session, each) for each in (report_id, second)}
        passed = clear_several(session, versions=versions, actor=house.manager, at=clock.now())

    assert [report.stage for report in passed] == [AT_SECOND, AT_SECOND]


def test_a_change_of_the_rule_leaves_what_waits_at_the_second_level_there(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        second = report_on(session, house.mandates[1]).id
        submit(session, second, house.focal_point)
        clear(session, report_id, house.manager)
        set_rule(session, house, None)

    with database.transaction() as session:
        assert second_level(session, house.statistics).waiting == [("Trade Division", 1)]
        assert clear(session, second, house.manager).review is Review.CLEARED
        assert clear(session, report_id, house.other_manager).review is Review.CLEARED


def test_a_report_that_moves_to_another_unit_begins_there_at_the_first_level(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)
        mandate = session.get_one(Mandate, house.mandates[0])
        assign_mandate(
            session,
            mandate_id=mandate.id,
            version=mandate.version,
            unit_id=house.trade,
            focal_point_id=house.other_focal_point.person_id,
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.transaction() as session:
        report = session.get_one(ProgressReport, report_id)
        assert (report.unit_id, report.stage) == (house.trade, Stage(Review.SUBMITTED))
        assert clear(session, report_id, house.other_manager).review is Review.CLEARED


def test_only_a_text_cleared_at_the_last_level_counts_as_cleared_in_the_next_period(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        clear(session, report_id, house.manager)
        later = open_year(session, house, 2028)
        assert not last_said(session, [later])[later].is_cleared
    with database.transaction() as session:
        clear(session, report_id, house.other_manager)
        assert last_said(session, [later])[later].is_cleared


def test_the_managers_of_the_second_level_are_reminded_and_those_of_the_first_no_more(
    database: Database, house: House, report_id: int
) -> None:
    def told(session: Session) -> set[int]:
        plan_reminders(session, at=clock.now())
        pending = select(Notification.recipient_id).where(
            Notification.report_id == report_id,
            Notification.kind == "clearance",
            Notification.state == Delivery.PENDING,
        )
        return set(session.scalars(pending))

    with database.transaction() as session:
        assert told(session) == {house.manager.person_id}
        clear(session, report_id, house.manager)
        assert told(session) == {house.other_manager.person_id}


def test_a_change_of_the_rule_is_kept_with_who_made_it(database: Database, house: House) -> None:
    with database.transaction() as session:
        set_rule(session, house, None)
    with database.transaction() as session:
        set_rule(session, house, None)

        [change] = second_level(session, house.statistics).changes
        assert (change.by, change.before, change.after) == (
            "Carla Coordinator",
            "Trade Division",
            None,
        )
        told = select(AuditEntry).where(AuditEntry.action == "unit.second_clearance")
        assert len(session.scalars(told).all()) == 1


@pytest.mark.parametrize("choice", ["itself", "closed", "unknown"])
def test_a_unit_that_cannot_clear_is_not_chosen(
    database: Database, house: House, choice: str
) -> None:
    with arranging(), database.transaction() as session:
        closed = OrganizationalUnit(
            key="gone", name="Gone", language="en", kind=UnitKind.OFFICE, closed_at=clock.now()
        )
        session.add(closed)
        session.flush()
        chosen = {"itself": house.statistics, "closed": closed.id, "unknown": 999}[choice]

    with pytest.raises(Invalid) as refusal, database.transaction() as session:
        set_rule(session, house, chosen)
    assert refusal.value.field == "second_unit_id"


def test_managers_do_not_choose_who_clears_after_them(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        set_second_clearance(
            session,
            unit_id=house.statistics,
            version=1,
            second_unit_id=None,
            actor=house.manager,
            at=clock.now(),
        )


def test_a_unit_that_clears_for_another_is_not_closed(
    database: Database, house: House, report_id: int
) -> None:
    def close(session: Session) -> None:
        session.get_one(Mandate, house.mandates[2]).lead_unit_id = house.statistics
        session.flush()
        administrator = Actor(1, "Ada", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)}))
        unit = session.get_one(OrganizationalUnit, house.trade)
        close_unit(
            session,
            unit_id=unit.id,
            version=unit.version,
            actor=administrator,
            at=clock.now(),
        )

    with pytest.raises(WrongState, match="Statistics Division"), database.transaction() as session:
        close(session)
    with database.transaction() as session:
        clear(session, report_id, house.manager)
        set_rule(session, house, None)
    with pytest.raises(WrongState, match="second level"), database.transaction() as session:
        close(session)
