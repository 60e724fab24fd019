"""What is planned once finds the same, and PostgreSQL keeps its plan for whoever asks."""

import pytest
from sqlalchemy import ColumnElement, Integer, column, func, select, table, text

from tracker.database import Database
from tracker.domain.mandates import Lifecycle
from tracker.models.mandates import Mandate
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.planned_once import planned_once

TASKS = table("tasks", column("id", Integer), column("unit_id", Integer))
TEN_THOUSAND = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
HOW = text(
    "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
    " WHERE statement LIKE '%tasks%' AND statement NOT LIKE 'INSERT%'"
)
TIMES = 12  # a server makes up its mind after five


@pytest.fixture
def tasks(database: Database) -> Database:
    """Return a database with 10,000 tasks of 20 units, as its planner knows them."""
    with database.transaction() as session:
        session.execute(text("CREATE TABLE tasks (id INTEGER PRIMARY KEY, unit_id INTEGER)"))
        session.execute(text(f"INSERT INTO tasks {TEN_THOUSAND} SELECT i, i % 20 FROM n"))  # noqa: S608 - words from above
        session.execute(text("CREATE INDEX ix_tasks ON tasks (unit_id, id)"))
    database.learn_sizes()
    return database


@pytest.mark.parametrize(
    "condition",
    [
        TASKS.c.unit_id == 7,
        TASKS.c.unit_id.in_([7]),
        TASKS.c.unit_id.in_([7, 8, 99]),
        TASKS.c.unit_id.in_([]),
        TASKS.c.unit_id.not_in([7, 8]),
        TASKS.c.id.in_(select(TASKS.c.id).where(TASKS.c.unit_id.in_([7]))),
        (TASKS.c.unit_id == 7) & (TASKS.c.id < 500) | TASKS.c.unit_id.in_([3, 4]),
    ],
    ids=str,
)
def test_what_is_planned_once_finds_the_same(
    tasks: Database, condition: ColumnElement[bool]
) -> None:
    asked = select(func.count(TASKS.c.id), func.sum(TASKS.c.id)).where(condition)

    with tasks.reading() as session:
        found = session.execute(planned_once(asked)).all()

        assert found == session.execute(asked).all()
        assert list(map(tuple, KeptStatement(planned_once(asked)).rows(session))) == found


def test_two_that_ask_for_different_things_are_each_given_their_own(tasks: Database) -> None:
    with tasks.reading() as session:
        found = [
            session.scalar(
                planned_once(select(func.min(TASKS.c.id)).where(TASKS.c.unit_id == unit))
            )
            for unit in (3, 5)
        ]

    assert found == [3, 5]


def test_our_words_are_written_out() -> None:
    asked = select(Mandate.id).where(Mandate.lifecycle == Lifecycle.ACTIVE)

    assert str(planned_once(asked)).endswith("WHERE mandates.lifecycle = 'active'")


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize(
    "is_kept", [pytest.param(True, id="once"), pytest.param(False, id="as it is")]
)
def test_its_plan_is_kept_where_another_is_made_anew_each_time(
    tasks: Database, *, is_kept: bool
) -> None:
    # Nobody has anything in unit 99, the least that there can be to find: a plan for all units
    # seems worse than that.
    asked = select(TASKS.c.id).where(TASKS.c.unit_id.in_([99]))
    statement = KeptStatement(planned_once(asked) if is_kept else asked)

    with tasks.reading() as session:
        for _ in range(TIMES):
            assert statement.rows(session) == []
        kept, made = session.execute(HOW).one()

    assert (kept > 0, made == TIMES - 2) == (is_kept, not is_kept)
