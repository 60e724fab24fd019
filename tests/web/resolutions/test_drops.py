"""Several files in one step: each is received or refused by itself, their texts are one list."""

from datetime import timedelta
from itertools import count

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.reading.fake_tesseract import FakeTesseract, picture_of_page, tesseract
from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER, as_file
from tests.services.test_language_versions import SPANISH
from tests.uploads import drop, upload
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.models.imports import FileState, ImportFile
from tracker.models.instruments import Instrument, InstrumentText
from tracker.web.resolutions.forms import MOST_FILES

__all__ = ["tesseract"]

FIRST, SECOND = (as_file(EARLIER), "first.txt"), (as_file(ADOPTED), "second.txt")
TRANSLATION = (as_file(SPANISH), "segunda.txt")
DOUBTFUL = (as_file(ADOPTED.replace("(b) To report", "(c) To report")), "doubtful.txt")
LETTER = (b"A letter to the editor.", "letter.txt")


def symbols(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Instrument.symbol)))


def file_states(database: Database) -> list[tuple[str, FileState]]:
    with database.reading() as session:
        files = session.scalars(select(ImportFile).order_by(ImportFile.id))
        return [(file.file_name, file.state) for file in files]


def ticked(page: str) -> list[str]:
    """Return what the ticked boxes of the list select."""
    root = html.document_fromstring(page)
    return [box.get("aria-label") for box in root.xpath("//input[@name='review'][@checked]")]


def test_files_that_come_together_are_one_list_and_imported_in_one_step(
    coordinator: FlaskClient, database: Database
) -> None:
    page = coordinator.get(drop(coordinator, FIRST, SECOND).location)

    answer = submit(coordinator, page, to="/1")

    assert "2 files Texts that came together" in text_of(page)
    assert ticked(page.text) == ["Select 20(V), first.txt", "Select 21(V), second.txt"]
    assert answer.location == "/mandates?asking=unconfirmed"
    assert symbols(database) == {"12(IV)", "20(V)", "21(V)"}


def test_a_bad_file_says_why_and_does_not_stop_the_others(
    coordinator: FlaskClient, database: Database
) -> None:
    answer = drop(coordinator, LETTER, FIRST, (b"", "nothing.txt"))

    page = coordinator.get(answer.location)
    words = text_of(page)
    assert answer.status_code == 303
    assert "letter.txt No resolution was found" in words
    assert "nothing.txt The file is empty" in words
    assert ticked(page.text) == ["Select 20(V), first.txt"]
    assert file_states(database) == [
        ("first.txt", FileState.READ),
        ("letter.txt", FileState.FAILED),
        ("nothing.txt", FileState.FAILED),
    ]


def test_where_all_are_refused_each_is_told_at_the_field_and_nothing_is_kept(
    coordinator: FlaskClient, database: Database
) -> None:
    answer = drop(coordinator, LETTER, (b"", "nothing.txt"))

    assert answer.status_code == 400
    assert "letter.txt: No resolution was found" in text_of(answer)
    assert "nothing.txt: The file is empty" in text_of(answer)
    assert 'id="document-error"' in answer.text
    assert file_states(database) == []


def test_what_was_refused_is_forgotten_with_the_next_refusals(
    coordinator: FlaskClient, database: Database
) -> None:
    drop(coordinator, LETTER, FIRST)

    drop(coordinator, (b"", "nothing.txt"), SECOND)

    assert ("letter.txt", FileState.FAILED) not in file_states(database)
    assert ("nothing.txt", FileState.FAILED) in file_states(database)


def test_the_same_file_twice_is_read_once(coordinator: FlaskClient, database: Database) -> None:
    page = coordinator.get(drop(coordinator, FIRST, (FIRST[0], "copy.txt")).location)

    assert "copy.txt This is the same file as first.txt, which is read once." in text_of(page)
    assert ticked(page.text) == ["Select 20(V), first.txt"]


def test_a_file_that_waits_already_joins_those_that_came_with_it(
    coordinator: FlaskClient, database: Database
) -> None:
    upload(coordinator, *FIRST)

    page = coordinator.get(drop(coordinator, FIRST, SECOND).location)

    assert ticked(page.text) == ["Select 20(V), first.txt", "Select 21(V), second.txt"]
    assert len(file_states(database)) == 2


