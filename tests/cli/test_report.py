"""The command ``tracker report`` on a period whose final edition is made."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from tests.audit import arranging
from tests.reporting import TEXT, make_house, open_biennium, report_on
from tracker import clock
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.models.instruments import Body
from tracker.queries.biennial_report import EditionRequest
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.progress import clear_report, submit_report
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportForm

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker`` in a folder of its own."""
    monkeypatch.setenv("TRACKER_ENVIRONMENT", "test")
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(make_command_line(), list(arguments))


@pytest.fixture
def kept_page(sqlite_template: Path, tmp_path: Path) -> bytes:
    """Make the final edition in English, change a name afterwards, and return the kept page."""
    file = shutil.copyfile(sqlite_template, tmp_path / "tracker.sqlite3")
    database = Database(f"sqlite:///{file}")
    with arranging(), database.transaction() as session:
        house = make_house(session)
        period = open_biennium(session, house)
        report = report_on(session, house.mandates[0])
        at = clock.now()
        submit_report(
            session, report_id=report.id, version=1, text=TEXT, actor=house.focal_point, at=at
        )
        clear_report(session, report_id=report.id, version=2, actor=house.manager, at=at)
        left_out = [report_on(session, mandate_id).id for mandate_id in house.mandates[1:]]
    request = EditionRequest(period.id, "en", "Secretariat", date(2027, 12, 1), is_draft=False)
    with database.reading() as session:
        store = FileStore(tmp_path / "files")
        drafted = draft_edition(session, request, store=store, forms=[ReportForm.HTML])
    with database.transaction() as session:
        record_edition(
            session, drafted, store=store, left_out=left_out, actor=house.editor, at=clock.now()
        )
    with arranging(), database.transaction() as session:
        session.execute(update(Body).values(name="Commission of the Mainland"))
    database.close()
    return drafted.files[ReportForm.HTML].content


def test_a_final_edition_is_handed_out_as_it_was_kept(
    run: Run, kept_page: bytes, tmp_path: Path
) -> None:
    said = write(run, tmp_path, "en")

    assert said.exit_code == 0, said.output
    assert (tmp_path / "out" / "biennial_report_2026-2027_en.html").read_bytes() == kept_page


@pytest.mark.usefixtures("kept_page")
def test_a_language_that_is_not_made_yet_is_written_as_a_draft(run: Run, tmp_path: Path) -> None:
    said = write(run, tmp_path, "es")

    assert said.exit_code == 0, said.output
    assert "not made in es yet: this is a draft of it" in said.output
    page = (tmp_path / "out" / "biennial_report_2026-2027_es.html").read_text()
    assert TEXT.done in page
    assert "Borrador" in page


def write(run: Run, folder: Path, language: str) -> Result:
    return run(
        *("report", "--period", "2026-2027", "--language", language),
        *("--format", "html", "--out", str(folder / "out")),
    )


@pytest.mark.usefixtures("kept_page")
def test_a_brief_is_written_or_says_what_was_looked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"

    made = run("brief", "--unit", "statistics", "--since", "2026", "--out", str(file))
    empty = run("brief", "--country", "Chad", "--since", "2022", "--out", str(file))

    assert made.exit_code == 0, made.output
    assert TEXT.done in file.read_text()
    assert empty.exit_code == 2
    assert "Nothing is on record on Chad since" in empty.output


def test_a_copy_with_the_annex_of_sources_is_a_draft_under_a_name_of_its_own(
    run: Run, kept_page: bytes, tmp_path: Path
) -> None:
    where = ("--period", "2026-2027", "--format", "html", "--out", str(tmp_path / "out"))
    done = run("report", *where, "--sources")

    assert done.exit_code == 0, done.output
    (path,) = (tmp_path / "out").iterdir()
    assert path.name.endswith("_en_with_sources.html")
    assert b"Mona Manager" in path.read_bytes()
    assert b"Mona Manager" not in kept_page
