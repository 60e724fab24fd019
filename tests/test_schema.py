"""What `tracker database` says about databases that are old, foreign, damaged or not there."""

from pathlib import Path

import pytest

from tracker import schema
from tracker.database import Database
from tracker.domain.errors import Unavailable


def test_a_sound_database_has_no_problems(database_url: str) -> None:
    assert schema.problems(database_url) == []


@pytest.mark.slow
def test_an_old_database_is_told_to_upgrade(database_url: str) -> None:
    schema.downgrade(database_url, "0001")

    newest = schema.newest_revision()
    (problem,) = schema.problems(database_url)
    assert problem == (
        f"The tables stand at migration 0001, this version needs {newest}: "
        "run tracker database upgrade."
    )


def test_an_empty_database_is_told_to_upgrade(bare_database_url: str) -> None:
    schema.upgrade(bare_database_url, "0001")
    schema.downgrade(bare_database_url, "base")

    (problem,) = schema.problems(bare_database_url)

    assert problem.startswith("The tables stand at migration none")


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "tracker.sqlite3"

    assert schema.problems(f"sqlite:///{path}") == [
        f"There is no database file {path} yet: run tracker database upgrade."
    ]
    assert not path.exists()


def test_a_table_that_somebody_changed_is_reported(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_mandates_asked")

    (problem,) = schema.problems(database.url)

    assert "ix_mandates_asked" in problem


def test_a_row_that_points_nowhere_is_reported(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.migrating() as connection:
        connection.exec_driver_sql(
            "INSERT INTO instrument_series (body_id, title, language) VALUES (99, 'x', 'en')"
        )
        connection.commit()
    database.close()

    assert schema.problems(sqlite_url) == [
        "Row 1 of instrument_series points to a row of bodies that is not there."
    ]


@pytest.mark.slow
def test_an_upgrade_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'er' / 'tracker.sqlite3'}"

    schema.upgrade(url)

    assert schema.problems(url) == []


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match=r"tracker.sqlite3 cannot be used .*can be written"):
        schema.upgrade(f"sqlite:///{tmp_path / 'file' / 'tracker.sqlite3'}")


def test_a_file_of_another_kind_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague, " * 100)
    before = letter.read_bytes()

    with pytest.raises(Unavailable, match="file is not a database"):
        schema.upgrade(f"sqlite:///{letter}")

    assert letter.read_bytes() == before


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(Unavailable) as refusal:
        schema.upgrade("postgresql://tracker:secret@127.0.0.1:1/tracker")

    assert "127.0.0.1:1/tracker cannot be used" in str(refusal.value)
    assert "secret" not in str(refusal.value)
