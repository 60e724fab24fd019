"""A corrected clause: what was said of it before follows its words, or is to be looked at again."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.importing import ENTITY, import_text
from tests.reporting import House
from tests.services.test_language_versions import add
from tracker import clock
from tracker.database import Database
from tracker.domain.findings import FindingField
from tracker.models.instruments import Clause, ClauseText
from tracker.models.mandates import Mandate, MandateFinding
from tracker.services.corrections import correct_clause
from tracker.services.findings import accept_findings
from tracker.services.mandates import confirm_mandates
from tracker.storage import FileStore

WORDS = "To report to the Commission at its sixth session on the registers of the islands;"


@pytest.fixture
def clause_id(database: Database, house: House, tmp_path: Path) -> int:
    """Import 21(V) in English and Spanish, confirm and accept all of it; return its 2(b)."""
    files = FileStore(tmp_path / "files")
    (outcome,) = import_text(database, files)
    add(database, files, outcome.instrument_id)
    with database.transaction() as session:
        mandates = session.scalars(
            select(Mandate.id).where(Mandate.instrument_id == outcome.instrument_id)
        ).all()
        confirm_mandates(
            session,
            decisions=dict.fromkeys(mandates, True),
            actor=house.coordinator,
            at=clock.now(),
        )
        accept_findings(
            session,
            instrument_id=outcome.instrument_id,
            actor=house.coordinator,
            at=clock.now(),
        )
        return session.scalars(
            select(Clause.id).where(
                Clause.instrument_id == outcome.instrument_id, Clause.path == "2.b"
            )
        ).one()


def correct(database: Database, house: House, clause_id: int, text: str) -> None:
    with database.transaction() as session:
        correct_clause(
            session,
            clause_id=clause_id,
            version=1,
            text=text,
            path="2.b",
            reason="Signed text",
            entity=ENTITY,
            actor=house.coordinator,
            at=clock.now(),
        )


def findings(database: Database, clause_id: int) -> dict[FindingField, MandateFinding]:
    with database.reading() as session:
        rows = session.scalars(
            select(MandateFinding)
            .join(Mandate, Mandate.id == MandateFinding.mandate_id)
            .where(Mandate.clause_id == clause_id)
        )
        return {row.field: row for row in rows}


def outdated(database: Database, clause_id: int) -> list[str]:
    with database.reading() as session:
        return list(
            session.scalars(
                select(ClauseText.language).where(
                    ClauseText.clause_id == clause_id, ClauseText.is_out_of_date
                )
            )
        )


def needs_look(database: Database, clause_id: int) -> bool:
    with database.reading() as session:
        return session.scalars(
            select(Mandate.needs_look).where(Mandate.clause_id == clause_id)
        ).one()


def test_another_sense_makes_other_languages_out_of_date_and_asks_for_a_look(
    database: Database, house: House, clause_id: int
) -> None:
    correct(database, house, clause_id, WORDS.replace("sixth", "seventh"))

    assert outdated(database, clause_id) == ["es"]
    assert needs_look(database, clause_id)


def test_a_typing_error_leaves_languages_and_confirmations_as_they_are(
    database: Database, house: House, clause_id: int
) -> None:
    correct(database, house, clause_id, WORDS.replace("Commission", "Comission"))

    assert outdated(database, clause_id) == []
    assert not needs_look(database, clause_id)


def test_what_was_accepted_stands_where_its_words_went(
    database: Database, house: House, clause_id: int
) -> None:
    longer = f"As soon as it can, {WORDS[0].lower()}{WORDS[1:]}"

    correct(database, house, clause_id, longer)

    occasion = findings(database, clause_id)[FindingField.OCCASION]
    assert longer[occasion.starts_at : occasion.ends_at] == "at its sixth session"
    assert not occasion.needs_look


def test_what_was_accepted_on_words_that_are_gone_is_to_be_looked_at_again(
    database: Database, house: House, clause_id: int
) -> None:
    correct(database, house, clause_id, WORDS.replace("at its sixth session", "by 2030"))

    occasion = findings(database, clause_id)[FindingField.OCCASION]
    assert (occasion.starts_at, occasion.needs_look) == (None, True)
    assert occasion.words == "at its sixth session"


def test_a_finding_that_was_accepted_again_is_the_persons_own_word(
    database: Database, house: House, clause_id: int
) -> None:
    correct(database, house, clause_id, WORDS.replace("at its sixth session", "by 2030"))
    with database.reading() as session:
        instrument_id = session.get_one(Clause, clause_id).instrument_id

    with database.transaction() as session:
        accept_findings(
            session, instrument_id=instrument_id, actor=house.coordinator, at=clock.now()
        )

    occasion = findings(database, clause_id)[FindingField.OCCASION]
    assert (occasion.words, occasion.needs_look) == ("", False)
