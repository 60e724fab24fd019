"""Linking activities and mandates by pages: search, choose, say how; and taking it back."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.reporting import House
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.activity_details import ActivityDetails
from tracker.queries.activities import CarryingOut, activities_of_mandate
from tracker.services.activities import add_activity


def add(database: Database, house: House, title: str, starts_on: date) -> int:
    details = ActivityDetails(
        deliverable=Deliverable.ADVISORY_MISSION,
        title=title,
        language="en",
        unit_id=house.statistics,
        starts_on=starts_on,
    )
    with database.transaction() as session:
        return add_activity(session, details=details, actor=house.focal_point, at=clock.now()).id


@pytest.fixture
def mission(client: FlaskClient, database: Database, house: House) -> int:
    """Sign the focal point of Statistics in and add a mission."""
    sign_in(client, house.focal_point.person_id)
    return add(database, house, "Mission to the islands", date(2026, 3, 1))


def linked(database: Database, mandate_id: int) -> tuple[CarryingOut, ...]:
    with database.reading() as session:
        return activities_of_mandate(session, mandate_id)


def test_a_mandate_is_found_by_its_paragraph_and_linked(
    client: FlaskClient, database: Database, house: House, mission: int
) -> None:
    page = client.get(f"/activities/{mission}/link?q=12(IV), para. 5(b)")
    assert "1 mandate found" in text_of(page)
    assert "12(IV), para. 5(b)" in text_of(page)

    chosen = {"mandate_id": house.mandates[1], "contribution": "Counted twelve islands."}
    answer = submit(client, page, chosen)

    assert (answer.status_code, answer.location) == (303, f"/activities/{mission}")
    sheet = text_of(client.get(answer.location))
    assert "The activity is linked to the mandate." in sheet
    assert "Counted twelve islands." in sheet
    assert [activity.id for activity in linked(database, house.mandates[1])] == [mission]


def test_nothing_chosen_is_told_and_the_search_and_the_words_are_kept(
    client: FlaskClient, mission: int
) -> None:
    page = client.get(f"/activities/{mission}/link?q=12(IV)")

    answer = submit(client, page, {"contribution": "By counting."})

    assert answer.status_code == 400
    assert "Choose the mandate that the activity carries out." in text_of(answer)
    assert "3 mandates found" in text_of(answer)
    assert dict(filled_in(form_of(answer)))["contribution"] == "By counting."


def test_an_unknown_mandate_is_told_at_its_field(client: FlaskClient, mission: int) -> None:
    page = client.get(f"/activities/{mission}/link?q=12(IV)")

    answer = submit(client, page, {"mandate_id": 999})

    assert answer.status_code == 400
    assert "There is no such mandate." in text_of(answer)


def test_a_search_that_finds_nothing_says_what_to_write(client: FlaskClient, mission: int) -> None:
    words = text_of(client.get(f"/activities/{mission}/link?q=elephants"))

    assert "No mandate was found that could be linked." in words


def test_before_a_search_nothing_is_listed(client: FlaskClient, mission: int) -> None:
    words = text_of(client.get(f"/activities/{mission}/link"))

    assert "found" not in words
    assert "For example 530(XXIV)" in words


@pytest.mark.usefixtures("mission")
def test_an_activity_over_before_the_adoption_is_linked_with_a_warning(
    client: FlaskClient, database: Database, house: House
) -> None:
    early = add(database, house, "Mission of long ago", date(2020, 1, 1))
    page = client.get(f"/activities/{early}/link?q=12(IV)")
    assert "after the activity ended" in text_of(page)

    answer = submit(client, page, {"mandate_id": house.mandates[0]})

    assert answer.status_code == 303
    sheet = text_of(client.get(answer.location))
    assert "The activity ended before the resolution was adopted." in sheet


def test_an_activity_is_linked_from_the_page_of_the_mandate(
    client: FlaskClient, database: Database, house: House, mission: int
) -> None:
    mandate_id = house.mandates[0]
    page = client.get(f"/mandates/{mandate_id}/activities/link?q=mission")
    assert "To count the islands, part 5.a;" in text_of(page)

    answer = submit(client, page, {"activity_id": mission, "contribution": "By counting."})

    assert (answer.status_code, answer.location) == (303, f"/mandates/{mandate_id}")
    assert [activity.id for activity in linked(database, mandate_id)] == [mission]


@pytest.mark.usefixtures("mission")
@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (None, "Choose the activity that carries the mandate out."),
        (999, "There is no such activity."),
    ],
    ids=["nothing", "unknown"],
)
def test_an_activity_that_cannot_be_linked_is_told_at_its_field(
    client: FlaskClient, house: House, chosen: int | None, sentence: str
) -> None:
    page = client.get(f"/mandates/{house.mandates[0]}/activities/link")
    assert "Mission to the islands" in text_of(page)

    answer = submit(client, page, {"activity_id": chosen})

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_a_second_link_of_the_same_two_is_told(
    client: FlaskClient, house: House, mission: int
) -> None:
    page = client.get(f"/mandates/{house.mandates[0]}/activities/link")
    submit(client, page, {"activity_id": mission})

    answer = submit(client, page, {"activity_id": mission})

    assert answer.status_code == 400
    assert "is linked to this mandate already" in text_of(answer)


def test_without_activities_the_page_says_what_to_do(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)

    words = text_of(client.get(f"/mandates/{house.mandates[0]}/activities/link"))

    assert "Add what your unit does as an activity first" in words


def test_a_link_is_removed_by_a_button(
    client: FlaskClient, database: Database, house: House, mission: int
) -> None:
    mandate_id = house.mandates[0]
    page = client.get(f"/mandates/{mandate_id}/activities/link")
    submit(client, page, {"activity_id": mission})
    sheet = client.get(f"/activities/{mission}")

    answer = submit(client, sheet, to=f"/unlink/{mandate_id}")

    assert answer.status_code == 303
    assert linked(database, mandate_id) == ()
    assert "The link is removed" in text_of(client.get(answer.location))
    assert submit(client, sheet, to=f"/unlink/{mandate_id}").status_code == 404


def test_who_answers_for_neither_side_is_offered_nothing_and_refused(
    client: FlaskClient, house: House, mission: int
) -> None:
    page = client.get(f"/mandates/{house.mandates[0]}/activities/link")
    sign_in(client, house.other_focal_point.person_id)

    assert "Mission" not in text_of(client.get(f"/mandates/{house.mandates[0]}/activities/link"))
    fields = dict(filled_in(form_of(page))) | {"activity_id": str(mission)}
    with client.session_transaction() as session:
        session.pop("csrf_token", None)
    assert client.post(page.request.path, data=fields).status_code == 400
    own = client.get(f"/mandates/{house.mandates[2]}/activities/link")
    assert "Mission to the islands" in text_of(own)


@pytest.mark.parametrize("path", ["/activities/99/link", "/mandates/99/activities/link"])
@pytest.mark.usefixtures("mission")
def test_what_is_not_there_cannot_be_linked(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
