"""The pages of activities: list, sheet and form; what they say and what they refuse."""

from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.activity_details import YearQuantity
from tracker.models.activities import Activity
from tracker.queries.activity_sheets import ActivitySheet, find_activity_sheet
from tracker.services.activities import link_activity

SEMINAR = {
    "title": "Seminar on counting islands",
    "deliverable": "seminar",
    "starts_on": "2026-04-01",
    "ends_on": "2027-03-31",
    "description": "Statisticians of twelve countries.",
    "quantities-0-year": "2026",
    "quantities-0-planned": "5",
    "quantities-0-actual": "4,5",
    "countries": "Peru\nChile\n",
    "participants-0-name": "University of the Sea",
    "participants-0-kind": "academic",
}


@pytest.fixture(autouse=True)
def _focal_point(client: FlaskClient, house: House) -> None:
    """Sign the focal point of Statistics in."""
    sign_in(client, house.focal_point.person_id)


@pytest.fixture
def address(client: FlaskClient) -> str:
    """Add the seminar and return the address of its sheet."""
    answer = submit(client, client.get("/activities/new"), SEMINAR)
    assert answer.status_code == 303
    return answer.location


def sheet_of(database: Database, address: str) -> ActivitySheet:
    with database.reading() as session:
        sheet = find_activity_sheet(session, int(address.rpartition("/")[2]))
    assert sheet is not None
    return sheet


def count(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(Activity.id)).all())


def test_an_empty_list_says_what_fills_it(client: FlaskClient, house: House) -> None:
    assert "There is no activity yet." in text_of(client.get("/activities"))
    assert "Add the first activity" in text_of(client.get("/activities"))

    sign_in(client, house.viewer.person_id)
    assert "Add the first activity" not in text_of(client.get("/activities"))


def test_an_activity_is_added_and_shown_as_a_sheet(client: FlaskClient, address: str) -> None:
    words = text_of(client.get(address))

    assert "is added. Link it to the mandates that it carries out." in words
    assert "Seminar, workshop or training event · Statistics Division" in words
    assert "1\xa0April\xa02026 to 31\xa0March\xa02027".replace("\xa0", " ") in words
    assert "Generation and transfer of knowledge" in words
    assert "Chile; Peru" in words
    assert "University of the Sea (Academic institution)" in words
    assert "In days, by calendar year" in words
    assert "Planned5Actual4.5" in words.replace(" ", "")
    assert "In all" not in words  # one year needs no sum
    assert "It is linked to no mandate yet." in words


def test_the_list_shows_and_sorts_and_narrows(client: FlaskClient, address: str) -> None:
    words = text_of(client.get("/activities?sort=-starts&category=B&year=2026&linked=no"))
    assert "Seminar on counting islands" in words
    assert "5 / 4.5 days" in words
    assert "1 activity that fit your choices" in words

    assert "No activity is like this." in text_of(client.get("/activities?q=atlas"))
    assert address in client.get("/activities").text


