"""Migration 0055: entries of search name their mandates again, and the full-text index stays."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.audit import arranging
from tests.queries.test_search import VIEWER, look, make_activity, searched
from tests.reporting import House, make_house, open_biennium, report_on
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.search import SearchKind
from tracker.domain.workflow import Move
from tracker.models.people import Person
from tracker.models.progress import ProgressEntry, ProgressRevision

__all__ = ["searched"]
pytestmark = pytest.mark.slow


@pytest.fixture
def told(searched: Database) -> House:
    """Put a cleared text, a note and an activity there."""
    with arranging(), searched.transaction() as session:
        house = make_house(session)
        open_biennium(session, house)
        writer = house.focal_point.person_id
        report = report_on(session, house.mandates[1])
        cleared = {"number": 1, "move": Move.CLEAR, "written_at": clock.now(), "language": "en"}
        session.add_all(
            [
                ProgressRevision(
                    report_id=report.id, written_by_id=writer, done="Islands counted.", **cleared
                ),
                ProgressEntry(
                    mandate_id=house.mandates[2],
                    noted_on=date(2026, 2, 1),
                    text="Islands seen.",
                    language="en",
                    written_at=clock.now(),
                    written_by_id=writer,
                ),
                make_activity(session.get_one(Person, writer)),
            ]
        )
        return house


def entries(database: Database) -> set[tuple[object, ...]]:
    with database.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT kind, subject_id, mandate_id, instrument_id FROM search_entries "
                "WHERE kind <> 'activity'"
            )
        )
        return {tuple(row) for row in rows}


def test_entries_name_their_mandates_after_an_upgrade(searched: Database, told: House) -> None:
    before = entries(searched)
    schema.downgrade(searched.url, "0054")

    schema.upgrade(searched.url)

    assert entries(searched) == before
    assert {mandate for _kind, _id, mandate, _from in before} == {None, *told.mandates}
    assert schema.problems(searched.url) == []


def test_the_words_are_found_after_an_upgrade_and_activities_come_again(
    searched: Database, told: House
) -> None:
    schema.downgrade(searched.url, "0054")
    schema.upgrade(searched.url)

    found = {result.kind for result in look(searched, "islands", actor=VIEWER).results}

    assert found == {
        SearchKind.RESOLUTION, SearchKind.MANDATE, SearchKind.PROGRESS, SearchKind.NOTE,
    }  # fmt: skip
    assert look(searched, "quays").total == 0
