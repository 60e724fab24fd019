"""The pages of a corrected edition: recognised, compared, taken, and looked up later."""

import io

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import make_person
from tests.resolution_texts import ADOPTED, as_file
from tests.services.test_corrected_editions import REWORDED, WITH_NEW_1, WITHOUT_1
from tests.services.test_language_versions import SPANISH, WITH_4, add
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.installation import Installation

LABEL = {"label": "COI/21/Corr.1"}


@pytest.fixture
def instrument_id(installation: Installation, coordinator: FlaskClient) -> int:
    """Import 21(V) in English."""
    return import_text(installation.database, installation.files)[0].instrument_id


def upload(client: FlaskClient, text: str) -> TestResponse:
    """Upload a file with one text and return the page of its review."""
    form = form_of(client.get("/resolutions/import"))
    fields: dict[str, object] = dict(filled_in(form))
    fields["document"] = (io.BytesIO(as_file(text)), "edition.txt")
    answer = client.post(form.get("action", ""), data=fields, content_type="multipart/form-data")
    return client.get(answer.location)


def compared(client: FlaskClient, text: str) -> TestResponse:
    """Upload a file and return the page that compares it with the text that is there."""
    return client.get(f"{upload(client, text).request.path}/edition")


def take(client: FlaskClient, text: str) -> TestResponse:
    """Take the text of a file as an edition and return the answer."""
    return submit(client, compared(client, text), {**LABEL, "do": "take"}, to="/edition")


@pytest.mark.usefixtures("instrument_id")
def test_a_file_with_another_text_of_a_resolution_leads_to_the_comparison(
    coordinator: FlaskClient,
) -> None:
    page = upload(coordinator, REWORDED)

    words = text_of(page)
    assert "21(V) is there already" in words
    assert "This file says something else in 1 paragraph" in words
    assert f'href="{page.request.path}/edition"' in page.text
    assert "Import 4 mandates" not in words


@pytest.mark.usefixtures("instrument_id")
def test_a_file_with_the_same_words_is_recognised(coordinator: FlaskClient) -> None:
    page = upload(coordinator, ADOPTED + "\n")

    assert "says word for word what is there" in text_of(page)
    assert "nothing to take" in text_of(compared(coordinator, ADOPTED + "\n\n"))


@pytest.mark.usefixtures("instrument_id")
def test_a_comparison_says_what_changes_and_what_it_means(coordinator: FlaskClient) -> None:
    page = compared(coordinator, WITHOUT_1.replace("sixth session", "seventh session"))

    words = text_of(page)
    assert "1 clause has other words, 0 are new, 1 is dropped; 4 have another number." in words
    assert "1 is dropped" in words
    assert "Its mandate ends." in words
    assert "2(b) becomes 1(b)" in words
    assert "[removed: sixth ][added: seventh ]session" in words


@pytest.mark.usefixtures("instrument_id")
def test_an_edition_is_taken_under_a_name(coordinator: FlaskClient) -> None:
    answer = take(coordinator, REWORDED)

    assert answer.location == "/coi/21-v"
    words = text_of(coordinator.get(answer.location))
    assert "seventh session" in words
    assert "The text before COI/21/Corr.1" in words


@pytest.mark.usefixtures("instrument_id")
def test_an_edition_without_a_name_is_refused_at_the_field(coordinator: FlaskClient) -> None:
    page = compared(coordinator, REWORDED)

    answer = submit(coordinator, page, {"label": " ", "do": "take"}, to="/edition")

    assert answer.status_code == 400
    assert "Say what this edition is" in text_of(answer)


@pytest.mark.usefixtures("instrument_id")
def test_a_person_says_that_a_clause_is_another(coordinator: FlaskClient) -> None:
    page = compared(coordinator, REWORDED)
    [changed] = html.document_fromstring(page.text).xpath("//select/@name")

    answer = submit(coordinator, page, {changed: "new", "do": "compare"}, to="/edition")

    words = text_of(answer)
    assert answer.status_code == 200
    assert "0 clauses have other words, 1 is new, 1 is dropped" in words


def test_an_edition_compared_with_a_text_that_changed_since_is_refused(
    coordinator: FlaskClient, database: Database, instrument_id: int
) -> None:
    page = compared(coordinator, REWORDED)
    take(coordinator, WITH_NEW_1)

    answer = submit(coordinator, page, {**LABEL, "do": "take"}, to="/edition")

    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)


@pytest.mark.usefixtures("instrument_id")
def test_the_page_of_a_changed_clause_shows_what_changed(coordinator: FlaskClient) -> None:
    take(coordinator, REWORDED)

    words = text_of(coordinator.get("/coi/21-v/2/b"))

    assert "The words were corrected by COI/21/Corr.1" in words
    assert "[removed: sixth ][added: seventh ]session" in words


