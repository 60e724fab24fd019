"""Units: added to the house, and what is refused."""

import pytest
from sqlalchemy import select

from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.people import units
from tracker.services.units import add_unit


def add(database: Database, actor: Actor | None = None, **given: object) -> OrganizationalUnit:
    values: dict[str, object] = {
        "key": "energy",
        "name": "Energy Division",
        "kind": UnitKind.DIVISION,
        "language": "en",
        "time_zone": "UTC",
    }
    with database.transaction() as session:
        return add_unit(session, **{**values, **given}, actor=actor, at=clock.now())  # type: ignore[arg-type]


def test_a_unit_comes_last_in_the_order_of_the_house(database: Database) -> None:
    add(database, key="zebra", name="Zebra Office")
    add(database, key="  Ant ", name="Ant  Office")

    with database.reading() as session:
        assert [unit.name for unit in units(session)] == ["Zebra Office", "Ant Office"]
        assert [unit.key for unit in units(session)] == ["zebra", "ant"]


def test_a_new_unit_is_told_to_the_audit_trail(database: Database) -> None:
    unit = add(database)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.subject_id) == ("unit.added", unit.id)


def test_a_short_name_is_given_once(database: Database) -> None:
    add(database)

    with pytest.raises(Duplicate, match="“energy” belongs to another unit"):
        add(database, name="Energy Office")


def test_a_short_name_that_nobody_enters_is_made_from_the_name(database: Database) -> None:
    made = [add(database, key=" ", name="Energy Division"), add(database, key="", name="Energy")]

    assert [unit.key for unit in made] == ["energy", "energy-2"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"key": "énergie"}, "key"),
        ({"key": "x" * 41}, "key"),
        ({"name": ""}, "name"),
        ({"time_zone": "Nowhere"}, "time_zone"),
        ({"parent_id": 99}, "parent_id"),
    ],
    ids=["accent", "endless", "no-name", "no-zone", "no-parent"],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    database: Database, given: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(database, **given)  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_only_an_administrator_adds_units(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed):
        add(database, house.manager)
