"""Names in other languages: who may write them, what is refused, and what is shown."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.reporting import House
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound, Stale
from tracker.domain.names import Named
from tracker.models.audit import AuditEntry
from tracker.queries.names import find_named, named_rows, names_in
from tracker.services.names import note_new_original, take_name_away, write_name, write_names

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SPANISH = "División de Estadística"


def write(database: Database, house: House, text: str = SPANISH, language: str = "es") -> None:
    """Let the coordinator write a name of the Statistics Division."""
    with database.transaction() as session:
        write_name(
            session,
            kind=Named.UNIT,
            subject_id=house.statistics,
            language=language,
            text=text,
            actor=house.coordinator,
            at=NOW,
        )


def shown(database: Database, language: str = "es") -> str:
    """Return what the Statistics Division is called in a language."""
    with database.reading() as session:
        return names_in(session, language).of(Named.UNIT, "Statistics Division")


def test_a_name_is_shown_in_its_language_alone(database: Database, house: House) -> None:
    write(database, house)

    assert shown(database, "es") == SPANISH
    assert shown(database, "fr") == "Statistics Division"


def test_a_name_can_be_written_anew_and_the_trail_holds_both(
    database: Database, house: House
) -> None:
    write(database, house, "División de Estadísticas")
    write(database, house, f"  {SPANISH} ")

    assert shown(database) == SPANISH
    with database.reading() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "name.written").order_by(AuditEntry.id)
        ).all()
    assert [(entry.before or {})["name"] for entry in entries] == [None, "División de Estadísticas"]
    assert (entries[1].after or {})["name"] == SPANISH


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("  ", "es", "Enter the name."),
        ("x" * 301, "es", "The name has more than 300 characters."),
        ("Statistics", "en", "The name is written in this language already"),
    ],
    ids=["empty", "endless", "the original's language"],
)
def test_a_name_that_cannot_be_is_refused(
    database: Database, house: House, text: str, language: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        write(database, house, text, language)


def test_a_name_of_what_is_not_there_is_refused(database: Database, house: House) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        write_name(
            session,
            kind=Named.BODY,
            subject_id=9999,
            language="es",
            text="Nadie",
            actor=house.coordinator,
            at=NOW,
        )


def test_who_reads_only_may_write_no_name(database: Database, house: House) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        write_name(
            session,
            kind=Named.UNIT,
            subject_id=house.statistics,
            language="es",
            text=SPANISH,
            actor=house.viewer,
            at=NOW,
        )


def test_a_name_taken_away_shows_the_original_again(database: Database, house: House) -> None:
    write(database, house)

    with database.transaction() as session:
        take_name_away(
            session,
            kind=Named.UNIT,
            subject_id=house.statistics,
            language="es",
            actor=house.coordinator,
            at=NOW,
        )

    assert shown(database) == "Statistics Division"


def test_a_name_is_out_of_date_once_the_original_changes_until_it_is_written_again(
    database: Database, house: House
) -> None:
    write(database, house)

    with database.transaction() as session:
        note_new_original(session, Named.UNIT, house.statistics)
        held = find_named(session, Named.UNIT, house.statistics).others["es"]
        meanwhile = names_in(session, "es").of(Named.UNIT, "Statistics Division")
        write_name(
            session,
            kind=Named.UNIT,
            subject_id=house.statistics,
            language="es",
            text=SPANISH,
            actor=house.coordinator,
            at=NOW,
        )

    assert (held.is_out_of_date, meanwhile) == (True, "Statistics Division")
    assert shown(database) == SPANISH


def test_a_name_that_somebody_wrote_meanwhile_is_not_written_over(
    database: Database, house: House
) -> None:
    write(database, house, "División Estadística")

    with database.reading() as session, pytest.raises(Stale, match="División Estadística"):
        write_names(
            session,
            kind=Named.UNIT,
            subject_id=house.statistics,
            texts={"es": SPANISH},
            seen={"es": ""},
            actor=house.coordinator,
            at=NOW,
        )


def test_the_list_of_names_holds_what_is_missing(database: Database, house: House) -> None:
    write(database, house)

    with database.reading() as session:
        others = {row.name: set(row.others) for row in named_rows(session)}

    assert others["Statistics Division"] == {"es"}
    assert others["Trade Division"] == set()
