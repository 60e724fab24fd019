"""An assignment is accepted or declined by whoever was asked, and every answer stays."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, make_instrument, make_mandate, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.mandates import AssignmentAnswer, Mandate
from tracker.queries.assignments import newest_answers
from tracker.queries.work import my_work
from tracker.services.assignment_answers import answer_assignments
from tracker.services.assignments import assign_mandate
from tracker.services.progress import submit_report
from tracker.services.reminders import occasions_at

REASON = "Ports belong to the Trade Division."


@pytest.fixture
def assigned(database: Database, house: House) -> int:
    """Return a mandate that the coordinator has given to Ana of Statistics."""
    with arranging(), database.transaction() as session:
        key = make_mandate(session, make_instrument(session, "13(IV)", "13-iv"), "1", None).id
    assign(database, house, key, house.statistics, house.focal_point.person_id)
    return key


def assign(
    database: Database, house: House, mandate_id: int, unit_id: int, focal_point_id: int
) -> None:
    with database.transaction() as session:
        assign_mandate(
            session,
            mandate_id=mandate_id,
            version=session.get_one(Mandate, mandate_id).version,
            unit_id=unit_id,
            focal_point_id=focal_point_id,
            actor=house.coordinator,
            at=clock.now(),
        )


def answer(
    database: Database,
    mandate_id: int,
    actor: Actor,
    *,
    is_accepted: bool = True,
    reason: str = "",
    version: int | None = None,
) -> None:
    with database.transaction() as session:
        answer_assignments(
            session,
            versions={mandate_id: version},
            is_accepted=is_accepted,
            reason=reason,
            actor=actor,
            at=clock.now(),
        )


def acceptance(database: Database, mandate_id: int) -> Acceptance | None:
    with database.reading() as session:
        return session.get_one(Mandate, mandate_id).acceptance


def test_the_focal_point_takes_it_on(database: Database, house: House, assigned: int) -> None:
    answer(database, assigned, house.focal_point)

    assert acceptance(database, assigned) is Acceptance.ACCEPTED
    with database.reading() as session:
        told = newest_answers(session, [assigned])[assigned]
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "accept_assignment")
        ).one()
    assert (told.is_accepted, told.person) == (True, "Ana Focal")
    assert (entry.before, entry.after) == (
        {"acceptance": "waiting"},
        {"acceptance": "accepted", "reason": ""},
    )


def test_a_declined_assignment_keeps_its_reason(
    database: Database, house: House, assigned: int
) -> None:
    answer(database, assigned, house.focal_point, is_accepted=False, reason=f" {REASON} ")

    assert acceptance(database, assigned) is Acceptance.DECLINED
    with database.reading() as session:
        assert newest_answers(session, [assigned])[assigned].reason == REASON


def test_to_decline_without_a_reason_is_refused(
    database: Database, house: House, assigned: int
) -> None:
    with pytest.raises(Invalid, match="Say why you decline"):
        answer(database, assigned, house.focal_point, is_accepted=False)

    assert acceptance(database, assigned) is Acceptance.WAITING


def test_whoever_was_not_asked_answers_nothing(
    database: Database, house: House, assigned: int
) -> None:
    for actor in (house.other_focal_point, house.other_manager, house.coordinator, house.viewer):
        with pytest.raises(NotAllowed, match=r"13\(IV\), para. 1 was given to somebody else"):
            answer(database, assigned, actor)


def test_what_is_assigned_to_nobody_cannot_be_answered(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        free = make_mandate(session, make_instrument(session, "14(IV)", "14-iv"), "1", None).id

    with pytest.raises(WrongState, match="is assigned to nobody"):
        answer(database, free, house.focal_point)


def test_an_answer_to_what_changed_meanwhile_is_refused(
    database: Database, house: House, assigned: int
) -> None:
    with pytest.raises(Stale):
        answer(database, assigned, house.focal_point, version=1)


def test_one_refused_answer_leaves_all_as_they_were(
    database: Database, house: House, assigned: int
) -> None:
    versions = dict.fromkeys((assigned, house.mandates[2]))

    with pytest.raises(WrongState), database.transaction() as session:
        answer_assignments(
            session, versions=versions, is_accepted=True, actor=house.focal_point, at=clock.now()
        )

    assert acceptance(database, assigned) is Acceptance.WAITING


def test_nothing_selected_is_refused(database: Database, house: House) -> None:
    with database.transaction() as session, pytest.raises(Invalid, match="Nothing was selected"):
        answer_assignments(
            session, versions={}, is_accepted=True, actor=house.focal_point, at=clock.now()
        )


def test_a_second_acceptance_adds_nothing(database: Database, house: House, assigned: int) -> None:
    answer(database, assigned, house.focal_point)

    answer(database, assigned, house.focal_point)

    with database.reading() as session:
        assert len(session.scalars(select(AssignmentAnswer)).all()) == 1


def test_whoever_declined_can_still_take_it_on(
    database: Database, house: House, assigned: int
) -> None:
    answer(database, assigned, house.focal_point, is_accepted=False, reason=REASON)

    answer(database, assigned, house.focal_point)

    assert acceptance(database, assigned) is Acceptance.ACCEPTED
    with database.reading() as session:
        assert len(session.scalars(select(AssignmentAnswer)).all()) == 2


def test_a_declined_mandate_that_is_given_to_others_waits_for_them(
    database: Database, house: House, assigned: int
) -> None:
    answer(database, assigned, house.focal_point, is_accepted=False, reason=REASON)

    assign(database, house, assigned, house.trade, house.other_focal_point.person_id)

    assert acceptance(database, assigned) is Acceptance.WAITING
    with database.reading() as session:
        assert newest_answers(session, [assigned]) == {}


def test_whoever_submits_a_report_has_taken_the_mandate_on(
    database: Database, house: House, assigned: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with database.transaction() as session:
        report = report_on(session, assigned)
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    assert acceptance(database, assigned) is Acceptance.ACCEPTED


def test_nobody_is_asked_or_reminded_of_what_they_declined(
    database: Database, house: House, assigned: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with database.reading() as session:
        asked = my_work(session, house.focal_point, at=clock.now()).total
        due = reminded_of(session, house.focal_point)

    answer(database, assigned, house.focal_point, is_accepted=False, reason=REASON)

    with database.reading() as session:
        assert my_work(session, house.focal_point, at=clock.now()).total == asked - 1
        assert reminded_of(session, house.focal_point) == due - 1


def reminded_of(session: Session, actor: Actor) -> int:
    """Return of how many occasions a person is reminded."""
    found = occasions_at(session, clock.now())
    return sum(recipient_id == actor.person_id for _name, recipient_id in found)


def test_a_mandate_that_waits_for_acceptance_is_reported_on_all_the_same(
    database: Database, house: House, assigned: int
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        work = my_work(session, house.focal_point, at=clock.now())
    assert assigned in {item.line.mandate_id for item in (*work.this_week, *work.later)}
