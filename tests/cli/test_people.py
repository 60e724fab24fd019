"""The command ``tracker people``: who is added, what is printed, what is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.reporting import House
from tracker.__main__ import make_command_line
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.queries.people import find_actor, find_person_by_email

Run = Callable[..., Result]
EMAIL = "ada@example.org"


@pytest.fixture
def database(sqlite_url: str) -> Database:
    """Return the database that the command works on."""
    return Database(sqlite_url)


@pytest.fixture
def run(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tracker people`` on the test's own database."""
    for name, value in (
        ("ENVIRONMENT", "test"),
        ("DATABASE_URL", database.url),
        ("DATA_DIR", str(tmp_path)),
        ("LANGUAGES", "en,es"),
        ("TIME_ZONE", "America/Santiago"),
    ):
        monkeypatch.setenv(f"TRACKER_{name}", value)
    tracker = make_command_line()
    return lambda *arguments: CliRunner().invoke(tracker, ["people", *arguments])


def roles_of(database: Database, email: str = EMAIL) -> frozenset[tuple[Role, int | None]]:
    with database.reading() as session:
        person = find_person_by_email(session, email)
        assert person is not None
        actor = find_actor(session, person.id)
        assert actor is not None
        return actor.roles


def test_the_first_administrator_gets_a_link_that_signs_in(run: Run, database: Database) -> None:
    result = run("invite", EMAIL, "--name", "Ada", "--role", "administrator")

    assert result.exit_code == 0
    assert "Ada <ada@example.org> is invited." in result.stdout
    assert re.search(r"^http://127\.0\.0\.1:5000/sign-in/link/\S+$", result.stdout, re.MULTILINE)
    assert roles_of(database) == {(Role.ADMINISTRATOR, None)}


def test_language_and_time_zone_are_those_of_the_site(run: Run, database: Database) -> None:
    run("invite", EMAIL, "--name", "Ada", "--role", "viewer")

    with database.reading() as session:
        person = find_person_by_email(session, EMAIL)
        assert person is not None
        assert (person.language, person.time_zone) == ("en", "America/Santiago")


def test_a_unit_is_that_of_the_roles_that_have_one(
    run: Run, database: Database, house: House
) -> None:
    roles = ("--role", "focal_point", "--role", "viewer")

    result = run(
        "invite", EMAIL, "--name", "Ada", *roles, "--unit", "trade", "--unit", "STATISTICS"
    )

    assert result.exit_code == 0
    assert roles_of(database) == {
        (Role.FOCAL_POINT, house.trade),
        (Role.FOCAL_POINT, house.statistics),
        (Role.VIEWER, None),
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "--role", "viewer"), "is not an e-mail address"),
        ((EMAIL, "--role", "viewer", "--time-zone", "Mars"), "“Mars” is not a time zone"),
        ((EMAIL, "--role", "viewer", "--language", "pt"), "choose among en, es"),
        ((EMAIL, "--role", "king"), "'king' is not one of"),
        ((EMAIL,), "Missing option '--role'"),
        (
            (EMAIL, "--role", "manager", "--unit", "energy"),
            "There is no unit energy. Choose one of these: statistics, trade.",
        ),
        (("mona.manager@example.org", "--role", "viewer"), "is invited already"),
    ],
    ids=["address", "zone", "language", "role", "no-role", "unit", "twice"],
)
@pytest.mark.usefixtures("house")
def test_what_cannot_be_taken_ends_with_a_sentence_and_code_2(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run("invite", "--name", "Ada", *arguments)

    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert "ada@example.org" not in run("list").stdout


def test_a_database_without_tables_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, bare_sqlite_url: str
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", bare_sqlite_url)

    result = run("invite", EMAIL, "--name", "Ada", "--role", "viewer")

    assert result.exit_code == 2
    assert "tracker database upgrade" in result.stderr
    assert not Path(bare_sqlite_url.removeprefix("sqlite:///")).exists()


@pytest.mark.usefixtures("house")
def test_the_list_names_people_with_their_roles(run: Run) -> None:
    lines = run("list").stdout.splitlines()

    assert "Ana Focal <ana.focal@example.org>: Focal point (statistics)" in lines
    assert "Vera Viewer <vera.viewer@example.org>: Viewer" in lines


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    assert "makes the first administrator" in run("list").stdout


@pytest.mark.usefixtures("house")
def test_links_are_made_for_people_who_are_here(run: Run) -> None:
    lines = run("link", "Ana.Focal@example.org", "vera.viewer@example.org").stdout.splitlines()

    assert lines[0] == "Link for Ana Focal <ana.focal@example.org>, good once within seven days:"
    assert re.match(r"http://127\.0\.0\.1:5000/sign-in/link/\S+$", lines[3])


@pytest.mark.usefixtures("house")
def test_a_link_for_a_stranger_is_refused_with_what_to_do(run: Run) -> None:
    result = run("link", "vera.viewer@example.org", "nobody@example.org")

    assert result.exit_code == 2
    assert "Nobody is known here by the address nobody@example.org." in result.stderr
    assert "http" not in result.stdout
