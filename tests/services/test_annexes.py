"""An annex becomes an instrument of its own: linked, with paragraphs that can become mandates."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.importing import ENTITY, import_text
from tests.reporting import House
from tests.resolution_texts import ADOPTED
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Clause, Instrument, InstrumentKind
from tracker.models.mandates import Mandate
from tracker.queries.annexes import annexation_of
from tracker.services.annexes import add_annexes, annexes_of
from tracker.storage import FileStore

WITH_ANNEX = f"""{ADOPTED}
Annex

Declaration of the Ostral Islands on registers

1. We resolve to keep our registers for ever;

2. We request the secretariat to publish a guide to registers every year;

3. We invite others to join us.
"""


@pytest.fixture
def instrument_id(database: Database, house: House, tmp_path: Path) -> int:
    return import_text(database, FileStore(tmp_path / "files"), WITH_ANNEX)[0].instrument_id


def add(database: Database, instrument_id: int, actor: Actor, position: int = 0) -> int:
    with database.transaction() as session:
        [annex] = add_annexes(
            session,
            instrument_id=instrument_id,
            positions=[position],
            entity=ENTITY,
            actor=actor,
            at=clock.now(),
        )
        return annex.id


def test_an_annex_with_paragraphs_is_offered(database: Database, instrument_id: int) -> None:
    with database.reading() as session:
        [annex] = annexes_of(session, instrument_id)

    assert annex.title == "Declaration of the Ostral Islands on registers"
    assert [clause.path for clause in annex.leaf_clauses] == ["1", "2", "3"]


def test_an_annex_becomes_an_instrument_with_an_address_and_mandates(
    database: Database, house: House, instrument_id: int
) -> None:
    annex_id = add(database, instrument_id, house.coordinator)

    with database.reading() as session:
        annex = session.get_one(Instrument, annex_id)
        rows = session.execute(
            select(Clause.path, Mandate.requires_action)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .where(Clause.instrument_id == annex_id)
            .order_by(Clause.position)
        ).all()
    assert (annex.symbol, annex.slug) == ("21(V), annex", "21-v-annex")
    assert (annex.kind, annex.annexed_to_id) == (InstrumentKind.ANNEX, instrument_id)
    assert [tuple(row) for row in rows] == [("1", None), ("2", None), ("3", None)]


def test_an_annex_and_its_resolution_know_one_another(
    database: Database, house: House, instrument_id: int
) -> None:
    annex_id = add(database, instrument_id, house.coordinator)

    with database.reading() as session:
        above, below = annexation_of(session, annex_id), annexation_of(session, instrument_id)
    assert above.annexed_to is not None
    assert above.annexed_to.symbol == "21(V)"
    assert [annex.symbol for annex in below.annexes] == ["21(V), annex"]
    assert below.annexed_to is None


def test_an_annex_is_made_an_instrument_once(
    database: Database, house: House, instrument_id: int
) -> None:
    add(database, instrument_id, house.coordinator)

    with pytest.raises(Duplicate, match=r"21\(V\), annex is an instrument of its own already"):
        add(database, instrument_id, house.coordinator)


def test_an_annex_that_is_not_there_is_refused(
    database: Database, house: House, instrument_id: int
) -> None:
    with pytest.raises(Invalid, match="There is no such annex"):
        add(database, instrument_id, house.coordinator, position=7)


def test_the_audit_trail_says_who_made_it(
    database: Database, house: House, instrument_id: int
) -> None:
    annex_id = add(database, instrument_id, house.coordinator)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "add_annex")).one()
    assert (entry.actor_id, entry.subject_id) == (house.coordinator.person_id, annex_id)


def test_who_may_not_import_makes_no_annex(
    database: Database, house: House, instrument_id: int
) -> None:
    with pytest.raises(NotAllowed):
        add(database, instrument_id, house.viewer)
