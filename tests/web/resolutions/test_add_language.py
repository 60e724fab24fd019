"""The pages that add the text of a resolution in another language."""

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.importing import import_text
from tests.reporting import House
from tests.services.test_language_versions import SPANISH, WITHOUT_2B
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.installation import Installation


@pytest.fixture
def address(coordinator: FlaskClient, installation: Installation) -> str:
    """Import 21(V) and return the address at which a language is added to it."""
    (outcome,) = import_text(installation.database, installation.files)
    return f"/resolutions/{outcome.instrument_id}/languages"


def upload(client: FlaskClient, address: str, text: str) -> TestResponse:
    form = form_of(client.get(address))
    fields: dict[str, object] = dict(filled_in(form))
    fields["document"] = (io.BytesIO(text.encode()), "resolucion.txt")
    return client.post(form.get("action", ""), data=fields, content_type="multipart/form-data")


def test_a_file_is_compared_with_the_original_and_then_added(
    coordinator: FlaskClient, address: str
) -> None:
    review = coordinator.get(upload(coordinator, address, SPANISH).location)

    answer = submit(coordinator, review)

    assert "5 clauses stand beside their originals; 0 differences" in text_of(review)
    assert answer.location == "/coi/21-v?text=es"
    assert "Español</strong> (official)" in coordinator.get(answer.location).text


def test_a_translation_of_our_own_is_marked_as_unofficial(
    coordinator: FlaskClient, address: str
) -> None:
    review = coordinator.get(upload(coordinator, address, SPANISH).location)

    submit(coordinator, review, {"is_official": None})

    assert "Español (unofficial translation)" in text_of(coordinator.get("/coi/21-v"))


def test_the_page_of_a_clause_shows_what_it_says_in_the_other_language(
    coordinator: FlaskClient, address: str
) -> None:
    submit(coordinator, coordinator.get(upload(coordinator, address, SPANISH).location))

    page = text_of(coordinator.get("/coi/21-v/2/a"))

    assert "Preste asistencia a los Estados miembros" in page
    assert "Español (official)" in page


def test_a_difference_in_structure_is_shown_and_cannot_be_confirmed(
    coordinator: FlaskClient, address: str
) -> None:
    location = upload(coordinator, address, WITHOUT_2B).location

    review = text_of(coordinator.get(location))

    assert "The clauses differ from the original's at paragraph 2(b)." in review
    assert "Missing in this file" in review
    assert "Add this text" not in review


def test_another_language_than_that_of_the_file_is_told_at_the_field(
    coordinator: FlaskClient, address: str
) -> None:
    review = coordinator.get(upload(coordinator, address, SPANISH).location)

    answer = submit(coordinator, review, {"language": "fr"})

    assert answer.status_code == 400
    assert "does not seem to be in the language that was chosen" in text_of(answer)


def test_a_text_that_was_added_meanwhile_is_not_added_again(
    coordinator: FlaskClient, address: str
) -> None:
    review = coordinator.get(upload(coordinator, address, SPANISH).location)
    submit(coordinator, review)

    answer = submit(coordinator, review)

    assert answer.status_code == 409
    assert "Español (official)" in text_of(coordinator.get("/coi/21-v"))


def test_a_file_that_cannot_be_read_is_told_at_its_field(
    coordinator: FlaskClient, address: str
) -> None:
    answer = upload(coordinator, address, " ")

    assert answer.status_code == 400
    assert "The file is empty." in text_of(answer)


def test_who_may_not_import_is_offered_no_language_to_add(
    client: FlaskClient, house: House, address: str
) -> None:
    sign_in(client, house.viewer.person_id)

    assert "Add the text in another language" not in client.get("/coi/21-v").text
    assert client.get(address).status_code == 403
