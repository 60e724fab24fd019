"""The command ``tracker resolutions correct``: it compares, and takes what it is told to take."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.resolution_texts import ADOPTED, EARLIER
from tests.services.test_corrected_editions import REWORDED, WITH_NEW_1, WITHOUT_1
from tests.services.test_language_versions import SPANISH
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.models.text_editions import TextEdition

Run = Callable[..., Result]
COUNTS = "1 reworded, 0 added, 1 dropped, 4 with another number, 3 word for word"


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker resolutions`` on a database into which 21(V) was imported."""
    monkeypatch.setenv("TRACKER_ENVIRONMENT", "test")
    monkeypatch.setenv("TRACKER_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "instance"))
    (tmp_path / "adopted.txt").write_text(ADOPTED)
    tracker = make_command_line()

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(tracker, ["resolutions", *map(str, arguments)])

    assert invoke("import", tmp_path / "adopted.txt").exit_code == 0
    return invoke


def labels(sqlite_url: str) -> list[str]:
    database = Database(sqlite_url)
    with database.reading() as session:
        found = list(session.scalars(select(TextEdition.label)))
    database.close()
    return found


def file_with(folder: Path, text: str) -> Path:
    path = folder / "edition.txt"
    path.write_text(text)
    return path


def test_a_file_is_compared_and_nothing_kept(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    result = run("correct", file_with(tmp_path, WITHOUT_1.replace("sixth", "seventh")))

    assert result.output.splitlines() == [
        f"edition.txt: 21(V), clauses: {COUNTS}",
        "  1 is dropped: its mandate ends",
        "  2 becomes 1",
        "  2(a) becomes 1(a)",
        "  2(b) becomes 1(b), reworded",
        "  3 becomes 2",
        'Nothing was kept. Take it with --take-as "what this edition is called".',
    ]
    assert labels(sqlite_url) == []


def test_an_edition_is_taken_under_its_name(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    result = run("correct", file_with(tmp_path, WITH_NEW_1), "--take-as", "COI/21/Corr.1")

    assert result.exit_code == 0
    assert "  1 is new\n" in result.output
    assert result.output.endswith("Taken as COI/21/Corr.1 (/coi/21-v)\n")
    assert labels(sqlite_url) == ["COI/21/Corr.1"]


def test_a_file_with_the_same_words_has_nothing_to_take(run: Run, tmp_path: Path) -> None:
    result = run("correct", file_with(tmp_path, ADOPTED + "\n"))

    assert result.output == (
        "edition.txt: 21(V) is there word for word; there is nothing to take.\n"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (EARLIER, "20(V) is not there yet, so there is nothing to correct."),
        (SPANISH, "21(V) was adopted in another language than this file is in."),
        (EARLIER + "\n\n" + REWORDED, "20(V) is not there yet"),
    ],
    ids=["new", "other language", "one of two is new"],
)
def test_what_corrects_nothing_is_refused(
    run: Run, sqlite_url: str, tmp_path: Path, text: str, sentence: str
) -> None:
    result = run("correct", file_with(tmp_path, text), "--take-as", "COI/21/Corr.1")

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert labels(sqlite_url) == []


def test_an_import_of_another_text_says_how_to_see_what_it_changes(
    run: Run, tmp_path: Path
) -> None:
    path = file_with(tmp_path, REWORDED)

    result = run("import", path)

    assert result.exit_code == 2
    assert f"To see what this file changes: tracker resolutions correct {path}" in result.stderr
