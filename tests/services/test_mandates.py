"""A person confirms what the machine proposed; everything stays in view."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House, make_instrument, make_mandate, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.mandates import Nature
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.services.due_dates import waive_report
from tracker.services.mandates import confirm_mandate, confirm_mandates, set_aside_rest
from tracker.storage import FileStore


@pytest.fixture
def proposed(database: Database, house: House, tmp_path: Path) -> list[int]:
    """Return the ids of the mandates of an imported resolution: 1, 2(a), 2(b), 3."""
    (outcome,) = import_text(database, FileStore(tmp_path / "files"))
    with database.reading() as session:
        return list(
            session.scalars(
                select(Mandate.id)
                .where(Mandate.instrument_id == outcome.instrument_id)
                .order_by(Mandate.id)
            )
        )


def mandate_of(session: Session, mandate_id: int) -> Mandate:
    return session.get_one(Mandate, mandate_id)


def instrument_of(database: Database, mandate_id: int) -> int:
    with database.reading() as session:
        return mandate_of(session, mandate_id).instrument_id


def test_a_confirmed_mandate_says_who_confirmed_it_and_when(
    database: Database, house: House, proposed: list[int]
) -> None:
    with database.transaction() as session:
        confirm_mandate(
            session,
            mandate_id=proposed[1],
            version=1,
            requires_action=True,
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        mandate = mandate_of(session, proposed[1])
    assert mandate.requires_action is True
    assert mandate.confirmed_at == clock.now()
    assert mandate.confirmed_by_id == house.coordinator.person_id


def test_the_nature_is_corrected_when_a_mandate_is_confirmed(
    database: Database, house: House, proposed: list[int]
) -> None:
    with database.transaction() as session:
        confirm_mandate(
            session,
            mandate_id=proposed[0],
            version=1,
            requires_action=False,
            nature=Nature.PROCEDURAL,
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "set_mandate_aside")
        ).one()
        assert mandate_of(session, proposed[0]).nature is Nature.PROCEDURAL
    assert entry.before == {"requires_action": None, "nature": "informational"}
    assert entry.after == {"requires_action": False, "nature": "procedural"}


def test_several_mandates_are_decided_in_one_step(
    database: Database, house: House, proposed: list[int]
) -> None:
    decisions = {proposed[0]: False, proposed[1]: True, proposed[2]: True}

    with database.transaction() as session:
        count = confirm_mandates(
            session, decisions=decisions, actor=house.coordinator, at=clock.now()
        )

    with database.reading() as session:
        found = [mandate_of(session, mandate_id).requires_action for mandate_id in proposed]
    assert count == 3
    assert found == [False, True, True, None]


def test_the_rest_that_asks_nothing_of_us_is_set_aside_in_one_step(
    database: Database, house: House, proposed: list[int]
) -> None:
    instrument_id = instrument_of(database, proposed[0])

    with database.transaction() as session:
        count = set_aside_rest(
            session, instrument_id=instrument_id, actor=house.coordinator, at=clock.now()
        )

    with database.reading() as session:
        found = [mandate_of(session, mandate_id).requires_action for mandate_id in proposed]
    assert count == 2
    assert found == [False, None, None, False]


def test_what_a_person_confirmed_is_not_set_aside_with_the_rest(
    database: Database, house: House, proposed: list[int]
) -> None:
    instrument_id = instrument_of(database, proposed[0])
    with database.transaction() as session:
        confirm_mandates(
            session, decisions={proposed[0]: True}, actor=house.coordinator, at=clock.now()
        )

    with database.transaction() as session:
        set_aside_rest(
            session, instrument_id=instrument_id, actor=house.coordinator, at=clock.now()
        )

    with database.reading() as session:
        assert mandate_of(session, proposed[0]).requires_action is True


def test_the_rest_of_a_resolution_that_is_not_there_cannot_be_set_aside(
    database: Database, house: House
) -> None:
    with database.transaction() as session, pytest.raises(NotFound):
        set_aside_rest(session, instrument_id=4711, actor=house.coordinator, at=clock.now())


def test_deciding_the_same_again_changes_nothing(
    database: Database, house: House, proposed: list[int]
) -> None:
    for _ in range(2):
        with database.transaction() as session:
            confirm_mandates(
                session, decisions={proposed[1]: True}, actor=house.coordinator, at=clock.now()
            )

    with database.reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "confirm_mandate")
        ).all()
    assert len(entries) == 1


def test_a_stale_decision_is_refused_and_decides_nothing(
    database: Database, house: House, proposed: list[int]
) -> None:
    with database.transaction() as session:
        confirm_mandates(
            session, decisions={proposed[1]: True}, actor=house.coordinator, at=clock.now()
        )

    with (
        pytest.raises(Stale, match=r"changed 21\(V\), para. 2\(a\) since you opened the page"),
        database.transaction() as session,
    ):
        confirm_mandates(
            session,
            decisions={proposed[0]: False, proposed[1]: False},
            versions={proposed[0]: 1, proposed[1]: 1},
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        assert mandate_of(session, proposed[0]).requires_action is None


@pytest.mark.parametrize(
    ("decisions", "refusal"), [({}, Invalid), ({4711: True}, NotFound)], ids=["none", "unknown"]
)
def test_a_decision_on_nothing_is_refused(
    database: Database, house: House, decisions: dict[int, bool], refusal: type[Exception]
) -> None:
    with database.transaction() as session, pytest.raises(refusal):
        confirm_mandates(session, decisions=decisions, actor=house.coordinator, at=clock.now())


@pytest.mark.parametrize("who", ["focal_point", "manager", "editor", "viewer"])
def test_only_the_coordinator_confirms(
    database: Database, house: House, proposed: list[int], who: str
) -> None:
    with database.transaction() as session, pytest.raises(NotAllowed):
        confirm_mandates(
            session, decisions={proposed[0]: True}, actor=getattr(house, who), at=clock.now()
        )


def test_a_mandate_that_is_asked_about_is_not_set_aside(database: Database, house: House) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    with (
        database.transaction() as session,
        pytest.raises(WrongState, match=r"asked about in the period 2026-2027\. Waive its report"),
    ):
        confirm_mandates(
            session,
            decisions={house.mandates[0]: False},
            actor=house.coordinator,
            at=clock.now(),
        )


def test_a_mandate_whose_report_is_waived_can_be_set_aside(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        waive_report(
            session,
            report_id=report.id,
            version=report.version,
            reason="Read wrongly.",
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.transaction() as session:
        confirm_mandates(
            session,
            decisions={house.mandates[0]: False},
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        assert mandate_of(session, house.mandates[0]).requires_action is False


def test_a_mandate_with_a_unit_that_is_confirmed_late_is_asked_about(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        unit = session.get_one(OrganizationalUnit, house.statistics)
        instrument = make_instrument(session, "13(IV)", "13-iv")
        mandate_id = make_mandate(session, instrument, "1", unit, requires_action=False).id
    with database.transaction() as session:
        open_biennium(session, house)

    with database.transaction() as session:
        confirm_mandates(
            session, decisions={mandate_id: True}, actor=house.coordinator, at=clock.now()
        )

    with database.reading() as session:
        asked = session.scalars(
            select(ProgressReport).where(ProgressReport.mandate_id == mandate_id)
        ).all()
    assert [report.unit_id for report in asked] == [house.statistics]
