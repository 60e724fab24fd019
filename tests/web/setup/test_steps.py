"""The steps of the set-up: what each keeps, what it refuses, and what is said to be missing."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import make_house, make_person
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Entity
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.models.people import OrganizationalUnit
from tracker.queries.setup import listed_sessions
from tracker.services.setup import the_house

SESSION = {
    "body": "Commission of the Islands",
    "key": "islands",
    "number": "24",
    "place": "Mindelo",
    "opens_on": "2026-10-05",
    "closes_on": "2026-10-09",
}
STEPS = ("entity", "languages", "session", "units", "people", "import")


@pytest.fixture(autouse=True)
def administrator(client: FlaskClient, database: Database) -> int:
    """Let an administrator, alone in an empty house, be signed in."""
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person_id)
    return person_id


def unit_keys(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(OrganizationalUnit.key).order_by("position")))


@pytest.mark.parametrize("step", STEPS)
def test_each_step_says_what_is_missing_and_can_be_skipped(client: FlaskClient, step: str) -> None:
    page = client.get(f"/setup/{step}")

    assert f"step {STEPS.index(step) + 1} of 6" in text_of(page)
    assert "Still missing The name of the entity, A body with its session" in text_of(page)
    following = (*STEPS, "")[STEPS.index(step) + 1]
    assert f'href="{f"/setup/{following}".rstrip("/")}">' in page.text


def test_the_entity_is_named_and_overrides_the_settings(
    client: FlaskClient, installation: Installation
) -> None:
    answer = submit(
        client,
        client.get("/setup/entity"),
        {"name": "Secretariat of the Isles", "aliases": "the Director\r\n\r\n the  isles "},
    )

    assert answer.location == "/setup/languages"
    assert installation.house().entity == Entity(
        name="Secretariat of the Isles", aliases=("the Director", "the isles")
    )
    assert "· Secretariat of the Isles" in client.get("/setup/entity").text


def test_the_entity_has_a_name_in_each_language_by_which_texts_may_ask_for_it(
    client: FlaskClient, installation: Installation
) -> None:
    named = {"name": "Secretariat of the Isles", "name_es": "Secretaría de las Islas"}

    submit(client, client.get("/setup/entity"), named | {"aliases": "the Director"})

    entity = installation.house().entity
    assert (entity.name_in("es"), entity.name_in("fr")) == (named["name_es"], named["name"])
    assert entity.aliases == ("the Director", named["name_es"])
    kept = dict(filled_in(form_of(client.get("/setup/entity"))))
    assert (kept["name_es"], kept["aliases"]) == (named["name_es"], "the Director")


def test_the_foot_of_a_page_names_the_entity_in_its_language(client: FlaskClient) -> None:
    named = {"name": "Secretariat of the Isles", "name_es": "Secretaría de las Islas"}
    submit(client, client.get("/setup/entity"), named)

    with client.session_transaction() as signed_in:
        signed_in.clear()
    client.get("/language/es")

    assert "· Secretaría de las Islas" in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Enter the name of the entity."),
        ({"name_es": "x" * 201}, "more than 200 characters"),
        ({"name": "x" * 201}, "more than 200 characters"),
        ({"aliases": "\n".join(map(str, range(31)))}, "at most 30 names"),
    ],
    ids=["empty", "endless-in-spanish", "endless", "too-many"],
)
def test_an_entity_that_cannot_be_kept_is_refused(
    client: FlaskClient, fields: Mapping[str, str], sentence: str
) -> None:
    answer = submit(client, client.get("/setup/entity"), fields)

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_of_two_who_name_the_entity_the_second_overwrites_nothing(
    client: FlaskClient, installation: Installation
) -> None:
    page = client.get("/setup/entity")
    submit(client, page, {"name": "The first"})

    answer = submit(client, page, {"name": "The second"})

    assert answer.status_code == 409
    assert "Nothing of theirs was overwritten" in text_of(answer)
    assert installation.house().entity.name == "The first"


def test_the_languages_are_chosen_with_the_main_one_first(
    client: FlaskClient, installation: Installation
) -> None:
    answer = submit(
        client, client.get("/setup/languages"), {"main_language": "fr", "languages": ["en", "es"]}
    )

    assert answer.location == "/setup/session"
    assert installation.house().languages == ("fr", "en", "es")
    assert "Português" not in client.get("/account").text


def test_a_language_that_is_not_offered_is_refused(
    client: FlaskClient, installation: Installation
) -> None:
    answer = submit(client, client.get("/setup/languages"), {"languages": ["tlh"]})

    assert answer.status_code == 400
    assert installation.house().languages == ("en", "es", "fr", "pt")


def test_a_body_is_added_with_its_session(client: FlaskClient, database: Database) -> None:
    answer = submit(client, client.get("/setup/session"), SESSION)

    assert answer.location == "/setup/units"
    with database.reading() as session:
        (held,) = listed_sessions(session)
    assert (held.body_name, held.body_key) == ("Commission of the Islands", "islands")
    assert (held.name, held.place) == ("Twenty-fourth session", "Mindelo")
    assert "Twenty-fourth session" in text_of(client.get("/setup/session"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": ""}, "Enter the name of the body."),
        ({"number": "twenty"}, "Enter a number between 1 and 9999."),
        ({"opens_on": ""}, "Enter the day on which the session opens."),
        ({"closes_on": "2026-10-01"}, "The session closes before it opens."),
        ({"key": "Not a key"}, "letters from a to z"),
        ({"key": "mandates"}, "The short name “mandates” is taken."),
        ({"key": "setup"}, "The short name “setup” is taken."),
    ],
    ids=["body", "number", "no-day", "order", "key", "our-page", "this-page"],
)
def test_a_session_that_cannot_be_kept_is_refused(
    client: FlaskClient, database: Database, fields: dict[str, str], sentence: str
) -> None:
    answer = submit(client, client.get("/setup/session"), SESSION | fields)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    with database.reading() as session:
        assert listed_sessions(session) == []


def test_a_body_that_is_here_keeps_its_short_name(client: FlaskClient, database: Database) -> None:
    submit(client, client.get("/setup/session"), SESSION)

    other = submit(client, client.get("/setup/session"), SESSION | {"number": "25", "key": "isles"})
    same = submit(client, client.get("/setup/session"), SESSION | {"number": "25", "key": ""})

    assert "with the short name “islands”" in text_of(other)
    assert same.status_code == 303
    with database.reading() as session:
        assert [held.body_key for held in listed_sessions(session)] == ["islands", "islands"]


def test_several_units_are_added_at_once(client: FlaskClient, database: Database) -> None:
    rows = {
        "units-0-name": "Statistics Division",
        "units-0-key": "statistics",
        "units-2-name": "Office of the Secretary",
        "units-2-key": "office",
        "units-2-kind": "office",
    }

    answer = submit(client, client.get("/setup/units"), rows)

    assert answer.location == "/setup/people"
    assert unit_keys(database) == ["statistics", "office"]


def test_one_wrong_row_keeps_all_units_out_and_says_where(
    client: FlaskClient, database: Database
) -> None:
    rows = {
        "units-0-name": "Statistics Division",
        "units-0-key": "statistics",
        "units-2-name": "Trade Division",
        "units-2-key": "statistics",
    }

    answer = submit(client, client.get("/setup/units"), rows)

    assert answer.status_code == 400
    assert "The short name “statistics” belongs to another unit." in text_of(answer)
    assert 'id="units-2-key-error"' in answer.text
    assert unit_keys(database) == []


def test_a_time_zone_is_typed_or_taken_from_a_list_and_another_word_is_refused(
    client: FlaskClient, database: Database
) -> None:
    page = client.get("/setup/units")
    row = {"units-0-name": "Statistics Division", "units-0-time_zone": "Somewhere"}

    answer = submit(client, page, row)

    assert answer.status_code == 400
    assert "“Somewhere” is not a time zone." in text_of(answer)
    assert 'id="units-0-time_zone-error"' in answer.text
    assert page.text.count('<option value="Africa/Dakar">') == 1
    assert len(page.data) < 60_000
    assert unit_keys(database) == []


def test_no_unit_at_all_is_refused(client: FlaskClient) -> None:
    answer = submit(client, client.get("/setup/units"))

    assert answer.status_code == 400
    assert "Fill in at least one row, or skip this step." in text_of(answer)


def test_how_backups_are_made_is_kept_and_no_longer_missing(client: FlaskClient) -> None:
    assert "No backup yet." in text_of(client.get("/setup"))

    answer = submit(client, client.get("/setup/backup"), {"words": "Each night, by the centre."})

    assert answer.location == "/setup"
    page = text_of(client.get("/setup"))
    assert "No backup yet." not in page
    assert "Each night, by the centre." in page


def test_nothing_said_about_backups_is_refused(client: FlaskClient) -> None:
    answer = submit(client, client.get("/setup/backup"), {"words": " "})

    assert answer.status_code == 400
    assert "Say who makes the backups" in text_of(answer)


def test_the_list_says_what_an_empty_house_lacks(client: FlaskClient) -> None:
    page = text_of(client.get("/setup"))

    assert "6 things are missing before a reporting cycle can run." in page
    for words in ("A coordinator", "An administrator beside you", "Mail", "A backup"):
        assert words in page
    assert "A newer backup" not in page


def test_the_list_gets_shorter_with_what_is_there(client: FlaskClient, database: Database) -> None:
    with arranging(), database.transaction() as session:
        make_house(session)
        make_person(session, "Bea Administrator", (Role.ADMINISTRATOR, None))

    page = text_of(client.get("/setup"))

    # The house of tests has people, units and a resolution; no session, no period, no name.
    assert "3 things are missing" in page
    assert "An administrator beside you While" not in page


def test_the_start_page_of_an_administrator_says_that_something_is_missing(
    client: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        viewer_id = make_person(session, "Vera Viewer", (Role.VIEWER, None)).id

    of_administrator = text_of(client.get("/"))
    sign_in(client, viewer_id)
    of_viewer = text_of(client.get("/"))

    assert "See what is missing" in of_administrator
    assert "See what is missing" not in of_viewer


@pytest.mark.parametrize("path", ["", *(f"/{step}" for step in STEPS), "/backup"])
def test_the_set_up_is_for_administrators(
    client: FlaskClient, database: Database, path: str
) -> None:
    with arranging(), database.transaction() as session:
        person_id = make_person(session, "Carla Coordinator", (Role.COORDINATOR, None)).id
    sign_in(client, person_id)

    assert client.get(f"/setup{path}").status_code == 403


@pytest.mark.parametrize(
    ("age", "told", "is_missing"),
    [(timedelta(days=3), "3 days ago", False), (timedelta(days=9), "9 days ago", True)],
    ids=["fresh", "old"],
)
def test_the_last_backup_is_told_and_an_old_one_is_missing_a_newer(
    client: FlaskClient, database: Database, age: timedelta, told: str, is_missing: bool
) -> None:
    with arranging(), database.transaction() as session:
        the_house(session).backed_up_at = clock.now() - age

    page = text_of(client.get("/setup"))

    assert f"The last backup was made {told}" in page
    assert ("A newer backup The last one is more than a week old." in page) is is_missing
    assert "No backup yet." not in page