def test_a_confirmed_clause_asks_for_another_look_until_it_is_confirmed(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    page = coordinator.get("/coi/21-v/2/b")
    submit(coordinator, page, {"requires_action": "yes"}, to="/confirm")
    take(coordinator, REWORDED)

    changed = coordinator.get("/coi/21-v/2/b")
    again = submit(coordinator, changed, to="/confirm")

    assert "The words were corrected after this mandate was confirmed." in text_of(changed)
    assert again.status_code == 303
    assert "after this mandate was confirmed" not in text_of(coordinator.get("/coi/21-v/2/b"))


@pytest.mark.usefixtures("instrument_id")
def test_a_number_that_another_clause_had_says_so(coordinator: FlaskClient) -> None:
    take(coordinator, WITH_NEW_1)

    page = coordinator.get("/coi/21-v/1")

    assert "Before COI/21/Corr.1 this number was that of another clause." in text_of(page)
    assert 'href="/coi/21-v/2"' in page.text


@pytest.mark.usefixtures("instrument_id")
def test_the_address_of_a_number_that_is_gone_leads_on(coordinator: FlaskClient) -> None:
    take(coordinator, WITHOUT_1)

    former = coordinator.get("/coi/21-v/3")

    assert (former.status_code, former.location) == (301, "/coi/21-v/2")


@pytest.mark.usefixtures("instrument_id")
def test_a_dropped_clause_keeps_its_page(coordinator: FlaskClient) -> None:
    take(coordinator, WITHOUT_1)

    words = text_of(coordinator.get("/coi/21-v/ex-1"))

    assert "21(V), para. ex 1" in words
    assert "This clause is no longer in the text since COI/21/Corr.1" in words
    assert "Terminated COI/21/Corr.1" in words
    assert "No longer in the text" in text_of(coordinator.get("/coi/21-v"))


@pytest.mark.usefixtures("instrument_id")
def test_the_earlier_text_stays_to_be_read_with_its_file(coordinator: FlaskClient) -> None:
    take(coordinator, REWORDED)

    page = coordinator.get("/resolutions/editions/1")
    digest = page.text.partition("/resolutions/sources/")[2][:64]
    file = coordinator.get(f"/resolutions/sources/{digest}")

    assert "at its sixth session" in text_of(page)
    assert "Carla Coordinator" in text_of(page)
    assert file.data == as_file(ADOPTED)
    assert file.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("address", ["editions/99", f"sources/{'0' * 64}"])
def test_what_is_not_there_is_said_so(coordinator: FlaskClient, address: str) -> None:
    assert coordinator.get(f"/resolutions/{address}").status_code == 404


def test_the_file_of_an_earlier_text_is_recognised(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    take(coordinator, REWORDED)

    words = text_of(compared(coordinator, ADOPTED))

    assert "This is the file of an earlier text: COI/21/Corr.1 took its place" in words


def test_another_language_that_is_out_of_date_says_so_until_somebody_says_it_is_right(
    coordinator: FlaskClient, installation: Installation, instrument_id: int
) -> None:
    add(installation.database, installation.files, instrument_id)
    take(coordinator, REWORDED)

    page = coordinator.get("/coi/21-v?text=es")
    answer = submit(coordinator, page, to="/current")

    words = text_of(page)
    assert "Español (official, out of date)" in words
    assert "1 paragraph is out of date." in words
    assert "Out of date: the original was corrected" in words
    assert "out of date" in text_of(coordinator.get("/coi/21-v/2/b")) or answer.status_code == 303
    assert "out of date" not in text_of(coordinator.get("/coi/21-v?text=es"))


def test_a_corrected_file_in_another_language_takes_the_place_of_the_one_that_is_there(
    coordinator: FlaskClient, installation: Installation, instrument_id: int
) -> None:
    add(installation.database, installation.files, instrument_id)
    take(coordinator, REWORDED)
    review = upload(coordinator, SPANISH.replace("sexto", "séptimo"))

    page = coordinator.get(f"{review.request.path}/language")
    answer = submit(coordinator, page, to="/language")

    assert "This file is in Spanish" in text_of(review)
    assert answer.location == "/coi/21-v?text=es"
    words = text_of(coordinator.get(answer.location))
    assert "séptimo período" in words
    assert "out of date" not in words
    assert "The text before edition.txt (Spanish)" in words


def test_a_reviewed_text_with_other_clauses_is_mended_in_its_review(
    coordinator: FlaskClient, instrument_id: int
) -> None:
    review = upload(coordinator, WITH_4)

    page = coordinator.get(f"{review.request.path}/language")

    assert "The clauses differ from the original's at paragraph 4." in text_of(page)
    assert "Mend the reading" in text_of(page)


def test_who_may_import_but_not_correct_takes_no_edition(
    coordinator: FlaskClient, database: Database, instrument_id: int
) -> None:
    with arranging(), database.transaction() as session:
        administrator = make_person(session, "Ada Admin", (Role.ADMINISTRATOR, None)).id
    sign_in(coordinator, administrator)
    page = upload(coordinator, REWORDED)

    assert "Compare with the text that is there" not in text_of(page)
    assert coordinator.get(f"{page.request.path}/edition").status_code == 403


def test_nothing_is_compared_with_a_text_that_is_not_there(coordinator: FlaskClient) -> None:
    assert compared(coordinator, ADOPTED).status_code == 404
