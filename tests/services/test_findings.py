"""What is understood of a clause is a proposal until a person accepts it or says otherwise."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.importing import ENTITY, import_text
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound, Stale
from tracker.domain.findings import Decision, FindingField
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.mandates import ActionPoint, Mandate, MandateFinding
from tracker.services.findings import accept_findings, decide_findings
from tracker.services.read_findings import read_again
from tracker.storage import FileStore

TEXT = """31(VII) LAMPS OF THE ISLANDS

The Commission for the Ostral Islands,

1. Requests the Executive Secretary, in cooperation with the Lamp Fund, to count the lamps, and to
report thereon at its eighth session, upon the request of Governments;

2. Takes note of the fog.
"""
ALL: Mapping[FindingField, Sequence[str]] = {
    FindingField.ACTION_VERB: ["Requests"],
    FindingField.ADDRESSEE: ["Executive Secretary", "Bank"],
    FindingField.PARTNER: ["Lamp Fund"],
    FindingField.NATURE: ["action_by_secretariat"],
    FindingField.CONCERNS_US: ["as_one_of_a_class"],
    FindingField.PERIODICITY: [],
    FindingField.OCCASION: ["at its eighth session"],
    FindingField.CONDITION: [],
    FindingField.ACTION_POINT: ["Count the lamps", "Mend the lamps"],
    FindingField.SUBJECT: ["lamps"],
}


@pytest.fixture
def mandate_id(database: Database, house: House, tmp_path: Path) -> int:
    """Return the id of the mandate that asks for lamps to be counted."""
    (outcome,) = import_text(database, FileStore(tmp_path / "files"), TEXT)
    with database.reading() as session:
        return session.scalars(
            select(Mandate.id)
            .where(Mandate.instrument_id == outcome.instrument_id)
            .order_by(Mandate.id)
        ).all()[0]


def values(session: Session, mandate_id: int, field: FindingField) -> list[str]:
    return list(
        session.scalars(
            select(MandateFinding.value)
            .where(MandateFinding.mandate_id == mandate_id, MandateFinding.field == field)
            .order_by(MandateFinding.position)
        )
    )


def instrument_of(database: Database, mandate_id: int) -> int:
    with database.reading() as session:
        return session.get_one(Mandate, mandate_id).instrument_id


def decide(
    database: Database,
    mandate_id: int,
    actor: Actor,
    said: Mapping[FindingField, Sequence[str]] = ALL,
    version: int = 1,
) -> None:
    with database.transaction() as session:
        decide_findings(
            session,
            mandate_id=mandate_id,
            version=version,
            values=said,
            actor=actor,
            at=clock.now(),
        )


def test_an_import_keeps_what_is_understood_as_proposals(
    database: Database, mandate_id: int
) -> None:
    with database.reading() as session:
        decisions = session.scalars(
            select(MandateFinding.decision).where(MandateFinding.mandate_id == mandate_id)
        ).all()

        assert values(session, mandate_id, FindingField.PARTNER) == ["Lamp Fund"]
        assert values(session, mandate_id, FindingField.ACTION_POINT) == [
            "Count the lamps",
            "Report thereon at its eighth session, upon the request of Governments",
        ]
        assert set(decisions) == {None}
        assert session.scalars(select(ActionPoint)).all() == []


def test_all_of_a_resolution_is_accepted_at_once_under_a_name(
    database: Database, house: House, mandate_id: int
) -> None:
    with database.transaction() as session:
        count = accept_findings(
            session,
            instrument_id=instrument_of(database, mandate_id),
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        findings = session.scalars(select(MandateFinding)).all()
        points = session.scalars(select(ActionPoint.text).order_by(ActionPoint.position)).all()
        audited = session.scalars(select(AuditEntry.action)).all()
    assert count == len(findings)
    assert {finding.decision for finding in findings} == {Decision.ACCEPTED}
    assert {finding.decided_by_id for finding in findings} == {house.coordinator.person_id}
    assert points[0] == "Count the lamps"
    assert audited.count("understand_mandate") == 2


def test_what_is_accepted_already_is_not_accepted_again(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)

    with database.transaction() as session:
        accept_findings(
            session,
            instrument_id=instrument_of(database, mandate_id),
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        refused = session.scalars(
            select(MandateFinding.value).where(MandateFinding.decision == Decision.REFUSED)
        ).all()
    assert "upon the request of Governments" in refused


def test_what_a_person_says_wins_and_what_was_proposed_stays_in_view(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)

    with database.reading() as session:
        mandate = session.get_one(Mandate, mandate_id)
        held = {
            (finding.value, finding.decision)
            for finding in session.scalars(
                select(MandateFinding).where(
                    MandateFinding.mandate_id == mandate_id,
                    MandateFinding.field.in_([FindingField.ADDRESSEE, FindingField.CONCERNS_US]),
                )
            )
        }
    assert mandate.addressee == "Executive Secretary; Bank"
    assert mandate.nature is Nature.ACTION_BY_SECRETARIAT
    assert (mandate.concerns_us, mandate.periodicity) == (ConcernsUs.AS_ONE_OF_A_CLASS, None)
    assert held == {
        ("Executive Secretary", Decision.ACCEPTED),
        ("Bank", Decision.ADDED),
        ("by_name", Decision.REFUSED),
        ("as_one_of_a_class", Decision.ADDED),
    }


def test_action_points_follow_what_was_accepted_but_one_with_an_owner_stays(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)
    with arranging(), database.transaction() as session:
        point = session.scalars(select(ActionPoint).order_by(ActionPoint.position)).first()
        assert point is not None
        point.person_id = house.coordinator.person_id

    decide(
        database,
        mandate_id,
        house.coordinator,
        {**ALL, FindingField.ACTION_POINT: ["Sell the lamps"]},
        version=2,
    )

    with database.reading() as session:
        points = session.scalars(select(ActionPoint.text).order_by(ActionPoint.position)).all()
    assert points == ["Count the lamps", "Sell the lamps"]


def test_a_value_that_was_refused_can_be_said_again(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)

    said = {**ALL, FindingField.PERIODICITY: ["one_off"]}
    decide(database, mandate_id, house.coordinator, said, version=2)

    with database.reading() as session:
        assert session.get_one(Mandate, mandate_id).periodicity is Periodicity.ONE_OFF


def test_without_a_nature_nothing_is_taken_over(
    database: Database, house: House, mandate_id: int
) -> None:
    with pytest.raises(Invalid, match="Choose what the clause is") as refusal:
        decide(database, mandate_id, house.coordinator, {**ALL, FindingField.NATURE: []})

    assert refusal.value.field == "nature"


def test_a_page_that_is_out_of_date_is_refused(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)

    with pytest.raises(Stale):
        decide(database, mandate_id, house.coordinator, version=1)


def test_only_who_may_confirm_decides(database: Database, house: House, mandate_id: int) -> None:
    with pytest.raises(NotAllowed):
        decide(database, mandate_id, house.focal_point)


def test_reading_again_keeps_what_a_person_decided(
    database: Database, house: House, mandate_id: int
) -> None:
    decide(database, mandate_id, house.coordinator)
    with arranging(), database.transaction() as session:
        session.execute(delete(MandateFinding).where(MandateFinding.decision.is_(None)))

    with database.transaction() as session:
        count = read_again(
            session,
            instrument_id=instrument_of(database, mandate_id),
            entity=ENTITY,
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        assert values(session, mandate_id, FindingField.SUBJECT).count("lamps") == 1
        proposed = session.scalars(
            select(MandateFinding.mandate_id).where(MandateFinding.decision.is_(None))
        ).all()
    assert count == len(proposed) > 0
    assert mandate_id not in proposed


def test_a_resolution_that_is_not_there_is_refused(database: Database, house: House) -> None:
    with pytest.raises(NotFound), database.transaction() as session:
        accept_findings(session, instrument_id=999, actor=house.coordinator, at=clock.now())
