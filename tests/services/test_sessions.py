"""Sessions of bodies: scheduled, and called by their numbers in every language."""

from datetime import UTC, date, datetime

import pytest

from tests.audit import arranging
from tests.reporting import House
from tracker.database import Database
from tracker.domain.errors import NotAllowed
from tracker.domain.names import Named
from tracker.models.instruments import Body, BodySession
from tracker.queries.names import named_rows, names_in, sessions_without_names
from tracker.services.sessions import schedule_session, write_missing_names

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAME = "Forty-first session"


@pytest.fixture
def _nameless(database: Database, house: House) -> None:
    """Add a session as older releases did: called in English alone."""
    with arranging(), database.transaction() as session:
        session.add(BodySession(body_id=1, number=41, name=NAME, language="en"))


def test_a_new_session_is_named_in_every_language(database: Database, house: House) -> None:
    with database.transaction() as session:
        schedule_session(
            session,
            body=session.get_one(Body, 1),
            number=41,
            place="Praia",
            opens_on=date(2027, 4, 20),
            closes_on=date(2027, 4, 22),
            actor=house.coordinator,
            at=NOW,
        )

    with database.reading() as session:
        assert names_in(session, "fr").of(Named.SESSION, NAME) == "Quarante et unième session"
        assert sessions_without_names(session) == []


@pytest.mark.usefixtures("_nameless")
def test_sessions_without_names_get_those_that_are_missing(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        counts = [
            write_missing_names(session, actor=house.coordinator, at=NOW) for _time in range(2)
        ]

    assert counts == [1, 0]
    with database.reading() as session:
        [row] = [row for row in named_rows(session) if row.kind is Named.SESSION]
        assert set(row.others) == {"es", "fr", "pt"}
        assert row.body_name == "Commission of the Islands"


@pytest.mark.usefixtures("_nameless")
def test_who_may_write_no_names_names_no_sessions(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        write_missing_names(session, actor=house.viewer, at=NOW)
