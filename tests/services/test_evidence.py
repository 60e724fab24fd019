"""Evidence on a report: what is kept, who sees it, and what never comes in."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook
from sqlalchemy.orm import Session

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from tracker.domain.evidence import LARGEST_FILE, MOST_PER_REPORT, checked_name
from tracker.domain.permissions import Actor
from tracker.models.evidence import Evidence
from tracker.models.progress import ProgressReport
from tracker.queries.evidence import ShownEvidence, evidence_on, find_evidence
from tracker.reading.kept_files import kind_of_file
from tracker.services.evidence import add_file, add_link, remove_evidence
from tracker.services.progress import submit_report
from tracker.storage import FileStore

PDF = b"%PDF-1.7 the report of the mission"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def add(
    database: Database, files: FileStore, report_id: int, actor: Actor, content: bytes = PDF
) -> int:
    with database.transaction() as session:
        return add_file(
            session,
            report_id=report_id,
            name="mission.pdf",
            content=content,
            files=files,
            actor=actor,
            at=clock.now(),
        ).id


def seen_by(database: Database, report_id: int, reader: Actor) -> tuple[ShownEvidence, ...]:
    with database.reading() as session:
        return evidence_on(session, report_id, reader_id=reader.person_id)


def submit(session: Session, report_id: int, actor: Actor) -> None:
    version = session.get_one(ProgressReport, report_id).version
    submit_report(
        session, report_id=report_id, version=version, text=TEXT, actor=actor, at=clock.now()
    )


def test_a_file_is_its_authors_until_the_report_is_submitted(
    database: Database, house: House, report_id: int, files: FileStore
) -> None:
    evidence_id = add(database, files, report_id, house.focal_point)
    before = seen_by(database, report_id, house.manager)
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)

    assert before == ()
    assert [each.name for each in seen_by(database, report_id, house.manager)] == ["mission.pdf"]
    with database.reading() as session:
        found = find_evidence(session, evidence_id, reader_id=house.viewer.person_id)
    assert found is not None
    assert (found.media_type, files.content_of(found.digest or "")) == ("application/pdf", PDF)


def test_the_same_file_is_kept_once(
    database: Database, house: House, report_id: int, files: FileStore
) -> None:
    assert add(database, files, report_id, house.focal_point) == add(
        database, files, report_id, house.focal_point
    )


def test_what_was_taken_away_is_seen_no_more(
    database: Database, house: House, report_id: int, files: FileStore
) -> None:
    evidence_id = add(database, files, report_id, house.focal_point)
    with database.transaction() as session:
        remove_evidence(session, evidence_id=evidence_id, actor=house.focal_point, at=clock.now())

    assert seen_by(database, report_id, house.focal_point) == ()
    with pytest.raises(NotFound), database.transaction() as session:
        remove_evidence(session, evidence_id=evidence_id, actor=house.focal_point, at=clock.now())


@pytest.mark.parametrize("who", ["other_focal_point", "viewer", "editor"])
def test_only_who_writes_the_report_adds_to_it(
    database: Database, house: House, report_id: int, files: FileStore, who: str
) -> None:
    with pytest.raises(NotAllowed):
        add(database, files, report_id, getattr(house, who))


def test_nothing_is_added_to_a_text_that_was_submitted(
    database: Database, house: House, report_id: int, files: FileStore
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)

    with pytest.raises(WrongState):
        add(database, files, report_id, house.focal_point)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "intranet", "https://", "http://a b"]
)
def test_what_is_no_web_address_is_refused(
    database: Database, house: House, report_id: int, address: str
) -> None:
    with (
        pytest.raises(Invalid, match="no address of a web page"),
        database.transaction() as session,
    ):
        add_link(
            session,
            report_id=report_id,
            address=address,
            title="",
            actor=house.focal_point,
            at=clock.now(),
        )


def test_a_report_has_only_so_much_evidence(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        for number in range(MOST_PER_REPORT):
            add_link(
                session,
                report_id=report_id,
                address=f"https://example.org/{number}",
                title=f"Page {number}",
                actor=house.focal_point,
                at=clock.now(),
            )

    with pytest.raises(Invalid, match="more are not kept"), database.transaction() as session:
        add_link(
            session,
            report_id=report_id,
            address="https://example.org/last",
            title="",
            actor=house.focal_point,
            at=clock.now(),
        )
    with database.reading() as session:
        assert session.query(Evidence).count() == MOST_PER_REPORT


def office(kind: str) -> bytes:
    content = BytesIO()
    if kind == "word":
        Document().save(content)
    else:
        Workbook().save(content)
    return content.getvalue()


def package(**members: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as made:
        for name, member in members.items():
            made.writestr(name.replace("__", "/").replace("_", "."), member)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        pytest.param(PDF, "pdf", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n...", "png", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "jpeg", id="jpeg"),
        pytest.param("Año, día".encode(), "plain", id="text"),
        pytest.param(office("word"), "wordprocessingml.document", id="word"),
        pytest.param(office("workbook"), "spreadsheetml.sheet", id="workbook"),
        pytest.param(
            package(mimetype=b"application/vnd.oasis.opendocument.text"),
            "opendocument.text",
            id="odt",
        ),
    ],
)
def test_kinds_that_are_kept_are_told_by_their_content(content: bytes, ending: str) -> None:
    assert kind_of_file(content).endswith(ending)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"MZ\x90\x00", id="program"),
        pytest.param(b"\x7fELF\x02", id="other program"),
        pytest.param(b"<!DOCTYPE html><p>", id="web page"),
        pytest.param(b"  <svg onload='x'/>", id="drawing with script"),
        pytest.param(b"#!/bin/sh", id="script"),
        pytest.param(b"a <script>alert(1)</script>", id="script within text"),
        pytest.param(package(a_exe=b"MZ"), id="package"),
        pytest.param(package(word__document_xml=b"<x/>", word__vbaProject_bin=b"x"), id="macros"),
        pytest.param(b"PK\x03\x04 broken", id="broken package"),
        pytest.param(b"%PDF-" + b"0" * LARGEST_FILE, id="too large"),
    ],
)
def test_other_kinds_are_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid):
        kind_of_file(content)


def test_names_lead_nowhere_and_fit() -> None:
    assert checked_name("..\\..\\etc/pass\nwd.pdf") == "pass wd.pdf"
    assert checked_name(f"{'a' * 300}.pdf") == f"{'a' * 196}.pdf"
    with pytest.raises(Invalid):
        checked_name("/")
