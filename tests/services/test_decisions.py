"""Mandates are decided as proposed in one press; the doubtful stay, and it can be taken back."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotAllowed, Stale, WrongState
from tracker.domain.findings import FindingField
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate, MandateFinding
from tracker.queries.proposed_decisions import last_decision
from tracker.services.decisions import Decided, decide_as_proposed, take_back_decisions
from tracker.storage import FileStore


@pytest.fixture
def proposed(database: Database, house: House, tmp_path: Path) -> list[int]:
    """Return the four mandates of 21(V); the second and the third ask something of us."""
    assert house
    (outcome,) = import_text(database, FileStore(tmp_path / "files"))
    with database.reading() as session:
        return list(
            session.scalars(
                select(Mandate.id)
                .where(Mandate.instrument_id == outcome.instrument_id)
                .order_by(Mandate.id)
            )
        )


def decide(database: Database, house: House, mandate_ids: list[int]) -> Decided:
    with database.transaction() as session:
        return decide_as_proposed(
            session, mandate_ids=mandate_ids, actor=house.coordinator, at=clock.now()
        )


def decided(database: Database, mandate_ids: list[int]) -> list[bool | None]:
    with database.reading() as session:
        return [session.get_one(Mandate, key).requires_action for key in mandate_ids]


def seen(database: Database, mandate_ids: list[int]) -> dict[int, int]:
    with database.reading() as session:
        return {key: session.get_one(Mandate, key).version for key in mandate_ids}


def make_doubtful(database: Database, mandate_id: int) -> None:
    with arranging(), database.transaction() as session:
        session.execute(
            update(MandateFinding)
            .where(
                MandateFinding.mandate_id == mandate_id,
                MandateFinding.field == FindingField.NATURE,
            )
            .values(confidence=80)
        )


def test_what_asks_us_is_confirmed_and_the_rest_set_aside_in_one_press(
    database: Database, house: House, proposed: list[int]
) -> None:
    made = decide(database, house, proposed)

    assert made == Decided(confirmed_count=2, set_aside_count=2, doubtful_count=0)
    assert decided(database, proposed) == [False, True, True, False]


def test_the_doubtful_stay_and_are_counted(
    database: Database, house: House, proposed: list[int]
) -> None:
    make_doubtful(database, proposed[1])

    made = decide(database, house, proposed)

    assert made == Decided(confirmed_count=1, set_aside_count=2, doubtful_count=1)
    assert decided(database, proposed) == [False, None, True, False]


def test_only_the_mandates_that_were_shown_are_decided(
    database: Database, house: House, proposed: list[int]
) -> None:
    decide(database, house, proposed[:2])

    assert decided(database, proposed) == [False, True, None, None]


def test_where_nothing_is_sure_the_press_is_refused(
    database: Database, house: House, proposed: list[int]
) -> None:
    make_doubtful(database, proposed[0])

    with pytest.raises(WrongState, match="No proposal is left that is sure enough"):
        decide(database, house, proposed[:1])


def test_who_may_not_confirm_decides_and_takes_back_nothing(
    database: Database, house: House, proposed: list[int]
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        decide_as_proposed(session, mandate_ids=proposed, actor=house.focal_point, at=clock.now())
    with pytest.raises(NotAllowed), database.transaction() as session:
        take_back_decisions(session, versions={}, actor=house.focal_point, at=clock.now())


def test_decisions_are_taken_back_together_and_remembered(
    database: Database, house: House, proposed: list[int]
) -> None:
    decide(database, house, proposed)
    with database.reading() as session:
        last = last_decision(session, house.coordinator)
    assert last is not None

    with database.transaction() as session:
        count = take_back_decisions(
            session, versions=last.versions, actor=house.coordinator, at=clock.now()
        )

    with database.reading() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert count == len(proposed)
    assert decided(database, proposed) == [None] * 4
    assert actions.count("take_back_decision") == len(proposed)


def test_what_somebody_answers_for_since_is_not_taken_back(
    database: Database, house: House, proposed: list[int]
) -> None:
    decide(database, house, proposed)
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, proposed[1]).lead_unit_id = house.statistics

    versions = seen(database, proposed)
    with (
        pytest.raises(WrongState, match="given to a unit since"),
        database.transaction() as session,
    ):
        take_back_decisions(session, versions=versions, actor=house.coordinator, at=clock.now())

    with database.reading() as session:
        last = last_decision(session, house.coordinator)
    assert last is not None
    assert proposed[1] not in last.versions


def test_what_changed_since_is_not_taken_back(
    database: Database, house: House, proposed: list[int]
) -> None:
    decide(database, house, proposed)

    with pytest.raises(Stale), database.transaction() as session:
        take_back_decisions(
            session, versions={proposed[0]: 1}, actor=house.coordinator, at=clock.now()
        )
