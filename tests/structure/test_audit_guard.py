"""The guard of the audit trail notices every way to change a row."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from tests.audit import AUDITED, LeavesNoTrace, arranging
from tracker import clock
from tracker.database import Database
from tracker.models import Base
from tracker.models.instruments import Body
from tracker.models.jobs import Lease
from tracker.services import audit

BODY = {"key": "commission", "name": "Commission for the Ostral Islands", "language": "en"}


def make_body() -> Body:
    return Body(**BODY)


def test_a_new_row_without_an_audit_entry_is_noticed(database: Database) -> None:
    with pytest.raises(LeavesNoTrace, match="bodies"), database.transaction() as session:
        session.add(make_body())


def test_a_new_row_with_an_audit_entry_passes(database: Database) -> None:
    with database.transaction() as session:
        body = make_body()
        session.add(body)
        audit.record(session, actor=None, at=clock.now(), action="add body", subject=body)

    with database.reading() as session:
        assert session.get(Body, 1) is not None


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(insert(Body).values(BODY), id="insert"),
        pytest.param(Base.metadata.tables["bodies"].insert().values(BODY), id="table"),
        pytest.param(update(Body).values(language="es"), id="update"),
        pytest.param(delete(Body), id="delete"),
    ],
)
def test_a_statement_without_an_audit_entry_is_noticed(
    database: Database, statement: object
) -> None:
    with pytest.raises(LeavesNoTrace, match="bodies"), database.transaction() as session:
        session.execute(statement)  # type: ignore[call-overload]


def test_a_changed_and_a_removed_row_are_noticed(database: Database) -> None:
    with arranging(), database.transaction() as session:
        session.add(make_body())

    with pytest.raises(LeavesNoTrace), database.transaction() as session:
        session.get_one(Body, 1).language = "es"
    with pytest.raises(LeavesNoTrace), database.transaction() as session:
        session.delete(session.get_one(Body, 1))


def test_the_machines_own_rows_need_no_audit_entry(database: Database) -> None:
    with database.transaction() as session:
        session.add(Lease(name="x", holder="y", held_until=clock.now() + timedelta(minutes=1)))

    assert "leases" not in AUDITED


def test_every_table_is_audited_or_named_as_not() -> None:
    assert "mandates" in AUDITED
    assert set(Base.metadata.tables) > AUDITED
