"""A scan that is uploaded is recognised in the background, then reviewed beside its picture."""

import re

import pytest
from flask.testing import FlaskClient

from tests.pages import CheckedClient
from tests.reading.fake_tesseract import FakeTesseract, no_tesseract, picture_of_page, tesseract
from tests.reporting import House
from tests.resolution_texts import ADOPTED
from tests.uploads import upload
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.jobs import tasks
from tracker.jobs.tasks import run_task
from tracker.models.jobs import TaskState
from tracker.services.background_tasks import claim_task, end_task

__all__ = ["no_tesseract", "tesseract"]

pytestmark = pytest.mark.slow
SCAN = picture_of_page("TIFF", pages=2)
PAGES = (ADOPTED.partition("3. ")[0], "3. " + ADOPTED.partition("3. ")[2])


def claim(installation: Installation) -> int:
    with installation.database.transaction() as session:
        task = claim_task(session, holder="x:1", at=clock.now(), lasts=tasks.TIME_LIMIT)
        assert task is not None
        return task.id


def test_a_scan_is_told_to_be_recognised_in_the_background(
    coordinator: FlaskClient, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)

    answer = upload(coordinator, SCAN, "scan.tiff")

    waiting = coordinator.get(answer.location)
    assert answer.status_code == 303
    assert "This is a scan of 2 pages." in text_of(waiting)
    assert "That takes about 1 minute." in text_of(waiting)
    assert "The scan waits for its turn." in text_of(waiting)
    assert f'data-refresh="{answer.location}"' in waiting.text
    assert "A scan of 2 pages" in text_of(coordinator.get("/resolutions/import"))
    assert tesseract.run_count == 0


def test_a_recognised_scan_is_reviewed_beside_its_picture_and_imported(
    coordinator: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES, unsure={"keeping": 20})
    waiting = upload(coordinator, SCAN, "scan.tiff").location
    run_task(installation, claim(installation))

    opened = coordinator.get(waiting)
    review = coordinator.get(opened.location)
    pictures = set(re.findall(r'<image href="([^"]+)"', review.text))
    picture = coordinator.get(min(pictures))
    answer = submit(coordinator, review)

    assert "hard to recognise keeping" in text_of(review)
    assert len(pictures) == 2
    assert (picture.mimetype, picture.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert answer.location == "/coi/21-v"


def test_the_picture_of_somebody_elses_scan_is_not_shown(
    client: CheckedClient, house: House, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    sign_in(client, house.coordinator.person_id)
    waiting = upload(client, SCAN, "scan.tiff").location
    run_task(installation, claim(installation))
    sign_in(client, house.editor.person_id)

    answer = client.get(f"{waiting.partition('?')[0]}/pages/1")

    assert answer.status_code in {403, 404}


def test_a_scan_that_is_stopped_is_gone(
    coordinator: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    waiting = upload(coordinator, SCAN, "scan.tiff").location

    answer = submit(coordinator, coordinator.get(waiting), to="/discard")

    assert answer.location == "/resolutions/import"
    assert (
        "scan.tiff"
        not in text_of(coordinator.get("/resolutions/import")).partition("is discarded")[2]
    )
    with installation.database.transaction() as session:
        assert claim_task(session, holder="x:1", at=clock.now(), lasts=tasks.TIME_LIMIT) is None


def test_a_recognition_that_was_broken_off_is_begun_again_by_a_press(
    coordinator: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    waiting = upload(coordinator, SCAN, "scan.tiff").location
    task_id = claim(installation)
    with installation.database.transaction() as session:
        end_task(session, task_id, state=TaskState.FAILED, message=tasks.BROKE, at=clock.now())

    page = coordinator.get(waiting)
    answer = submit(coordinator, page, to="/again")

    assert "The recognition was broken off" in text_of(page)
    assert answer.status_code == 303
    assert "The scan waits for its turn." in text_of(coordinator.get(answer.location))


def test_a_scan_that_holds_no_resolution_says_so_on_its_page(
    coordinator: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds("Dear colleagues, the weather has been fine on all islands since spring.")
    waiting = upload(coordinator, SCAN, "scan.tiff").location
    run_task(installation, claim(installation))

    page = coordinator.get(waiting)

    assert "This file could not be read" in text_of(page)
    assert "No resolution was found" in text_of(page)


def test_without_tesseract_an_upload_says_how_it_is_installed(
    coordinator: FlaskClient, no_tesseract: None, database: Database
) -> None:
    answer = upload(coordinator, SCAN, "scan.tiff")

    assert answer.status_code == 400
    assert "apt-get install tesseract-ocr" in text_of(answer)


def test_a_scan_in_another_language_is_recognised_before_it_is_lined_up(
    coordinator: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    first = coordinator.get(upload(coordinator, ADOPTED.encode()).location)
    submit(coordinator, first)
    page = coordinator.get("/coi/21-v")
    address = re.search(r'"(/resolutions/\d+/languages)"', page.text)
    assert address is not None

    waiting = upload(coordinator, SCAN, "scan.tiff", at=address[1]).location
    before = coordinator.get(waiting)
    run_task(installation, claim(installation))
    after = coordinator.get(waiting)

    assert "This scan is being recognised" in text_of(before)
    assert "This scan is being recognised" not in text_of(after)
    assert after.status_code == 200
