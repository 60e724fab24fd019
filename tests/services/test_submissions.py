"""The report on its way to the session: its sheet, what is issued, who takes note of it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.furniture import put
from tests.reporting import make_clause, make_instrument
from tests.signing import Chain, make_chain
from tests.writing.biennial_report.example import make_content
from tracker import clock
from tracker.database import Database
from tracker.domain.biennial_report import compose
from tracker.domain.biennial_report.lengths import word_count
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, Stale, WrongState
from tracker.domain.submissions import Distribution, IssuedEntry, IssuedKind, Sheet, slug_of
from tracker.models.biennial_reports import EditionFile, EditionState, ReportEdition
from tracker.models.instruments import Instrument
from tracker.models.progress import ReportingPeriod
from tracker.queries.submissions import (
    Submission,
    find_submission,
    find_submission_at,
    reports_noted_in,
)
from tracker.reading.edition_pages import words_of_page
from tracker.services.submissions import (
    attach_issued,
    link_noting_clause,
    save_sheet,
    submit_edition,
    withdraw_issued,
)
from tracker.storage import FileStore
from tracker.writing.biennial_report import web_page

TITLE = "Report on the sea, 2026-2027"
PAGE = (
    b"<html lang='en'><head><title>Report on the sea,\n2026-2027</title></head>"
    b"<body><main><p>It gives an account.</p></main></body></html>"
)
SHEET = Sheet("Report on the islands", "Resolution 12(IV)", "4", Distribution.GENERAL, ("en", "es"))


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """Return a folder for files."""
    return FileStore(tmp_path / "files")


def make_final(session: Session) -> Chain:
    """Add a commission with a final edition of its report."""
    chain = make_chain(session)
    edition = session.get_one(ReportEdition, chain.edition_id)
    edition.state, edition.document_symbol = EditionState.FINAL, "LC/SES.5/3"
    return chain


@pytest.fixture
def chain(database: Database, files: FileStore) -> Chain:
    """Return a report whose final edition is made."""
    made = put(database, make_final)
    digest = files.keep(PAGE)
    with arranging(), database.transaction() as session:
        session.add(
            EditionFile(
                edition_id=made.edition_id,
                form="html",
                file_name="report.html",
                digest=digest,
                size_bytes=len(PAGE),
                written_at=clock.now(),
            )
        )
    return made


def save(
    database: Database, chain: Chain, files: FileStore, sheet: Sheet = SHEET, version: int = 0
) -> int:
    with database.transaction() as session:
        return save_sheet(
            session,
            edition_id=chain.edition_id,
            version=version,
            sheet=sheet,
            languages=("en", "es"),
            word_limit=8500,
            files=files,
            actor=chain.house.editor,
            at=clock.now(),
        ).version


def submit(database: Database, chain: Chain, version: int) -> None:
    with database.transaction() as session:
        submit_edition(
            session,
            edition_id=chain.edition_id,
            version=version,
            actor=chain.house.editor,
            at=clock.now(),
        )


def attach(
    database: Database, chain: Chain, files: FileStore, content: bytes = b"%PDF-1", days: int = 0
) -> int:
    with database.transaction() as session:
        return attach_issued(
            session,
            edition_id=chain.edition_id,
            entry=IssuedEntry(
                IssuedKind.ISSUED,
                "en",
                " LC/SES.5/3 ",
                clock.now().date() + timedelta(days=days),
            ),
            file_name="N26.pdf",
            content=content,
            files=files,
            actor=chain.house.editor,
            at=clock.now(),
        ).id


def found(database: Database, chain: Chain) -> Submission:
    with database.reading() as session:
        submission = find_submission(session, chain.edition_id)
    assert submission is not None
    return submission


def test_a_submitted_report_keeps_its_sheet_and_its_address(
    database: Database, chain: Chain, files: FileStore
) -> None:
    version = save(database, chain, files)
    with database.reading() as session:
        before = find_submission_at(session, "lc-ses-5-3")
    submit(database, chain, version)

    with pytest.raises(WrongState, match="its sheet stays as it is"):
        save(database, chain, files, version=version + 1)

    assert before is None
    with database.reading() as session:
        submission = find_submission_at(session, "lc-ses-5-3")
    assert submission is not None
    assert (submission.sheet, submission.word_count) == (SHEET, 4)
    assert submission.submitted_by == "Edgar Editor"
    assert not submission.is_public


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        (Sheet("", "Resolution 1", "", Distribution.GENERAL, ("en",)), "title"),
        (Sheet("Report", " ", "", Distribution.GENERAL, ("en",)), "mandate"),
        (Sheet("Report", "Resolution 1", "", Distribution.GENERAL, ("de",)), "targets"),
    ],
    ids=["title", "mandate", "languages"],
)
def test_a_sheet_that_lacks_something_is_kept_and_not_submitted(
    database: Database, chain: Chain, files: FileStore, sheet: Sheet, field: str
) -> None:
    version = save(database, chain, files, sheet)

    with pytest.raises(Invalid) as refusal:
        submit(database, chain, version)

    assert refusal.value.field == field
    assert found(database, chain).submitted_at is None


def test_a_sheet_that_somebody_else_changed_is_not_overwritten(
    database: Database, chain: Chain, files: FileStore
) -> None:
    save(database, chain, files)

    with pytest.raises(Stale):
        save(database, chain, files, version=0)


def test_a_draft_has_no_sheet(database: Database, chain: Chain, files: FileStore) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(ReportEdition, chain.edition_id).state = EditionState.DRAFT

    with pytest.raises(WrongState, match="Only the newest final edition"):
        save(database, chain, files)


def test_what_is_issued_stands_at_the_address_and_a_mistake_is_withdrawn(
    database: Database, chain: Chain, files: FileStore
) -> None:
    submit(database, chain, save(database, chain, files))
    wrong = attach(database, chain, files, b"%PDF-wrong")
    with database.transaction() as session:
        withdraw_issued(session, document_id=wrong, actor=chain.house.editor, at=clock.now())
    attach(database, chain, files)

    submission = found(database, chain)

    (issued,) = submission.issued
    assert (issued.symbol, issued.media_type) == ("LC/SES.5/3", "application/pdf")
    assert files.content_of(issued.digest) == b"%PDF-1"
    assert submission.is_public


@pytest.mark.parametrize("days", [-1, 1], ids=["before the submission", "to come"])
def test_an_official_file_has_a_day_that_can_be(
    database: Database, chain: Chain, files: FileStore, days: int
) -> None:
    submit(database, chain, save(database, chain, files))

    with pytest.raises(Invalid) as refusal:
        attach(database, chain, files, days=days)

    assert refusal.value.field == "issued_on"


def test_a_file_is_kept_once_and_after_the_submission_alone(
    database: Database, chain: Chain, files: FileStore
) -> None:
    version = save(database, chain, files)
    with pytest.raises(WrongState, match="Submit the report first"):
        attach(database, chain, files)
    submit(database, chain, version)
    attach(database, chain, files)

    with pytest.raises(Duplicate):
        attach(database, chain, files)


def test_the_clause_of_the_session_that_took_note_closes_the_circle(
    database: Database, chain: Chain, files: FileStore
) -> None:
    submit(database, chain, save(database, chain, files))
    with arranging(), database.transaction() as session:
        adopted = make_instrument(session, "13(V)", "13-v")
        period = session.get_one(ReportingPeriod, chain.period_id)
        session.get_one(Instrument, adopted.id).session_id = period.session_id
        clause_id = make_clause(session, adopted, "1", "Takes note of the report;").id
        elsewhere = make_clause(session, make_instrument(session, "1(I)", "1-i"), "1", "Asks;").id
    with pytest.raises(Invalid, match="was not adopted by the session"):
        note(database, chain, elsewhere)

    note(database, chain, clause_id)

    noted_in = found(database, chain).noted_in
    assert noted_in is not None
    assert (noted_in.reference.symbol, noted_in.reference.path) == ("13(V)", "1")
    with database.reading() as session:
        assert reports_noted_in(session, clause_id) == (
            ("Report on the islands (LC/SES.5/3)", "lc-ses-5-3"),
        )


def test_only_whoever_makes_the_report_submits_it(
    database: Database, chain: Chain, files: FileStore
) -> None:
    version = save(database, chain, files)

    with pytest.raises(NotAllowed), database.transaction() as session:
        submit_edition(
            session,
            edition_id=chain.edition_id,
            version=version,
            actor=chain.house.manager,
            at=clock.now(),
        )


def note(database: Database, chain: Chain, clause_id: int) -> None:
    with database.transaction() as session:
        link_noting_clause(
            session,
            edition_id=chain.edition_id,
            clause_id=clause_id,
            actor=chain.house.editor,
            at=clock.now(),
        )


def test_the_words_on_the_sheet_are_those_that_the_editor_was_told() -> None:
    document = compose(make_content(issued_on=date(2026, 3, 6)), {})

    assert words_of_page(web_page.write(document)) == word_count(document)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("ECAIC/SES.10/5", "ecaic-ses-10-5"),
        ("LC/G.2531(SES.34/10)", "lc-g-2531-ses-34-10"),
        ("№ 7 – período", "no-7-periodo"),
        ("…", "report"),
    ],
)
def test_an_address_is_made_of_the_symbol(words: str, slug: str) -> None:
    assert slug_of(words) == slug
