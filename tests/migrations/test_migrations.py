"""Migrations: one numbered line of them, up and down on both engines, as the models say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, inspect

from tests.audit import arranging
from tracker import schema
from tracker.database import Database, make_engine
from tracker.domain.errors import Invalid, Unavailable
from tracker.models import APPEND_ONLY, Base
from tracker.models.instruments import Body

SCRIPTS = ScriptDirectory(schema.MIGRATIONS)
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


def test_there_is_one_line_of_migrations_without_gaps() -> None:
    assert [int(revision) for revision in REVISIONS] == list(range(1, len(REVISIONS) + 1))
    assert {len(revision) for revision in REVISIONS} == {4}
    assert SCRIPTS.get_heads() == [REVISIONS[-1]]
    assert schema.newest_revision() == REVISIONS[-1]


@pytest.mark.parametrize("script", list(SCRIPTS.walk_revisions()), ids=lambda found: found.revision)
def test_a_migration_is_named_for_its_change_and_says_why(script: object) -> None:
    path = Path(str(script.path))  # type: ignore[attr-defined]
    reason = str(script.longdoc).strip()  # type: ignore[attr-defined]

    assert re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", path.name)
    assert len(reason.split()) > 10
    assert "say it here" not in reason
    assert not re.search(r"^\s*(from|import) tracker", path.read_text(), re.MULTILINE)


@pytest.mark.slow
def test_the_tables_come_go_and_come_again(bare_database_url: str) -> None:
    schema.upgrade(bare_database_url)
    assert tables_of(bare_database_url) == set(Base.metadata.tables) | {"alembic_version"}

    schema.downgrade(bare_database_url, "base")
    assert tables_of(bare_database_url) == {"alembic_version"}

    schema.upgrade(bare_database_url)
    assert schema.problems(bare_database_url) == []


@pytest.mark.slow
def test_each_migration_can_be_taken_back_and_done_again(bare_database_url: str) -> None:
    for revision in REVISIONS:
        schema.upgrade(bare_database_url, revision)
        schema.downgrade(bare_database_url, "-1")
        schema.upgrade(bare_database_url, revision)

    assert schema.problems(bare_database_url) == []


def test_the_migrations_leave_nothing_to_generate(database: Database) -> None:
    with database.engine.connect() as connection:
        assert schema.differences(connection, compare_server_default=True) == []


@pytest.mark.slow
def test_the_migrations_make_what_the_models_say(
    database: Database, bare_database_url: str
) -> None:
    from_models = make_engine(bare_database_url)
    Base.metadata.create_all(from_models)

    assert description_of(database.engine) == description_of(from_models)

    from_models.dispose()


@pytest.mark.slow
def test_an_upgrade_keeps_the_rows(database: Database) -> None:
    with arranging(), database.transaction() as session:
        session.add(Body(key="commission", name="Commission", language="en"))

    schema.downgrade(database.url, "0001")
    schema.upgrade(database.url)

    with database.reading() as session:
        assert session.get_one(Body, 1).name == "Commission"


def test_a_failing_migration_leaves_the_database_as_it_was(
    bare_database_url: str,
) -> None:
    schema.upgrade(bare_database_url, "0001")
    engine = make_engine(bare_database_url)
    with engine.begin() as connection:
        # 0002 guards this table last, and fails there when all others have their triggers.
        connection.exec_driver_sql("DROP TABLE waivers")

    with pytest.raises(Unavailable):
        schema.upgrade(bare_database_url)

    with engine.connect() as connection:
        assert schema.current_revision(connection) == "0001"
        assert len(schema.missing_guards(connection)) == 2 * len(APPEND_ONLY)
    engine.dispose()


def test_an_unknown_migration_is_refused(bare_database_url: str) -> None:
    with pytest.raises(Invalid, match="There is no migration 7777"):
        schema.upgrade(bare_database_url, "7777")


def tables_of(url: str) -> set[str]:
    engine = make_engine(url)
    names = {
        name for name in inspect(engine).get_table_names() if schema.is_of_models(name, "table", {})
    }
    engine.dispose()
    return names


def description_of(engine: Engine) -> set[str]:
    inspector = inspect(engine)
    tables = set(inspector.get_table_names()) - {"alembic_version"}
    return {
        f"{table}: {line}"
        for table in tables
        if schema.is_of_models(table, "table", {})
        for line in _lines_about_table(inspector, table)
    }


def _lines_about_table(inspector: Inspector, table: str) -> Iterator[str]:
    yield f"key {inspector.get_pk_constraint(table)}"
    for kind, found in (
        ("column", inspector.get_columns(table)),
        ("reference", inspector.get_foreign_keys(table)),
        ("unique", inspector.get_unique_constraints(table)),
        ("check", inspector.get_check_constraints(table)),
        ("index", inspector.get_indexes(table)),
    ):
        for item in found:
            if schema.is_of_models(str(item["name"]), kind, {}):
                yield f"{kind} {_plain(item)}"


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return str(value)