def test_a_file_that_was_imported_is_named_beside_the_others(coordinator: FlaskClient) -> None:
    submit(coordinator, coordinator.get(upload(coordinator, *FIRST).location))

    page = coordinator.get(drop(coordinator, FIRST, SECOND).location)

    assert "first.txt This file was imported already on 15 June 2026: open 20(V)" in text_of(page)
    assert ticked(page.text) == ["Select 21(V), second.txt"]


def test_a_translation_becomes_a_language_of_its_resolution(
    coordinator: FlaskClient, database: Database
) -> None:
    page = coordinator.get(drop(coordinator, TRANSLATION, SECOND).location)

    submit(coordinator, page, to="/1")

    assert "In Spanish. It joins the text in English: the two become one resolution." in text_of(
        page
    )
    with database.reading() as session:
        languages = session.execute(select(InstrumentText.language, InstrumentText.is_original))
        assert {("en", True), ("es", False)} <= {(row[0], row[1]) for row in languages}


def test_a_translation_waits_until_its_original_is_right(coordinator: FlaskClient) -> None:
    page = coordinator.get(drop(coordinator, TRANSLATION, DOUBTFUL, FIRST).location)

    assert ticked(page.text) == ["Select 20(V), first.txt"]


def test_of_two_files_with_the_same_text_the_better_one_is_taken(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get(drop(coordinator, DOUBTFUL, SECOND).location)

    assert "The same text as in second.txt: import one of the two." in text_of(page)
    assert ticked(page.text) == ["Select 21(V), second.txt"]


def test_after_some_are_imported_the_others_go_on(coordinator: FlaskClient) -> None:
    page = coordinator.get(drop(coordinator, DOUBTFUL, FIRST).location)

    answer = submit(coordinator, page, to="/1")

    assert answer.location == "/resolutions/import/files/1"
    after = coordinator.get(answer.location)
    assert "20(V) is imported" in text_of(after)
    assert "1 text waits to be imported" in text_of(after)


def test_the_last_review_of_several_leads_to_what_is_to_be_confirmed(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get(drop(coordinator, DOUBTFUL, FIRST).location)
    submit(coordinator, page, to="/1")

    answer = submit(coordinator, coordinator.get("/resolutions/import/1"))

    assert answer.location == "/mandates?asking=unconfirmed"


def test_what_is_left_is_discarded_together(coordinator: FlaskClient, database: Database) -> None:
    page = coordinator.get(drop(coordinator, LETTER, FIRST, SECOND).location)

    submit(coordinator, page, to="/discard")

    words = text_of(coordinator.get("/resolutions/import"))
    assert "The review of first.txt, second.txt, letter.txt is discarded." in words
    assert "Half-done reviews" not in words


def test_files_of_others_are_not_among_them(coordinator: FlaskClient, house: House) -> None:
    address = drop(coordinator, FIRST, SECOND).location

    sign_in(coordinator, house.focal_point.person_id)

    assert coordinator.get(address).status_code == 403


def test_more_files_than_one_step_takes_are_refused_with_a_way_out(
    coordinator: FlaskClient, database: Database
) -> None:
    answer = drop(coordinator, *[FIRST] * (MOST_FILES + 1))

    assert answer.status_code == 400
    assert "These are 31 files. Choose 30 at most, then upload the others." in text_of(answer)
    assert file_states(database) == []


def test_the_page_says_how_much_may_come_at_once(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get("/resolutions/import"))

    assert "At most 30 files at once, 50 MB together." in words


def test_files_that_take_too_long_leave_the_rest_unread(coordinator: FlaskClient) -> None:
    begun, minutes = clock.now(), count()
    clock.set_source(lambda: begun + timedelta(minutes=next(minutes)))

    words = text_of(coordinator.get(drop(coordinator, FIRST, SECOND).location))

    assert "second.txt The files before this one took too long, so it was not read." in words


@pytest.mark.slow
def test_a_scan_among_them_is_recognised_in_the_background(
    coordinator: FlaskClient, tesseract: FakeTesseract
) -> None:
    tesseract.finds(ADOPTED)
    scan = (picture_of_page("TIFF", pages=1), "scan.tiff")

    page = coordinator.get(drop(coordinator, scan, FIRST).location)

    assert "scan.tiff A scan of 1 page, which is being recognised." in text_of(page)
    assert ticked(page.text) == ["Select 20(V), first.txt"]
    link = html.document_fromstring(page.text).xpath("//a[text()='scan.tiff']/@href")[0]
    assert "This is a scan of 1 page." in text_of(coordinator.get(link))
