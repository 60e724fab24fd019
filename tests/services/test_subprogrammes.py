"""Subprogrammes: added to the house, and what is refused."""

import pytest
from sqlalchemy import select

from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.people import Subprogramme
from tracker.services.subprogrammes import add_subprogramme


def add(
    database: Database,
    number: str = " 3 ",
    name: str = "Transport  and trade",
    unit_id: int | None = None,
    actor: Actor | None = None,
) -> None:
    with database.transaction() as session:
        add_subprogramme(
            session,
            number=number,
            name=name,
            language="en",
            unit_id=unit_id,
            actor=actor,
            at=clock.now(),
        )


def test_a_subprogramme_is_kept_with_its_unit_and_told_to_the_audit_trail(
    database: Database, house: House
) -> None:
    add(database, unit_id=house.trade)

    with database.reading() as session:
        kept = session.scalars(select(Subprogramme)).one()
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "subprogramme.added")
        ).one()
        assert (kept.number, kept.name) == ("3", "Transport and trade")
        assert (kept.unit_id, entry.subject_id) == (house.trade, kept.id)


def test_a_number_is_given_once(database: Database) -> None:
    add(database)

    with pytest.raises(Duplicate, match="number 3 belongs to another"):
        add(database, name="Statistics")


@pytest.mark.parametrize(
    ("number", "name", "unit_id", "field"),
    [
        (" ", "Trade", None, "number"),
        ("1" * 21, "Trade", None, "number"),
        ("1", " ", None, "name"),
        ("1", "Trade", 404, "unit_id"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_field(
    database: Database, number: str, name: str, unit_id: int | None, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(database, number, name, unit_id)

    assert refusal.value.field == field


def test_only_who_looks_after_the_house_adds_a_subprogramme(
    database: Database, house: House
) -> None:
    with pytest.raises(NotAllowed):
        add(database, actor=house.coordinator)
