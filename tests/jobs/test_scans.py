"""An uploaded scan is recognised in the background; whatever comes of it, somebody is told."""

from pathlib import Path

import pytest

from tests.furniture import put
from tests.reading.fake_tesseract import FakeTesseract, picture_of_page, tesseract
from tests.reporting import House, make_house
from tests.resolution_texts import ADOPTED
from tracker import clock
from tracker.domain.errors import ScannedDocument
from tracker.installation import Installation
from tracker.jobs import tasks
from tracker.jobs.tasks import run_task, run_waiting_tasks
from tracker.models.imports import FileState
from tracker.models.jobs import TaskState
from tracker.queries.import_files import FileUnderWay, file_under_way
from tracker.queries.jobs import find_task
from tracker.services.background_tasks import claim_task, end_task
from tracker.services.import_reviews import discard_reviews
from tracker.services.scanned_imports import begin_again, receive_scan
from tracker.storage import digest_of

__all__ = ["tesseract"]

pytestmark = pytest.mark.slow
SCAN = picture_of_page("TIFF", pages=2)
PAGES = (ADOPTED.partition("3. ")[0], "3. " + ADOPTED.partition("3. ")[2])
DIGEST = digest_of(SCAN)


@pytest.fixture
def house(installation: Installation) -> House:
    return put(installation.database, make_house)


@pytest.fixture
def file_id(installation: Installation, house: House) -> int:
    with installation.database.transaction() as session:
        return receive_scan(
            session,
            content=SCAN,
            file_name="scan.tiff",
            scan=ScannedDocument(pages=[1, 2], page_count=2),
            actor=house.coordinator,
            at=clock.now(),
            uploads=installation.uploads,
        ).id


def look(installation: Installation, house: House, file_id: int) -> FileUnderWay:
    with installation.database.reading() as session:
        return file_under_way(session, file_id, house.coordinator)


def claim(installation: Installation) -> int:
    with installation.database.transaction() as session:
        task = claim_task(
            session,
            holder=tasks._holder(),
            at=clock.now(),
            lasts=tasks.SCAN_TIME_LIMIT,
            kinds=tasks.SCANS,
        )
        assert task is not None
        return task.id


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_scan_waits_apart_from_other_tasks(
    installation: Installation, house: House, file_id: int
) -> None:
    assert run_waiting_tasks(installation, clock.now()) == ()

    waiting = look(installation, house, file_id)
    assert (waiting.state, waiting.scanned_count) == (FileState.READING, 2)


def test_a_recognised_scan_opens_its_review_and_keeps_its_pages(
    installation: Installation, house: House, file_id: int, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)

    run_task(installation, claim(installation))

    read = look(installation, house, file_id)
    assert read.state is FileState.READ
    assert [review.printed for review in read.open_reviews] == ["21(V)"]
    assert kept(installation.pages.folder) == ["00001.jpg", "00001.json", "00002.jpg", "00002.json"]
    assert installation.uploads.content_of(DIGEST) == SCAN
    assert installation.read(SCAN, "scan.tiff").resolutions[0].number == "21(V)"
    assert tesseract.run_count == 2


def test_a_scan_that_cannot_be_read_says_why_and_nothing_of_it_is_kept(
    installation: Installation, house: House, file_id: int, tesseract: FakeTesseract
) -> None:
    tesseract.finds("Dear colleagues, the weather has been fine on all islands since spring.")

    run_task(installation, claim(installation))

    failed = look(installation, house, file_id)
    assert failed.state is FileState.FAILED
    assert failed.problem.startswith("No resolution was found")
    assert kept(installation.uploads.folder) + kept(installation.pages.folder) == []


def test_a_scan_that_is_discarded_meanwhile_leaves_no_review(
    installation: Installation, house: House, file_id: int, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    task_id = claim(installation)
    with installation.database.transaction() as session:
        discard_reviews(session, file_id=file_id, actor=house.coordinator, at=clock.now())

    run_task(installation, task_id)

    with installation.database.reading() as session:
        ended = find_task(session, task_id)
    assert ended is not None
    assert "There is no such review" in ended.message
    assert kept(installation.pages.folder) == []


def test_a_recognition_that_was_broken_off_goes_on_where_it_ended(
    installation: Installation, house: House, file_id: int, tesseract: FakeTesseract
) -> None:
    tesseract.finds(*PAGES)
    installation.recognise(SCAN, "scan.tiff", progress=lambda place, count: None)
    claimed = claim(installation)
    with installation.database.transaction() as session:
        end_task(session, claimed, state=TaskState.FAILED, at=clock.now())
    assert look(installation, house, file_id).is_broken_off

    with installation.database.transaction() as session:
        begin_again(session, file_id=file_id, actor=house.coordinator, at=clock.now())
    run_task(installation, claim(installation))

    assert look(installation, house, file_id).state is FileState.READ
    assert tesseract.run_count == 2
