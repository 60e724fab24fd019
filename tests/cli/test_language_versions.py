"""The command ``tracker resolutions add-language``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from tests.resolution_texts import ADOPTED
from tests.services.test_language_versions import SPANISH, WITHOUT_2B
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.models.instruments import InstrumentText

Run = Callable[..., Result]


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


@pytest.mark.parametrize(
    ("options", "is_official"), [((), True), (("--unofficial",), False)], ids=["official", "not"]
)
def test_a_version_is_added_to_the_resolution_at_an_address(
    run: Run, sqlite_url: str, tmp_path: Path, options: tuple[str, ...], is_official: bool
) -> None:
    file = tmp_path / "es.txt"
    file.write_text(SPANISH)

    result = run("add-language", file, "--to", "coi/21-v", "--language", "es", *options)

    database = Database(sqlite_url)
    with database.reading() as session:
        kept = session.scalar(
            select(InstrumentText.is_official).where(InstrumentText.language == "es")
        )
    database.close()
    assert result.output == "es.txt: 21(V) in es (/coi/21-v)\n"
    assert kept is is_official


def test_a_text_with_other_clauses_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "es.txt"
    file.write_text(WITHOUT_2B)

    result = run("add-language", file, "--to", "coi/21-v", "--language", "es")

    assert result.exit_code == 2
    assert "The clauses differ from the original's at paragraph 2(b)." in result.stderr
