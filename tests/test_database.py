"""A view of the data only reads, and PostgreSQL keeps the plans of what it asks."""

from contextlib import suppress

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.audit import arranging
from tests.reporting import make_unit
from tracker.database import PREPARED_AFTER, Database
from tracker.models.people import OrganizationalUnit

PLANNED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%is_active%'")

ALL_IN_ORDER = "SELECT * FROM days JOIN days AS others USING (n) ORDER BY n"


def ask_in_a_view(database: Database, statement: str) -> object:
    view = database.view()
    with view.reading() as session:
        found: object = session.scalar(text(statement))
    view.close()
    return found


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_what_a_view_asks_stays_planned_after_it(database: Database) -> None:
    for _ in range(PREPARED_AFTER + 1):
        ask_in_a_view(database, "SELECT count(*) FROM people WHERE is_active")
    view = database.view()

    with view.reading() as session:
        planned = session.scalar(PLANNED)
    view.close()

    assert planned == 1


def test_a_view_keeps_nothing_that_is_written_in_it(database: Database) -> None:
    view = database.view()
    with suppress(DBAPIError), view.reading() as session:  # PostgreSQL refuses to write
        make_unit(session, "trade", "Trade Division", "UTC")
    view.close()

    with database.reading() as session:
        assert session.scalar(select(func.count(OrganizationalUnit.id))) == 0


def test_all_readings_of_a_view_see_the_same(database: Database) -> None:
    view = database.view()
    counts = []
    for name in ("trade", "statistics"):
        with view.reading() as session:
            counts.append(session.scalar(select(func.count(OrganizationalUnit.id))))
        with arranging(), database.transaction() as writer:
            make_unit(writer, name, name.title(), "UTC")
    view.close()

    assert counts == [0, 0]


def test_a_view_that_failed_leaves_a_connection_to_work_with(database: Database) -> None:
    view = database.view()
    with pytest.raises(DBAPIError), view.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
    view.close()

    assert ask_in_a_view(database, "SELECT 1") == 1


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_connection_that_the_server_ended_is_replaced_unseen(database: Database) -> None:
    mine = ask_in_a_view(database, "SELECT pg_backend_pid()")
    other = Database(database.url)
    there = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :mine")
    with other.transaction() as session:
        session.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
    while True:  # it ends when it comes to it
        with other.reading() as session:
            if not session.scalar(there, {"mine": mine}):
                break
    other.close()

    assert ask_in_a_view(database, "SELECT pg_backend_pid()") != mine


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_what_is_read_piece_by_piece_is_planned_as_read_to_its_end(database: Database) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "CREATE TEMP TABLE days AS SELECT n, repeat('x', 99) AS words "
                "FROM generate_series(1, 9999) AS n ORDER BY md5(n::text)"
            )
        )
        session.execute(text("CREATE INDEX ON days (n)"))
        session.execute(text("ANALYZE days"))
        at_once, by_pieces = (
            session.scalars(text("EXPLAIN (COSTS OFF) " + form + ALL_IN_ORDER)).all()
            for form in ("", "DECLARE pieces CURSOR FOR ")
        )

    assert by_pieces == at_once
