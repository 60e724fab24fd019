"""Files of one resolution in several languages, dropped together, make one resolution."""

import pytest
from sqlalchemy import func, select

from tests.importing import ENTITY
from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER
from tests.services.reviewing import Desk, desk
from tests.services.test_language_versions import SPANISH, WITH_4
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid
from tracker.models.instruments import Body, Instrument, InstrumentText
from tracker.queries.import_files import half_done_files
from tracker.queries.import_reviews import ReviewUnderWay
from tracker.queries.known_texts import known_reviews
from tracker.services.import_batches import Together, import_together

__all__ = ["desk"]


def together(desk: Desk, *reviews: ReviewUnderWay) -> Together:
    with desk.database.transaction() as session:
        return import_together(
            session,
            versions={review.id: review.version for review in reviews},
            first_language="en",
            actor=desk.actor,
            at=clock.now(),
            files=desk.files,
            uploads=desk.uploads,
            entity=ENTITY,
        )


def texts(database: Database) -> list[tuple[str, str, bool]]:
    """Return symbol, language and whether it is the original of each text that came in."""
    with database.reading() as session:
        rows = session.execute(
            select(Instrument.symbol, InstrumentText.language, InstrumentText.is_original)
            .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
            .join(Body, Body.id == Instrument.body_id)
            .where(Body.key == "coi")
            .order_by(InstrumentText.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


@pytest.mark.parametrize("order", [(ADOPTED, SPANISH), (SPANISH, ADOPTED)], ids=["first", "last"])
def test_two_languages_are_one_resolution_whichever_file_came_first(
    desk: Desk, database: Database, order: tuple[str, str]
) -> None:
    made = together(desk, *(desk.open(text) for text in order))

    assert [each.symbol for each in made.imported] == ["21(V)"]
    assert [(each.symbol, each.language) for each in made.languages] == [("21(V)", "es")]
    assert texts(database) == [("21(V)", "en", True), ("21(V)", "es", False)]


def test_no_body_is_made_of_its_name_in_another_language(desk: Desk, database: Database) -> None:
    before = body_count(database)

    together(desk, desk.open(ADOPTED), desk.open(SPANISH))

    assert body_count(database) == before + 1


def body_count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Body.id))) or 0


def test_a_language_that_does_not_fit_refuses_all(desk: Desk, database: Database) -> None:
    with pytest.raises(Invalid, match="differ from the original's at paragraph 4"):
        together(desk, desk.open(ADOPTED), desk.open(WITH_4))

    assert texts(database) == []


def test_another_edition_is_not_imported_among_others(desk: Desk, database: Database) -> None:
    together(desk, desk.open(ADOPTED))

    with pytest.raises(Duplicate, match=r"21\(V\) is there already"):
        together(desk, desk.open(EARLIER), desk.open(ADOPTED.replace("sixth", "seventh")))

    assert [text[0] for text in texts(database)] == ["21(V)"]


def test_the_list_of_reviews_knows_what_is_there_already(desk: Desk, house: House) -> None:
    together(desk, desk.open(ADOPTED))
    spanish, edition = desk.open(SPANISH), desk.open(ADOPTED.replace("sixth", "seventh"))
    new = desk.open(EARLIER)

    with desk.database.reading() as session:
        listed = [
            each for file in half_done_files(session, house.coordinator) for each in file.reviews
        ]
        known = known_reviews(session, listed)

    assert {key: one.is_same_language for key, one in known.items()} == {
        spanish.id: False,
        edition.id: True,
    }
    assert new.id not in known