@pytest.mark.parametrize(
    "question", ["unit=x", "category=Z", "year=-1", "sort=nonsense", "after=x"]
)
def test_a_question_that_means_nothing_is_left_out(
    client: FlaskClient, address: str, question: str
) -> None:
    answer = client.get(f"/activities?{question}")

    assert answer.status_code == 200
    assert address in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter the title of the activity."),
        ({"title": "x" * 401}, "Enter at most 400 characters."),
        ({"starts_on": ""}, "Enter the day on which the activity starts."),
        ({"starts_on": "yesterday"}, "This is not a date."),
        ({"ends_on": "2026-03-31"}, "The activity ends before it starts."),
        ({"quantities-0-planned": "-1"}, "A quantity of 2026 is negative."),
        ({"quantities-0-planned": "many"}, "This is not a number. Enter digits, as in 12."),
        ({"quantities-0-planned": "1,234"}, "too large or too fine"),
        ({"quantities-0-year": ""}, "Enter the year of this quantity."),
        ({"quantities-0-year": "MMXXVI"}, "This is not a year. Enter four digits, as in 2026."),
        ({"quantities-0-year": "2030"}, "The activity does not take place in 2030."),
        ({"participants-0-name": "x" * 201}, "Enter at most 200 characters."),
        ({"countries": "Peru\nRuritania"}, "“Ruritania” is not a country name we know."),
        ({"deliverable": ""}, "Choose what sort of deliverable it is."),
        ({"deliverable": "party"}, "Not a valid choice"),
        ({"unit_id": "99"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(
    client: FlaskClient, database: Database, wrong: dict[str, str], sentence: str
) -> None:
    answer = submit(client, client.get("/activities/new"), SEMINAR | wrong)

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert sentence in text_of(answer)
    kept = dict(filled_in(form_of(answer)))
    for name, value in (SEMINAR | wrong).items():
        if value not in {"party", "99"}:
            assert kept[name] == value
    assert count(database) == 0


IN_FULL = {
    "attendance-0-count": "8",
    "attendance-0-is_at_least": "y",
    "attendance-0-institution": "Competition authorities",
    "attendance-0-country": "Brasil",
    "funds-0-source": "extrabudgetary",
    "funds-0-donor": "Research Centre",
    "funds-0-budget": "120 000",
    "documents-0-title": "Commitment of the Islands",
    "documents-0-kind": "commitment",
    "documents-0-symbol": "LC/1",
    "modules-0-title": "Rules",
    "modules-0-results": "Six countries were studied.",
    "requests-0-requested_on": "2026-01-09",
    "requests-0-country": "Chile",
    "requests-0-request": "Advice on the rules",
    "frameworks-0-kind": "network",
    "frameworks-0-name": "Network of Small Ports",
    "modality": "south_south",
    "studied": "Costa Rica",
    "is_good_practice": "y",
    "adopters": "Honduras\nPeru",
}


def test_what_is_told_in_groups_stands_on_the_sheet_and_in_the_form(
    client: FlaskClient, database: Database
) -> None:
    added = submit(client, client.get("/activities/new"), SEMINAR | IN_FULL)

    words = text_of(client.get(added.location))
    for told in (
        "Extrabudgetary, Research Centre",
        "at least 8",
        "Adopted by: Honduras; Peru.",
        "Countries studied Costa Rica",
        "Commitment of the Islands, LC/1 (Commitment)",
        "Network of Small Ports (Network)",
        "1. Rules",
        "South-South cooperation",
    ):
        assert told in words
    form = client.get(f"{added.location}/edit")
    assert submit(client, form).status_code == 303
    assert sheet_of(database, added.location).version == 1  # nothing was changed by the way
    assert form.text.count('<details class="govuk-details tracker-group" open>') == 9


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"attendance-0-count": ""}, "Enter how many people took part."),
        ({"attendance-0-count": "many"}, "This is not a whole number."),
        ({"attendance-0-country": "Ruritania"}, "is not a country name we know"),
        ({"funds-0-source": "regular_budget"}, "The regular budget has no donor."),
        (
            {"documents-0-title": "", "documents-0-symbol": "LC/1"},
            "Enter the title of the document.",
        ),
        ({"documents-0-address": "ftp://x"}, "is not a web address"),
        ({"modules-0-title": ""}, "Enter the title of the module."),
        ({"requests-0-requested_on": ""}, "Enter the date of the request."),
        ({"requests-0-country": ""}, "Enter the country whose Government asked."),
        ({"adopters": "x" * 201}, "Enter at most 200 characters on a line."),
    ],
)
def test_a_group_with_an_error_is_open_and_says_it(
    client: FlaskClient, database: Database, wrong: dict[str, str], sentence: str
) -> None:
    answer = submit(client, client.get("/activities/new"), SEMINAR | IN_FULL | wrong)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert count(database) == 0


def test_what_is_confidential_is_kept_from_others(
    client: FlaskClient, house: House, database: Database
) -> None:
    secret = SEMINAR | {"sensitivity": "confidential"}
    address = submit(client, client.get("/activities/new"), secret).location
    link_activity_to(database, house, address)
    assert client.get(address).status_code == 200

    sign_in(client, house.other_focal_point.person_id)

    assert client.get(address).status_code == 404
    assert "Seminar on counting islands" not in text_of(client.get("/activities"))
    mandate = client.get(f"/mandates/{house.mandates[0]}", follow_redirects=True)
    assert "Seminar on counting islands" not in text_of(mandate)


def link_activity_to(database: Database, house: House, address: str) -> None:
    with database.transaction() as session:
        link_activity(
            session,
            activity_id=int(address.rpartition("/")[2]),
            mandate_id=house.mandates[0],
            contribution="By counting.",
            actor=house.focal_point,
            at=clock.now(),
        )


