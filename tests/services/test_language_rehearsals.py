"""The rehearsal of a language version: what stands beside what, and what differs."""

from pathlib import Path

import pytest

from tests.furniture import put
from tests.importing import import_text
from tests.reporting import House, make_house
from tests.resolution_texts import as_file
from tests.services.test_language_versions import PREAMBLE, SPANISH, WITH_4, WITHOUT_2B, counts
from tracker.database import Database
from tracker.domain.errors import NotAllowed
from tracker.domain.permissions import Actor
from tracker.services.language_rehearsals import (
    Difference,
    VersionRehearsal,
    rehearse_language_version,
)
from tracker.storage import FileStore


@pytest.fixture
def house(database: Database) -> House:
    return put(database, make_house)


@pytest.fixture
def instrument_id(database: Database, house: House, tmp_path: Path) -> int:
    return import_text(database, FileStore(tmp_path / "files"))[0].instrument_id


def rehearse(
    database: Database, instrument_id: int, actor: Actor, text: str = SPANISH
) -> VersionRehearsal:
    with database.reading() as session:
        return rehearse_language_version(
            session,
            instrument_id=instrument_id,
            content=as_file(text),
            file_name="resolucion.txt",
            actor=actor,
        )


def differences(rehearsal: VersionRehearsal) -> list[tuple[str | None, Difference, str | None]]:
    return [
        (row.paragraph, row.difference, row.read_as) for row in rehearsal.rows if row.difference
    ]


def test_clauses_of_one_structure_stand_side_by_side_and_nothing_is_written(
    database: Database, house: House, instrument_id: int
) -> None:
    before = counts(database)

    found = rehearse(database, instrument_id, house.coordinator)

    beside = {row.paragraph: row.version for row in found.rows}
    assert (found.problem, found.difference_count, found.language) == (None, 0, "es")
    assert beside["2(b)"] is not None
    assert beside["2(b)"].startswith("Informe a la Comisión")
    assert counts(database) == before


def test_a_clause_that_the_file_lacks_is_named_with_the_refusal(
    database: Database, house: House, instrument_id: int
) -> None:
    found = rehearse(database, instrument_id, house.coordinator, WITHOUT_2B)

    assert differences(found) == [("2(b)", Difference.MISSING, None)]
    assert found.problem is not None


def test_a_preambular_paragraph_that_the_file_lacks_is_a_difference(
    database: Database, house: House, instrument_id: int
) -> None:
    shorter = SPANISH.replace(PREAMBLE, "")

    found = rehearse(database, instrument_id, house.coordinator, shorter)

    assert differences(found) == [(None, Difference.MISSING, None)]


def test_a_clause_that_only_the_file_has_is_named(
    database: Database, house: House, instrument_id: int
) -> None:
    found = rehearse(database, instrument_id, house.coordinator, WITH_4)

    assert differences(found) == [("4", Difference.FURTHER, None)]


def test_a_clause_below_another_paragraph_is_shown_beside_its_original(
    database: Database, house: House, instrument_id: int
) -> None:
    parts = SPANISH[SPANISH.index("a) Preste") : SPANISH.index("3. Invita")]
    moved = f"{SPANISH.replace(parts, '')}\n{parts}"

    found = rehearse(database, instrument_id, house.coordinator, moved)

    assert ("2(a)", Difference.OTHER_PLACE, "3(a)") in differences(found)


def test_who_may_not_import_may_not_rehearse(
    database: Database, house: House, instrument_id: int
) -> None:
    with pytest.raises(NotAllowed):
        rehearse(database, instrument_id, house.viewer)
