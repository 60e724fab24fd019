"""A hand-over: rehearsed without a trace, then all of it in one step, with a pack for each."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import func, select

from tests.audit import arranging
from tests.escalating import run_jobs
from tests.post import Post
from tests.reporting import (
    TEXT,
    House,
    counted_statements,
    make_actor,
    open_biennium,
    report_on,
)
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.handovers import STAYS, Choices, Closing, OpenKind
from tracker.domain.permissions import Actor, Role
from tracker.models.absences import PersonAbsence
from tracker.models.audit import AuditEntry
from tracker.models.handovers import Handover, HandoverPack
from tracker.models.mandates import ActionPoint, Assignment, Mandate
from tracker.models.people import Person
from tracker.queries.handovers import accounts_left, open_rows
from tracker.queries.people import find_actor
from tracker.services.absences import AbsenceDays, enter_absence
from tracker.services.handovers import (
    HandoverPlan,
    Sender,
    hand_over,
    rehearse_handover,
)
from tracker.services.people import deactivate_person, keep_account
from tracker.services.progress import save_draft, submit_report
from tracker.storage import FileStore


@pytest.fixture
def administrator(database: Database, house: House) -> Actor:
    """Add an administrator."""
    with arranging(), database.transaction() as session:
        return make_actor(session, "Ada Administrator", (Role.ADMINISTRATOR, None))


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(
        "Secretariat in {}".format, "https://tracker.example.org", FileStore(tmp_path / "files")
    )


@pytest.fixture
def open_work(database: Database, house: House, travel: Travel) -> House:
    """Leave Ana with two mandates, a draft, a point, and a person to stand in for."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        save_draft(
            session,
            report_id=report_on(session, house.mandates[0]).id,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        enter_absence(
            session,
            person_id=house.editor.person_id,
            days=AbsenceDays(date(2026, 6, 10), date(2026, 6, 20), house.focal_point.person_id),
            actor=house.editor,
            at=clock.now(),
        )
    with arranging(), database.transaction() as session:
        session.add(
            ActionPoint(
                mandate_id=house.mandates[1],
                position=1,
                text="To count the rocks",
                language="en",
                unit_id=house.statistics,
                person_id=house.focal_point.person_id,
            )
        )
    return house


def rehearse(
    database: Database,
    administrator: Actor,
    person: Actor,
    choices: Choices,
    *,
    leaves: bool = True,
) -> HandoverPlan:
    with database.transaction() as session:
        return rehearse_handover(
            session,
            person_id=person.person_id,
            choices=choices,
            leaves=leaves,
            actor=administrator,
            at=clock.now(),
        )


def carry_out(
    database: Database,
    administrator: Actor,
    person: Actor,
    choices: Choices,
    sender: Sender,
    *,
    seal: str | None = None,
) -> None:
    told = seal or rehearse(database, administrator, person, choices).seal
    with database.transaction() as session:
        hand_over(
            session,
            person_id=person.person_id,
            version=session.get_one(Person, person.person_id).version,
            choices=choices,
            leaves=True,
            seal=told,
            sender=sender,
            actor=administrator,
            at=clock.now(),
        )


def test_a_rehearsal_changes_nothing(
    database: Database, open_work: House, administrator: Actor
) -> None:
    def rows() -> list[int | None]:
        with database.reading() as session:
            return [
                session.scalar(select(func.count()).select_from(table))
                for table in (AuditEntry, Assignment, Handover, HandoverPack)
            ]

    before = rows()

    plan = rehearse(
        database,
        administrator,
        open_work.focal_point,
        Choices(open_work.other_focal_point.person_id),
    )

    assert plan.refusal is None
    assert len(plan.moved) == 4
    assert [(given.role, given.unit) for given in plan.roles] == [
        (Role.FOCAL_POINT, "Statistics Division")
    ]
    assert rows() == before


