"""The command ``tracker resolutions import``: what it prints, keeps and refuses."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.reading.bad_files import REFUSED_FILES
from tests.resolution_texts import ADOPTED, EARLIER, WITHOUT_NUMBER
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.models.instruments import BodySession, Instrument

Run = Callable[..., Result]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Return the database that the command works on."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker resolutions import`` on the test's own database."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", database.url),
        ("DATA_DIR", str(tmp_path / "instance")),
        ("UPLOAD_LIMIT_MB", "1"),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    tracker = make_command_line()
    return lambda *arguments: CliRunner().invoke(
        tracker, ["resolutions", "import", *map(str, arguments)]
    )


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    return write(tmp_path, "adopted.txt", ADOPTED)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def symbols(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Instrument.symbol).order_by(Instrument.sort_key)))


def test_an_import_prints_what_was_made(run: Run, adopted: Path) -> None:
    result = run(adopted)

    assert result.exit_code == 0
    assert result.output == (
        "adopted.txt: 21(V) REGISTERS OF THE ISLANDS: 5 operative clauses, 4 mandates, 2 proposed "
        "as requiring our action (http://127.0.0.1:5000/coi/21-v)\n"
        "  The body “Commission for the Ostral Islands” was not there and is made.\n"
    )


def test_refused_files_are_named_at_the_end_and_the_others_kept(
    run: Run, database: Database, tmp_path: Path, adopted: Path
) -> None:
    letter = write(tmp_path, "letter.txt", "A letter to the editor.")
    earlier = write(tmp_path, "earlier.txt", EARLIER)

    result = run(letter, adopted, tmp_path / "absent.txt", earlier)

    assert result.exit_code == 2
    assert symbols(database) == ["20(V)", "21(V)"]
    assert "Not imported: 2 of 4 files; the others are kept." in result.stderr
    assert f"{letter}: No resolution was found" in result.stderr
    assert f"{tmp_path / 'absent.txt'}: The file cannot be opened" in result.stderr


def test_a_folder_is_imported_whole_and_summed_up(
    run: Run, database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "adopted"
    (folder / "annexes").mkdir(parents=True)
    write(folder, "b.txt", ADOPTED)
    write(folder, "~$b.txt", "what Word leaves beside an open file")
    write(folder, ".hidden", "what no person sees")
    letter = write(folder, "a.txt", "A letter to the editor.")
    write(folder / "annexes", "c.txt", EARLIER)

    result = run(folder)

    assert result.exit_code == 2
    assert symbols(database) == ["20(V)", "21(V)"]
    assert "Imported: 2 resolutions with 6 mandates, 3 proposed as requiring" in result.stdout
    assert "Not imported: 1 of 3 files; the others are kept." in result.stderr
    assert f"{letter}: No resolution was found" in result.stderr


def test_a_folder_without_files_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    result = run(tmp_path / "empty")

    assert result.exit_code == 2
    assert "There is no file in the folder" in result.stderr


def test_a_second_import_of_a_file_is_refused(run: Run, database: Database, adopted: Path) -> None:
    run(adopted)

    result = run(adopted)

    assert result.exit_code == 2
    assert result.stderr == (
        "Error: This file was imported already on "
        "15\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026: open 21(V) instead.\n"
    )
    assert symbols(database) == ["21(V)"]


def test_what_the_file_does_not_print_is_given_as_options(
    run: Run, database: Database, tmp_path: Path
) -> None:
    path = write(tmp_path, "adopted.txt", WITHOUT_NUMBER)
    options = ("--symbol", "21(V)", "--adopted", "2025-05-16", "--session", "V")

    result = run(*options, "--title", "Registers", "--body", "Council of the Isles", path)

    assert "21(V) Registers" in result.output
    assert "(http://127.0.0.1:5000/ci/21-v)" in result.output
    assert "The body “Council of the Isles” was not there and is made." in result.output
    with database.reading() as session:
        held = session.scalars(select(BodySession.name)).one()
        adopted_on = session.scalars(select(Instrument.adopted_on)).one()
    assert (held, str(adopted_on)) == ("Fifth session", "2025-05-16")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "No symbol was found in the file. Give it with --symbol, as printed"),
        (("--symbol", "twenty"), "“twenty” is not a document symbol."),
        (("--symbol", "21(V)", "--session", "spring"), "“spring” is not a session."),
        (("--adopted", "yesterday"), "'yesterday' does not match the format"),
    ],
    ids=["no symbol", "wrong symbol", "wrong session", "wrong date"],
)
def test_what_cannot_be_taken_is_refused_in_a_sentence(
    run: Run, database: Database, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = run(*options, write(tmp_path, "adopted.txt", WITHOUT_NUMBER))

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert symbols(database) == []


def test_one_symbol_is_not_given_to_several_files(run: Run, adopted: Path) -> None:
    result = run("--symbol", "21(V)", adopted, adopted)

    assert result.exit_code == 2
    assert "--symbol and --title name one resolution" in result.stderr


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    run: Run, database: Database, tmp_path: Path
) -> None:
    result = run(write(tmp_path, "large.txt", ADOPTED + "\n" * 1024 * 1024))

    assert result.exit_code == 2
    assert "The file is larger than 1 MB." in result.stderr
    assert symbols(database) == []


def test_a_database_without_tables_is_told_in_a_sentence(
    run: Run, adopted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")

    result = run(adopted)

    assert result.exit_code == 2
    assert "tracker database upgrade" in result.stderr


@pytest.mark.slow
def test_bad_files_are_refused_each_with_its_sentence_and_leave_nothing(
    run: Run, database: Database, tmp_path: Path
) -> None:
    paths = []
    for position, (content, file_name, _) in enumerate(REFUSED_FILES.values()):
        (tmp_path / str(position)).mkdir()
        paths.append(tmp_path / str(position) / file_name)
        paths[-1].write_bytes(content)

    result = run(*paths)

    assert result.exit_code == 2
    for path, (_, _, told) in zip(paths, REFUSED_FILES.values(), strict=True):
        (sentence,) = [line for line in result.output.splitlines() if f"{path}:" in line]
        assert told in sentence
    assert symbols(database) == []
