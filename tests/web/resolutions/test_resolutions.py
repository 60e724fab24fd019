"""The list of resolutions, and one as adopted with what is done to its mandates."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.importing import import_text
from tests.reporting import House
from tests.resolution_texts import EARLIER
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate

ADDRESS = "/coi/21-v"


@pytest.fixture
def imported(installation: Installation, house: House) -> None:
    """Import the invented resolution: 2(a) and 2(b) are proposed as requiring our action."""
    import_text(installation.database, installation.files, actor=house.coordinator)


def decisions(database: Database) -> dict[str | None, bool | None]:
    with database.reading() as session:
        rows = session.execute(
            select(Clause.path, Mandate.requires_action)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .join(Instrument, Instrument.id == Clause.instrument_id)
            .where(Instrument.slug == "21-v")
        )
        return {path: is_required for path, is_required in rows}  # noqa: C416 - rows are no pairs


def boxes(page: TestResponse) -> dict[str, tuple[str, bool]]:
    """Return for each paragraph the value of its box and whether it is ticked."""
    root = html.document_fromstring(page.text)
    found = root.xpath("//input[@name='mandate']")
    return {
        box.get("aria-label").removeprefix("Select paragraph "): (
            box.get("value"),
            box.get("checked") is not None,
        )
        for box in found
    }


def test_without_resolutions_the_list_says_what_fills_it(coordinator: FlaskClient) -> None:
    page = coordinator.get("/resolutions?body=nobody")

    assert "There is no resolution yet." in text_of(page)


@pytest.mark.usefixtures("imported")
def test_the_list_counts_the_mandates_of_each_resolution(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get("/resolutions"))

    assert "Commission for the Ostral Islands (1)" in words
    assert "21(V) REGISTERS OF THE ISLANDS" in words
    assert "Commission for the Ostral Islands, Fifth session" in words


@pytest.mark.usefixtures("imported")
def test_the_list_of_one_body_leaves_out_the_others(coordinator: FlaskClient) -> None:
    words = text_of(coordinator.get("/resolutions?body=coi"))

    assert "21(V)" in words
    assert "12(IV)" not in words


@pytest.mark.usefixtures("imported")
def test_a_resolution_shows_its_text_with_numbers_in_the_margin(coordinator: FlaskClient) -> None:
    page = coordinator.get(ADDRESS)

    root = html.document_fromstring(page.text)
    numbers = [number.text_content() for number in root.find_class("tracker-clause__number")]
    assert numbers == ["1.", "2.", "(a)", "(b)", "3."]
    assert "Recalling its resolution 20(V) on the census of the islands," in text_of(page)
    assert 'href="/coi/21-v/2/a"' in page.text


@pytest.mark.usefixtures("imported")
def test_a_cited_resolution_is_a_link_once_it_is_known(
    coordinator: FlaskClient, installation: Installation
) -> None:
    unknown = coordinator.get(ADDRESS)
    import_text(installation.database, installation.files, EARLIER)

    known = coordinator.get(ADDRESS)

    assert "Texts that it cites Recalls: 20(V)" in text_of(unknown)
    assert 'href="/coi/20-v"' not in unknown.text
    assert 'href="/coi/20-v"' in known.text


@pytest.mark.usefixtures("imported")
def test_what_is_proposed_as_requiring_action_is_selected_for_confirmation(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get(ADDRESS)

    ticked = {number: is_ticked for number, (_, is_ticked) in boxes(page).items()}
    assert ticked == {"1": False, "2(a)": True, "2(b)": True, "3": False}


@pytest.mark.usefixtures("imported")
def test_the_selected_mandates_are_confirmed(coordinator: FlaskClient, database: Database) -> None:
    answer = submit(coordinator, coordinator.get(ADDRESS), to="/confirm")

    assert (answer.status_code, answer.location) == (303, ADDRESS)
    assert decisions(database) == {"1": None, "2.a": True, "2.b": True, "3": None}
    assert "2 mandates are confirmed as requiring our action." in text_of(coordinator.get(ADDRESS))


@pytest.mark.usefixtures("imported")
def test_the_selected_mandates_are_set_aside(coordinator: FlaskClient, database: Database) -> None:
    page = coordinator.get(ADDRESS)

    submit(
        coordinator,
        page,
        {"mandate": boxes(page)["2(a)"][0]},
        to="/confirm",
        button="/set-aside",
    )

    assert decisions(database)["2.a"] is False
    assert "1 mandate is set aside." in text_of(coordinator.get(ADDRESS))


@pytest.mark.usefixtures("imported")
def test_the_rest_is_set_aside_by_one_button(coordinator: FlaskClient, database: Database) -> None:
    submit(coordinator, coordinator.get(ADDRESS), to="/set-aside-rest")

    assert decisions(database) == {"1": False, "2.a": None, "2.b": None, "3": False}
    words = text_of(coordinator.get(ADDRESS))
    assert "2 mandates are set aside." in words
    assert "Invites member States to share their registers" in words


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("button", [None, "/set-aside", "/assign"])
def test_nothing_selected_is_told_on_the_page(
    coordinator: FlaskClient, database: Database, button: str | None
) -> None:
    page = coordinator.get(ADDRESS)

    answer = submit(coordinator, page, {"mandate": None}, to="/confirm", button=button)

    assert answer.status_code == 400
    assert "Nothing was selected. Select one mandate or more" in text_of(answer)
    assert set(decisions(database).values()) == {None}


@pytest.mark.usefixtures("imported")
def test_a_stale_selection_overwrites_nothing(coordinator: FlaskClient, database: Database) -> None:
    page = coordinator.get(ADDRESS)
    submit(coordinator, page, to="/confirm")

    answer = submit(coordinator, page, to="/confirm", button="/set-aside")

    assert answer.status_code == 409
    assert "Somebody else changed 21(V), para. 2(a)" in text_of(answer)
    assert decisions(database)["2.a"] is True


@pytest.mark.usefixtures("imported")
def test_the_selected_mandates_are_taken_to_the_form_that_assigns(
    coordinator: FlaskClient,
) -> None:
    submit(coordinator, coordinator.get(ADDRESS), to="/confirm")
    page = coordinator.get(ADDRESS)
    chosen = [boxes(page)["2(a)"][0], boxes(page)["2(b)"][0]]

    answer = submit(coordinator, page, {"mandate": chosen}, to="/confirm", button="/assign")

    assert answer.status_code == 303
    assert "Assign 2 mandates" in text_of(coordinator.get(answer.location))


@pytest.mark.usefixtures("imported")
def test_a_reader_sees_the_text_and_no_buttons(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    page = client.get(ADDRESS)

    assert "Requests the Executive Secretary:" in text_of(page)
    assert boxes(page) == {}
    assert "Set aside the" not in text_of(page)


@pytest.mark.parametrize("address", ["/coi/99-x", "/nobody/21-v"])
def test_an_address_without_a_resolution_says_so(coordinator: FlaskClient, address: str) -> None:
    answer = coordinator.get(address)

    assert answer.status_code == 404
    assert "There is no resolution at this address." in text_of(answer)


def test_nobody_confirms_on_a_resolution_that_is_not_there(coordinator: FlaskClient) -> None:
    fields = dict(filled_in(form_of(coordinator.get("/resolutions/import"))))

    answer = coordinator.post("/resolutions/4711/confirm", data=fields)

    assert answer.status_code == 404