def test_a_unit_of_others_cannot_be_chosen(client: FlaskClient, house: House) -> None:
    page = client.get("/activities/new")

    assert "Statistics Division" in page.text
    assert "Trade Division" not in page.text
    answer = submit(client, page, SEMINAR | {"unit_id": house.trade})
    assert answer.status_code == 400


def test_more_rows_keep_what_is_typed_and_save_nothing(
    client: FlaskClient, database: Database
) -> None:
    page = client.get("/activities/new")

    answer = submit(client, page, SEMINAR | {"title": ""}, button="more")

    assert answer.status_code == 200
    assert "There is a problem" not in text_of(answer)
    assert answer.text.count('-planned"') > page.text.count('-planned"')
    assert dict(filled_in(form_of(answer)))["participants-0-name"] == "University of the Sea"
    assert count(database) == 0


def test_the_form_shows_what_stands_and_saves_what_is_changed(
    client: FlaskClient, database: Database, address: str
) -> None:
    page = client.get(f"{address}/edit")
    shown = dict(filled_in(form_of(page)))
    assert (shown["quantities-0-actual"], shown["quantities-1-year"]) == ("4.5", "2027")
    assert shown["countries"] == "Chile\nPeru"
    assert "counted in: days" in text_of(page)

    answer = submit(client, page, {"title": "Workshop", "quantities-1-planned": "0"})

    assert (answer.status_code, answer.location) == (303, address)
    sheet = sheet_of(database, address)
    assert sheet.details.title == "Workshop"
    assert sheet.details.quantities == (
        YearQuantity(2026, Decimal(5), Decimal("4.5")),
        YearQuantity(2027, Decimal(0)),
    )
    assert sheet.details.ends_on == date(2027, 3, 31)


def test_a_change_that_cannot_be_taken_leaves_the_activity_as_it_was(
    client: FlaskClient, database: Database, address: str
) -> None:
    answer = submit(client, client.get(f"{address}/edit"), {"ends_on": "2025-01-01"})

    assert answer.status_code == 400
    assert sheet_of(database, address).version == 1


def test_a_stale_form_shows_both_and_saves_on_the_second_time(
    client: FlaskClient, database: Database, address: str
) -> None:
    page = client.get(f"{address}/edit")
    submit(client, page, {"title": "Theirs", "countries": "Fiji"})

    refused = submit(client, page, {"description": "Mine"})

    assert refused.status_code == 409
    assert "Somebody else saved this activity while you were writing." in text_of(refused)
    assert "Title Theirs" in text_of(refused)
    assert "Countries Fiji" in text_of(refused)
    assert "Starts on 1" not in text_of(refused).partition("Title Theirs")[0]
    assert dict(filled_in(form_of(refused)))["description"] == "Mine"
    assert sheet_of(database, address).details.title == "Theirs"

    assert submit(client, refused).status_code == 303
    assert sheet_of(database, address).details.description == "Mine"


def test_people_of_another_unit_read_but_do_not_change(
    client: FlaskClient, house: House, address: str
) -> None:
    sign_in(client, house.other_focal_point.person_id)

    sheet = client.get(address)
    assert sheet.status_code == 200
    assert f"{address}/edit" not in sheet.text
    assert client.get(f"{address}/edit").status_code == 403


def test_a_viewer_adds_no_activity(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/activities/new").status_code == 403


def test_an_activity_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    answer = client.get("/activities/99")

    assert answer.status_code == 404
    assert "There is no such activity." in text_of(answer)


def test_a_list_of_many_is_turned_by_links(
    client: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.add_all(
            Activity(
                title=f"Course {number:03}",
                description="",
                language="en",
                deliverable=Deliverable.SEMINAR,
                unit_id=house.statistics,
                starts_on=date(2026, 1, 1),
                created_at=clock.now(),
                created_by_id=house.focal_point.person_id,
            )
            for number in range(60)
        )

    first = client.get("/activities")
    following = first.text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
    second = client.get(following.replace("&amp;", "&"))

    assert "60 activities" in text_of(first)
    assert "Course 049" in text_of(first)
    assert "Course 050" not in text_of(first)
    assert "Course 050" in text_of(second)
    assert "Previous page" in text_of(second)
