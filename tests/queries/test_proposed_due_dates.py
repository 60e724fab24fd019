"""Due dates proposed by the words of clauses, for one mandate or for many."""

from datetime import date

import pytest

from tests.audit import arranging
from tests.reporting import House, counted_statements
from tracker.database import Database
from tracker.models.instruments import BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.queries.proposed_due_dates import proposed_due_dates

TODAY = date(2026, 3, 2)
OPENS_ON = date(2027, 5, 18)


@pytest.fixture(autouse=True)
def _occasions(database: Database, house: House) -> None:
    """Let the three clauses of the house say when they fall due, its resolution be of session 4."""
    with arranging(), database.transaction() as session:
        mandates = [session.get_one(Mandate, mandate_id) for mandate_id in house.mandates]
        said = ("at its fifth session", "by 31 December 2025", "at its sixth session")
        for mandate, occasion in zip(mandates, said, strict=True):
            mandate.occasion = occasion
        instrument = session.get_one(Instrument, mandates[0].instrument_id)
        adopted, following = (
            BodySession(body_id=instrument.body_id, number=number, name=name, language="en")
            for number, name in ((4, "Fourth session"), (5, "Fifth session"))
        )
        following.opens_on = OPENS_ON
        session.add_all([adopted, following])
        session.flush()
        instrument.session_id = adopted.id


def test_a_session_to_come_gives_the_day_and_its_source(database: Database, house: House) -> None:
    with database.reading() as session:
        found = proposed_due_dates(session, house.mandates, today=TODAY)[house.mandates[0]]

    assert (found.occasion, found.due_on) == ("at its fifth session", OPENS_ON)
    assert (found.falling.session_number, found.falling.opens_on) == (5, OPENS_ON)


def test_a_day_that_is_over_and_a_session_without_days_are_told_but_not_proposed(
    database: Database, house: House
) -> None:
    with database.reading() as session:
        found = proposed_due_dates(session, house.mandates[1:], today=TODAY)

    assert [one.due_on for one in found.values()] == [None, None]
    assert found[house.mandates[1]].falling.due_on == date(2025, 12, 31)
    assert found[house.mandates[2]].falling.session_number == 6


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_three_statements_however_many_mandates(
    database: Database, house: House, count: int
) -> None:
    with database.reading() as session, counted_statements(database) as statements:
        proposed_due_dates(session, house.mandates[:count], today=TODAY)

    assert len(statements) == 3
