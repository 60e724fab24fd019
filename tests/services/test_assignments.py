"""A mandate is given to a unit and a focal point, and the reports of open periods follow."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import (
    ADOPTED_ON,
    House,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance, Answerers, AssignmentOrder
from tracker.domain.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Instrument
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.people import Person
from tracker.models.progress import Contribution, DueDate
from tracker.services.assignments import (
    Effect,
    assign_each,
    assign_mandate,
    rehearse_assignments,
)

DUE_ON = date(2026, 12, 1)


@pytest.fixture
def ownerless(database: Database, house: House) -> int:
    """Return a mandate that requires our action and has no lead unit."""
    return make_free(database, requires_action=True)


def make_free(database: Database, *, requires_action: bool | None) -> int:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        return make_mandate(session, instrument, "1", None, requires_action=requires_action).id


def assign(
    database: Database,
    house: House,
    mandate_id: int,
    *,
    version: int = 1,
    unit_id: int | None = None,
    focal_point_id: int | None = None,
    due_on: date | None = None,
    actor: Actor | None = None,
) -> None:
    with database.transaction() as session:
        assign_mandate(
            session,
            mandate_id=mandate_id,
            version=version,
            unit_id=house.statistics if unit_id is None else unit_id,
            focal_point_id=focal_point_id,
            due_on=due_on,
            actor=actor or house.coordinator,
            at=clock.now(),
        )


def test_an_assignment_holds_on_the_mandate_and_in_its_history(
    database: Database, house: House, ownerless: int
) -> None:
    ana = house.focal_point.person_id

    assign(database, house, ownerless, focal_point_id=ana, due_on=DUE_ON)

    with database.reading() as session:
        mandate = session.get_one(Mandate, ownerless)
        row = session.scalars(select(Assignment).where(Assignment.mandate_id == ownerless)).one()
    assert (mandate.lead_unit_id, mandate.focal_point_id) == (house.statistics, ana)
    assert mandate.due_on == DUE_ON
    assert (row.unit_id, row.person_id, row.due_on) == (house.statistics, ana, DUE_ON)
    assert row.assigned_by_id == house.coordinator.person_id


def test_the_audit_trail_names_unit_and_person(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, focal_point_id=house.focal_point.person_id, due_on=DUE_ON)

    with database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "assign_mandate")
        ).one()
    assert entry.before is not None
    assert not any(entry.before.values())
    assert entry.after is not None
    assert entry.after["unit"] == "Statistics Division"
    assert entry.after["focal_point"] == "Ana Focal"
    assert entry.after["due_on"] == "2026-12-01"


def test_a_focal_point_whom_the_session_knows_already_is_taken(
    database: Database, house: House, ownerless: int
) -> None:
    with database.transaction() as session:
        ana = session.get_one(Person, house.focal_point.person_id)

        mandate = assign_mandate(
            session,
            mandate_id=ownerless,
            version=1,
            unit_id=house.statistics,
            focal_point_id=ana.id,
            actor=house.coordinator,
            at=clock.now(),
        )

    assert mandate.focal_point_id == ana.id


def test_several_mandates_are_given_to_one_unit_in_one_step(
    database: Database, house: House
) -> None:
    orders = [AssignmentOrder(key, 1, Answerers(house.trade)) for key in house.mandates]

    with database.transaction() as session:
        assign_each(session, orders, actor=house.coordinator, at=clock.now())

    with database.reading() as session:
        mandates = session.scalars(select(Mandate).where(Mandate.id.in_(house.mandates))).all()
    assert {mandate.lead_unit_id for mandate in mandates} == {house.trade}


def test_one_refused_mandate_leaves_all_as_they_were(database: Database, house: House) -> None:
    unconfirmed = make_free(database, requires_action=None)
    keys = (house.mandates[0], unconfirmed)
    orders = [AssignmentOrder(key, 1, Answerers(house.trade)) for key in keys]

    with pytest.raises(WrongState), database.transaction() as session:
        assign_each(session, orders, actor=house.coordinator, at=clock.now())

    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).lead_unit_id == house.statistics
        assert session.scalars(select(Assignment)).all() == []


def test_an_open_period_asks_the_new_owner(
    database: Database, house: House, ownerless: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    assign(database, house, ownerless, focal_point_id=house.focal_point.person_id)

    with database.reading() as session:
        report = report_on(session, ownerless)
    assert (report.unit_id, report.focal_point_id) == (
        house.statistics,
        house.focal_point.person_id,
    )


def test_a_report_follows_its_mandate_with_a_further_due_date(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    assign(database, house, house.mandates[0], unit_id=house.trade, due_on=DUE_ON)

    with database.reading() as session:
        report = report_on(session, house.mandates[0])
        history = session.scalars(
            select(DueDate.due_on).where(DueDate.report_id == report.id).order_by(DueDate.id)
        ).all()
    assert (report.unit_id, report.due_on) == (house.trade, DUE_ON)
    assert history == [date(2026, 6, 30), DUE_ON]


def test_assigning_the_same_again_appends_nothing(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless)

    assign(database, house, ownerless, version=2)

    with database.reading() as session:
        rows = session.scalars(select(Assignment).where(Assignment.mandate_id == ownerless)).all()
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("requires_action", "sentence"),
    [
        (None, r"Nobody has confirmed yet that 13\(IV\), para. 1 asks something of us"),
        (False, r"13\(IV\), para. 1 is set aside as asking nothing of us"),
    ],
    ids=["unconfirmed", "set aside"],
)
def test_only_what_requires_our_action_is_assigned(
    database: Database, house: House, requires_action: bool | None, sentence: str
) -> None:
    mandate_id = make_free(database, requires_action=requires_action)

    with pytest.raises(WrongState, match=sentence):
        assign(database, house, mandate_id)


def test_a_due_date_before_the_adoption_is_refused(
    database: Database, house: House, ownerless: int
) -> None:
    with pytest.raises(Invalid, match="lies before the adoption on 2025-05-16") as refused:
        assign(database, house, ownerless, due_on=date(2025, 5, 15))

    assert refused.value.field == "due_on"


def test_a_due_date_on_the_day_of_adoption_is_taken(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, due_on=ADOPTED_ON)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).due_on == ADOPTED_ON


def test_a_focal_point_of_another_unit_is_refused(
    database: Database, house: House, ownerless: int
) -> None:
    otto = house.other_focal_point.person_id

    with pytest.raises(Invalid, match="Otto Focal has no role in Statistics Division") as refused:
        assign(database, house, ownerless, focal_point_id=otto)

    assert refused.value.field == "focal_point_id"


def test_somebody_who_may_only_read_is_no_focal_point(
    database: Database, house: House, ownerless: int
) -> None:
    with pytest.raises(Invalid, match="Vera Viewer has no role"):
        assign(database, house, ownerless, focal_point_id=house.viewer.person_id)


def test_somebody_who_left_is_no_focal_point(
    database: Database, house: House, ownerless: int
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).is_active = False

    with pytest.raises(Invalid, match="cannot sign in any more"):
        assign(database, house, ownerless, focal_point_id=house.focal_point.person_id)


def test_a_stale_assignment_is_refused(database: Database, house: House, ownerless: int) -> None:
    with pytest.raises(Stale):
        assign(database, house, ownerless, version=7)


def test_a_unit_that_is_not_there_is_refused(
    database: Database, house: House, ownerless: int
) -> None:
    with pytest.raises(Invalid, match="There is no such unit"):
        assign(database, house, ownerless, unit_id=4711)


def test_a_mandate_that_is_not_there_is_refused(database: Database, house: House) -> None:
    with pytest.raises(NotFound):
        assign(database, house, 4711)


def test_nothing_selected_is_refused(database: Database, house: House) -> None:
    with database.transaction() as session, pytest.raises(Invalid, match="Nothing was selected"):
        assign_each(session, [], actor=house.coordinator, at=clock.now())


def test_a_manager_assigns_within_the_own_unit(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, actor=house.manager)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).lead_unit_id == house.statistics


def test_a_manager_gives_nothing_to_another_unit(
    database: Database, house: House, ownerless: int
) -> None:
    with pytest.raises(NotAllowed):
        assign(database, house, ownerless, unit_id=house.trade, actor=house.manager)


def test_a_manager_takes_nothing_from_another_unit(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed):
        assign(database, house, house.mandates[2], actor=house.manager)


def test_a_focal_point_assigns_nothing(database: Database, house: House, ownerless: int) -> None:
    with pytest.raises(NotAllowed):
        assign(database, house, ownerless, actor=house.focal_point)


def test_each_mandate_is_given_as_its_own_order_says(database: Database, house: House) -> None:
    first, second, _ = house.mandates
    ana, otto = house.focal_point.person_id, house.other_focal_point.person_id
    orders = [
        AssignmentOrder(first, 1, Answerers(house.trade, otto), DUE_ON),
        AssignmentOrder(second, 1, Answerers(house.statistics, ana), ADOPTED_ON),
    ]

    with database.transaction() as session:
        assign_each(session, orders, actor=house.coordinator, at=clock.now())

    with database.reading() as session:
        found = [session.get_one(Mandate, key) for key in (first, second)]
    assert [(each.lead_unit_id, each.focal_point_id, each.due_on) for each in found] == [
        (house.trade, otto, DUE_ON),
        (house.statistics, ana, ADOPTED_ON),
    ]


def test_a_rehearsal_tells_what_would_be_done_and_does_nothing(
    database: Database, house: House, ownerless: int
) -> None:
    unconfirmed = make_mandate_beside(database, ownerless)
    ana = house.focal_point.person_id
    orders = [
        AssignmentOrder(ownerless, 1, Answerers(house.statistics, ana)),
        AssignmentOrder(unconfirmed, 1, Answerers(house.statistics, ana)),
        AssignmentOrder(house.mandates[0], 1, Answerers(house.statistics, ana)),
        AssignmentOrder(house.mandates[2], 1, Answerers(house.statistics, ana)),
    ]

    with database.transaction() as session:
        told = rehearse_assignments(session, orders, actor=house.coordinator)

    effects = {each.order.mandate_id: each.effect for each in told}
    assert [effects[order.mandate_id] for order in orders] == [
        Effect.GIVEN,
        Effect.REFUSED,
        Effect.SAME,
        Effect.MOVED,
    ]
    with database.reading() as session:
        assert session.scalars(select(Assignment)).all() == []


def make_mandate_beside(database: Database, mandate_id: int) -> int:
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, mandate_id)
        instrument = session.get_one(Instrument, mandate.instrument_id)
        return make_mandate(session, instrument, "2", None, requires_action=None).id


def test_more_than_five_hundred_at_once_are_refused(database: Database, house: House) -> None:
    orders = [AssignmentOrder(key, 1, Answerers(house.trade)) for key in range(501)]

    with database.transaction() as session, pytest.raises(Invalid, match="501 mandates are too"):
        assign_each(session, orders, actor=house.coordinator, at=clock.now())


def test_a_deputy_is_named_beside_the_focal_point(
    database: Database, house: House, ownerless: int
) -> None:
    ana, mona = house.focal_point.person_id, house.manager.person_id

    order(database, house, Answerers(house.statistics, ana, mona), ownerless)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).deputy_id == mona
        assert session.scalars(select(Assignment.deputy_id)).one() == mona


@pytest.mark.parametrize(
    ("deputy", "sentence"),
    [("focal_point", "stands in for the focal point"), ("other_focal_point", "has no role in")],
)
def test_a_deputy_who_cannot_stand_in_is_refused(
    database: Database, house: House, ownerless: int, deputy: str, sentence: str
) -> None:
    answerers = Answerers(
        house.statistics, house.focal_point.person_id, getattr(house, deputy).person_id
    )

    with pytest.raises(Invalid, match=sentence) as refused:
        order(database, house, answerers, ownerless)

    assert refused.value.field == "deputy_id"


def order(database: Database, house: House, answerers: Answerers, mandate_id: int) -> None:
    with database.transaction() as session:
        version = session.get_one(Mandate, mandate_id).version
        orders = [AssignmentOrder(mandate_id, version, answerers)]
        assign_each(session, orders, actor=house.coordinator, at=clock.now())


def test_contributing_units_are_asked_for_their_part_in_open_periods(
    database: Database, house: House, ownerless: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    order(database, house, contributed(house), ownerless)

    with database.reading() as session:
        part = session.scalars(select(Contribution)).one()
        assert (part.report_id, part.unit_id) == (report_on(session, ownerless).id, house.trade)


def contributed(house: House) -> Answerers:
    return Answerers(house.statistics, contributing_unit_ids=frozenset({house.trade}))


def test_contributing_units_are_asked_for_their_part_in_a_new_period(
    database: Database, house: House, ownerless: int
) -> None:
    order(database, house, contributed(house), ownerless)

    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        part = session.scalars(select(Contribution)).one()
        assert (part.report_id, part.unit_id) == (report_on(session, ownerless).id, house.trade)


def test_a_unit_that_no_longer_contributes_owes_no_part(
    database: Database, house: House, ownerless: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    order(database, house, contributed(house), ownerless)

    order(database, house, Answerers(house.statistics), ownerless)

    with database.reading() as session:
        assert session.scalars(select(Contribution)).all() == []


def test_the_lead_unit_cannot_contribute_to_itself(
    database: Database, house: House, ownerless: int
) -> None:
    answerers = Answerers(house.trade, contributing_unit_ids=frozenset({house.trade}))

    with pytest.raises(Invalid, match="Trade Division leads") as refused:
        order(database, house, answerers, ownerless)

    assert refused.value.field == "contributing_unit_ids"


def test_an_assignment_waits_for_its_acceptance(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, focal_point_id=house.focal_point.person_id)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).acceptance is Acceptance.WAITING


def test_what_somebody_takes_themselves_is_accepted(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, actor=house.manager)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).acceptance is Acceptance.ACCEPTED
        assert session.scalars(select(AssignmentAnswer.is_accepted)).all() == [True]


def test_another_due_date_asks_nobody_to_accept_again(
    database: Database, house: House, ownerless: int
) -> None:
    assign(database, house, ownerless, actor=house.manager)

    assign(database, house, ownerless, version=2, due_on=DUE_ON)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).acceptance is Acceptance.ACCEPTED


def test_a_joint_lead_is_kept_with_the_assignment_and_gives_nothing_anew(
    database: Database, house: House, ownerless: int
) -> None:
    order(database, house, Answerers(house.statistics), ownerless)

    order(database, house, Answerers(house.statistics, joint_lead="UNDP"), ownerless)

    with database.reading() as session:
        assert session.get_one(Mandate, ownerless).joint_lead == "UNDP"
        kept = select(Assignment.joint_lead).where(Assignment.mandate_id == ownerless)
        assert session.scalars(kept.order_by(Assignment.id)).all() == ["", "UNDP"]


def test_a_joint_lead_with_a_name_too_long_is_refused_at_its_field(
    database: Database, house: House, ownerless: int
) -> None:
    with pytest.raises(Invalid) as refused:
        order(database, house, Answerers(house.statistics, joint_lead="U" * 201), ownerless)

    assert refused.value.field == "joint_lead"
