"""Dated notes on mandates: kept with their day, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.progress import ProgressEntry
from tracker.services.progress_entries import add_progress_entry


def note(
    database: Database,
    actor: Actor,
    mandate_id: int,
    noted_on: date | None = None,
    text: str = " The form was agreed. ",
) -> None:
    with database.transaction() as session:
        add_progress_entry(
            session,
            mandate_id=mandate_id,
            noted_on=noted_on or clock.today(),
            text=text,
            language="en",
            actor=actor,
            at=clock.now(),
        )


def test_a_note_is_kept_with_its_day_and_author(database: Database, house: House) -> None:
    yesterday = clock.today() - timedelta(days=1)

    note(database, house.focal_point, house.mandates[0], yesterday)

    with database.reading() as session:
        kept = session.scalars(select(ProgressEntry)).one()
        action = session.scalars(select(AuditEntry.action)).one()
        assert (kept.noted_on, kept.text) == (yesterday, "The form was agreed.")
        assert (kept.written_by_id, action) == (house.focal_point.person_id, "note_progress")


@pytest.mark.parametrize("text", ["  ", "x" * 20_001], ids=["empty", "endless"])
def test_a_note_says_something_and_not_too_much(
    database: Database, house: House, text: str
) -> None:
    with pytest.raises(Invalid, match="Enter what happened"):
        note(database, house.focal_point, house.mandates[0], text=text)


def test_a_note_is_not_about_the_future(database: Database, house: House) -> None:
    with pytest.raises(Invalid, match="lies in the future"):
        note(database, house.focal_point, house.mandates[0], clock.today() + timedelta(days=1))


def test_a_note_on_the_mandate_of_another_unit_is_refused(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed):
        note(database, house.other_focal_point, house.mandates[0])


def test_a_note_on_an_unknown_mandate_is_refused(database: Database, house: House) -> None:
    with pytest.raises(NotFound):
        note(database, house.focal_point, 404)
