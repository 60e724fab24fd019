"""Before a period is opened, one sees what it would ask of whom, and what not and why."""

from datetime import date

import pytest

from tests.audit import arranging
from tests.reporting import (
    DUE_ON,
    STARTS_ON,
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    make_person,
    make_unit,
    open_biennium,
    report_on,
)
from tracker.database import Database
from tracker.domain.asking import NotAsked
from tracker.domain.assignments import Acceptance
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.permissions import Role
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.period_preview import PeriodPreview, period_preview


def seen(database: Database) -> PeriodPreview:
    with database.reading() as session:
        return period_preview(session, starts_on=STARTS_ON, due_on=DUE_ON)


def change(database: Database, mandate_id: int, **values: object) -> None:
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, mandate_id)
        for name, value in values.items():
            setattr(mandate, name, value)


def test_one_sees_who_is_asked_what_by_when(database: Database, house: House) -> None:
    change(database, house.mandates[1], due_on=date(2026, 9, 1))

    preview = seen(database)

    assert [
        (group.unit, group.names, group.count, group.first_due_on, group.last_due_on)
        for group in preview.groups
    ] == [
        ("Statistics Division", ("Ana Focal",), 2, DUE_ON, date(2026, 9, 1)),
        ("Trade Division", ("Otto Focal",), 1, DUE_ON, DUE_ON),
    ]
    assert [line.mandate.id for line in preview.groups[0].lines] == list(house.mandates[:2])
    assert (preview.asked_count, preview.person_count, preview.unit_count) == (3, 2, 2)
    assert (preview.unanswerable, preview.left_out) == ((), ())


def test_without_a_named_focal_point_the_people_of_the_unit_are_asked(
    database: Database, house: House
) -> None:
    change(database, house.mandates[0], focal_point_id=None)
    with arranging(), database.transaction() as session:
        make_person(session, "Bea Focal", (Role.FOCAL_POINT, house.statistics))

    named, of_unit, _ = seen(database).groups

    assert (named.is_named, named.names) == (True, ("Ana Focal",))
    assert (of_unit.is_named, of_unit.names) == (False, ("Ana Focal", "Bea Focal"))


def test_where_nobody_is_there_to_answer_it_is_said_first(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        empty = make_unit(session, "empty", "Empty Unit", "UTC")
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unreached = make_mandate(session, instrument, "1", empty).id
    change(database, house.mandates[2], acceptance=Acceptance.DECLINED)

    preview = seen(database)

    assert [line.mandate.id for line in preview.unanswerable] == [house.mandates[2], unreached]
    assert preview.unanswerable_count == 2
    assert [group.unit for group in preview.groups] == ["Statistics Division"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"requires_action": False}, NotAsked.SET_ASIDE),
        ({"requires_action": None, "confirmed_at": None}, NotAsked.UNCONFIRMED),
        (
            {"lifecycle": Lifecycle.SUPERSEDED, "lifecycle_source": "14(V), para. 2"},
            NotAsked.NOT_ACTIVE,
        ),
        ({"lead_unit_id": None}, NotAsked.NOBODY),
    ],
)
def test_what_is_not_asked_about_is_told_with_the_reason(
    database: Database, house: House, changes: dict[str, object], reason: NotAsked
) -> None:
    change(database, house.mandates[0], **changes)

    (left_out,) = seen(database).left_out

    assert (left_out.reason, left_out.count) == (reason, 1)
    assert [line.mandate.id for line in left_out.lines] == [house.mandates[0]]
    assert left_out.lines[0].due_on is None


def test_what_was_cleared_as_completed_is_not_asked_about_again(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with arranging(), database.transaction() as session:
        report = report_on(session, house.mandates[0])
        report.status, report.review = Implementation.COMPLETED, Review.CLEARED

    (left_out,) = seen(database).left_out

    assert left_out.reason is NotAsked.COMPLETED


def test_the_digest_changes_with_who_is_asked(database: Database, house: House) -> None:
    before = seen(database).digest
    assert seen(database).digest == before

    with arranging(), database.transaction() as session:
        bea = make_person(session, "Bea Focal", (Role.FOCAL_POINT, house.statistics)).id
    change(database, house.mandates[0], focal_point_id=bea)

    assert seen(database).digest != before


def test_many_mandates_take_the_same_statements_and_few_are_shown(
    database: Database, house: House
) -> None:
    with database.reading() as session, counted_statements(database) as few:
        period_preview(session, starts_on=STARTS_ON, due_on=DUE_ON)
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.trade)
        otto = session.get_one(Person, house.other_focal_point.person_id)
        for number in range(60):
            make_mandate(session, instrument, str(number), unit, otto)
            make_mandate(session, instrument, f"{number}.a", None)

    with database.reading() as session, counted_statements(database) as many:
        preview = period_preview(session, starts_on=STARTS_ON, due_on=DUE_ON)

    assert len(many) == len(few)
    assert (preview.groups[1].count, len(preview.groups[1].lines)) == (61, 10)
    assert preview.ownerless is not None
    assert (preview.ownerless.count, len(preview.ownerless.lines)) == (60, 5)