def test_everything_open_goes_to_the_successor_and_the_person_leaves(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    successor = open_work.other_focal_point.person_id

    carry_out(database, administrator, open_work.focal_point, Choices(successor), sender)

    with database.reading() as session:
        person = session.get_one(Person, open_work.focal_point.person_id)
        assert not person.is_active
        assert open_rows(session, person.id, today=date(2026, 6, 16)) == ()
        held = session.scalars(
            select(Mandate.focal_point_id).where(Mandate.id.in_(open_work.mandates))
        )
        assert set(held) == {successor}
        assert report_on(session, open_work.mandates[0]).focal_point_id == successor
        assert session.scalars(select(ActionPoint.person_id)).all() == [successor]
        assert session.scalars(select(PersonAbsence.deputy_id)).all() == [successor]


def test_history_keeps_the_name_of_who_left(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    with database.transaction() as session:
        report_id = report_on(session, open_work.mandates[0]).id
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=open_work.focal_point,
            at=clock.now(),
        )
    carry_out(
        database,
        administrator,
        open_work.focal_point,
        Choices(open_work.other_focal_point.person_id),
        sender,
    )

    with database.reading() as session:
        written = session.scalars(
            select(AuditEntry.actor_id).where(AuditEntry.action == "submit_report")
        ).all()
        assert written == [open_work.focal_point.person_id]
        newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert newest is not None
        assert newest.action == "person.handed_over"
        assert "focal_point-1: Otto Focal" in (newest.after or {})["items"]


def test_a_part_can_stay_and_a_part_go_to_another(
    database: Database, open_work: House, administrator: Actor
) -> None:
    first, second = open_work.mandates[0], open_work.mandates[1]
    choices = Choices(
        open_work.manager.person_id,
        {OpenKind.STAND_IN: open_work.viewer.person_id},
        {f"focal_point-{second}": STAYS},
    )

    plan = rehearse(database, administrator, open_work.focal_point, choices, leaves=False)

    takers = {each.row.item.key: each.successor for each in plan.moved}
    assert takers[f"focal_point-{first}"] == "Mona Manager"
    assert takers[f"focal_point-{second}"] is None
    assert takers["stand_in-1"] == "Vera Viewer"
    assert plan.roles == ()


def test_who_leaves_with_mandates_that_stay_is_refused_with_the_reason(
    database: Database, open_work: House, administrator: Actor
) -> None:
    choices = Choices(open_work.manager.person_id, {}, {"focal_point-1": STAYS})

    plan = rehearse(database, administrator, open_work.focal_point, choices)

    assert plan.refusal is not None
    assert "still answers for 1 mandates" in str(plan.refusal)


def test_a_manager_hands_over_the_unit_with_its_role(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    successor = open_work.other_manager.person_id

    carry_out(database, administrator, open_work.manager, Choices(successor), sender)

    with database.reading() as session:
        actor = find_actor(session, successor)
        assert actor is not None
        assert (Role.MANAGER, open_work.statistics) in actor.roles


def test_what_changed_since_the_rehearsal_is_not_handed_over(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    choices = Choices(open_work.other_focal_point.person_id)
    seal = rehearse(database, administrator, open_work.focal_point, choices).seal
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, open_work.mandates[0]).focal_point_id = None

    with pytest.raises(Stale):
        carry_out(database, administrator, open_work.focal_point, choices, sender, seal=seal)


def test_only_who_may_hands_over_and_to_somebody(
    database: Database, open_work: House, administrator: Actor
) -> None:
    choices = Choices(open_work.manager.person_id)

    for other in (open_work.manager, open_work.editor, open_work.focal_point):
        with pytest.raises(NotAllowed):
            rehearse(database, other, open_work.focal_point, choices)
    with pytest.raises(Invalid, match="at least one successor"):
        rehearse(database, administrator, open_work.focal_point, Choices())


def test_a_coordinator_hands_everything_over_and_leaves_the_account_to_the_administrator(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    person_id = open_work.focal_point.person_id
    successor = open_work.other_focal_point.person_id

    carry_out(database, open_work.coordinator, open_work.focal_point, Choices(successor), sender)

    with database.reading() as session:
        assert open_rows(session, person_id, today=date(2026, 6, 16)) == ()
        assert session.get_one(Person, person_id).is_active
        actor = find_actor(session, successor)
        assert actor is not None
        assert (Role.FOCAL_POINT, open_work.statistics) in actor.roles
        assert [left.handed_by for left in accounts_left(session).values()] == ["Carla Coordinator"]


def test_the_administrators_are_told_of_the_account_until_it_is_closed(
    database: Database, open_work: House, administrator: Actor, sender: Sender, travel: Travel
) -> None:
    successor = open_work.other_focal_point.person_id
    carry_out(database, open_work.coordinator, open_work.focal_point, Choices(successor), sender)
    travel.to(datetime(2026, 6, 22, 9, tzinfo=UTC))  # a Monday
    post = Post()
    run_jobs(database, post)
    words = " ".join(post.text_to("ada.administrator@example.org").split())
    assert "ACCOUNTS TO CLOSE * Ana Focal" in words
    assert "Carla Coordinator handed their work over on 16 June 2026" in words
    assert "carla.coordinator@example.org" not in post.recipients

    settle(database, administrator, open_work.focal_point, deactivate_person)

    with database.reading() as session:
        assert accounts_left(session) == {}
        assert session.scalars(select(Handover.closing)).all() == [Closing.DONE]


def test_an_administrator_can_let_the_account_stay_once(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    successor = open_work.other_focal_point.person_id
    carry_out(database, open_work.coordinator, open_work.focal_point, Choices(successor), sender)

    settle(database, administrator, open_work.focal_point, keep_account)

    with database.reading() as session:
        assert accounts_left(session) == {}
        assert session.get_one(Person, open_work.focal_point.person_id).is_active
    with pytest.raises(WrongState, match="Nobody asks any more"):
        settle(database, administrator, open_work.focal_point, keep_account)
    with pytest.raises(NotAllowed):
        settle(database, open_work.coordinator, open_work.focal_point, keep_account)


def test_a_coordinator_gives_themselves_no_role(database: Database, open_work: House) -> None:
    plan = rehearse(
        database,
        open_work.coordinator,
        open_work.manager,
        Choices(open_work.coordinator.person_id),
        leaves=False,
    )

    assert plan.refusal is not None
    assert "give yourself a role" in str(plan.refusal)


def test_who_leaves_with_mandates_that_stay_is_refused_to_a_coordinator_too(
    database: Database, open_work: House
) -> None:
    choices = Choices(open_work.manager.person_id, {}, {"focal_point-1": STAYS})

    plan = rehearse(database, open_work.coordinator, open_work.focal_point, choices)

    assert plan.refusal is not None
    assert "still answers for 1 mandates" in str(plan.refusal)


def settle(database: Database, actor: Actor, person: Actor, step: Callable[..., Person]) -> None:
    with database.transaction() as session:
        step(
            session,
            person_id=person.person_id,
            version=session.get_one(Person, person.person_id).version,
            actor=actor,
            at=clock.now(),
        )


def test_each_successor_gets_a_pack_in_their_language(
    database: Database, open_work: House, administrator: Actor, sender: Sender
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, open_work.other_focal_point.person_id).language = "es"
    choices = Choices(
        open_work.other_focal_point.person_id, {OpenKind.STAND_IN: open_work.viewer.person_id}
    )

    carry_out(database, administrator, open_work.focal_point, choices, sender)

    with database.reading() as session:
        packs = session.scalars(select(HandoverPack).order_by(HandoverPack.successor_id)).all()
    assert [(pack.language, pack.item_count) for pack in packs] == [("es", 3), ("en", 1)]
    words = text_of(sender.files.content_of(packs[0].digest))
    assert "Secretariat in es" in words
    assert "Traspaso de Ana Focal a Otto Focal" in words
    assert "12(IV), párr. 5(a)" in words
    assert "Two missions were sent to the islands." in words  # the draft
    assert "mona.manager@example.org" in words


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join("\n".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_what_is_open_is_found_in_as_many_statements_however_much_it_is(
    database: Database, open_work: House
) -> None:
    with database.reading() as session, counted_statements(database) as statements:
        rows = open_rows(session, open_work.focal_point.person_id, today=date(2026, 6, 16))

    assert [row.item.kind for row in rows] == [
        OpenKind.FOCAL_POINT,
        OpenKind.FOCAL_POINT,
        OpenKind.ACTION_POINT,
        OpenKind.STAND_IN,
    ]
    assert len(statements) == 5
