"""The commands that take lists: activities and the deliverables table, rehearsed or taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tests.audit import arranging
from tests.reporting import make_house
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.models.activities import Activity
from tracker.models.deliverables import DeliverableLine

Run = Callable[..., Result]
ACTIVITIES = (
    "title,deliverable,unit,starts_on\nCourse on islands,seminar,Statistics Division,2026-04-01\n"
)
DELIVERABLES = (
    "subprogramme,category,item,planned_2026,actual_2026\n"
    "Subprogramme 3,B. Generation,Publications (number of publications),2,0\n"
    "Subprogramme 3,B. Generation,1. Yearbook,1,0\n"
    "Subprogramme 3,B. Generation,2. Studies,1,0\n"
)


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker`` on a database with the people and units of a small commission."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", sqlite_url),
        ("DATA_DIR", str(tmp_path)),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    with arranging(), Database(sqlite_url).transaction() as session:
        make_house(session)
    return lambda *arguments: CliRunner().invoke(make_command_line(), list(arguments))


@pytest.fixture
def bring(run: Run, tmp_path: Path) -> Run:
    """Bring a text as the file of a list: ``bring("activities", text, more options)``."""

    def command(kind: str, text: str, *options: str) -> Result:
        file = tmp_path / "list.csv"
        file.write_text(text)
        return run(kind, "import", str(file), *options)

    return command


def kept(sqlite_url: str) -> tuple[int, int]:
    """Return how many activities and lines of the deliverables table there are."""
    with Database(sqlite_url).reading() as session:
        counts = [
            session.scalars(select(func.count()).select_from(table)).one()
            for table in (Activity, DeliverableLine)
        ]
    return counts[0], counts[1]


def test_a_list_of_activities_is_rehearsed_then_taken_once(bring: Run, sqlite_url: str) -> None:
    by_ana = ("--as", "ana.focal@example.org")

    rehearsed = bring("activities", ACTIVITIES, *by_ana, "--rehearse")
    before = kept(sqlite_url)
    taken = bring("activities", ACTIVITIES, *by_ana)
    bring("activities", ACTIVITIES, *by_ana)

    assert (rehearsed.exit_code, taken.exit_code) == (0, 0)
    assert "1 row;" in rehearsed.output
    assert (before, kept(sqlite_url)) == ((0, 0), (1, 0))


def test_a_list_with_a_wrong_row_names_it_and_takes_nothing(bring: Run, sqlite_url: str) -> None:
    wrong = f"{ACTIVITIES}Study,publication,Nowhere,2026-05-01\n"

    refused = bring("activities", wrong, "--as", "ana.focal@example.org")

    assert refused.exit_code == 2
    assert "There is no unit “Nowhere”" in refused.output
    assert kept(sqlite_url) == (0, 0)


def test_a_list_is_brought_by_somebody_who_is_known(bring: Run, sqlite_url: str) -> None:
    refused = bring("activities", ACTIVITIES, "--as", "eve@example.org")

    assert refused.exit_code == 2
    assert "Nobody with the address eve@example.org works here." in refused.output


def test_the_deliverables_table_is_counted_checked_and_taken(bring: Run, sqlite_url: str) -> None:
    rehearsed = bring("deliverables", DELIVERABLES, "--rehearse")
    before = kept(sqlite_url)
    bring("deliverables", DELIVERABLES)

    assert "3 rows: 2 planned deliverables, 1 control total, 0 headings" in rehearsed.output
    assert "All control totals agree with their deliverables" in rehearsed.output
    assert (before, kept(sqlite_url)) == ((0, 0), (0, 3))


def test_a_control_total_that_does_not_agree_is_told(bring: Run) -> None:
    told = bring("deliverables", DELIVERABLES.replace("publications),2,0", "publications),5,0"))

    assert "printed 5, the sum is 2" in told.output
    assert "1 control total is not the sum of their deliverables" in told.output
