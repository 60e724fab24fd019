"""The pages of the standing list: rehearsed before it is taken, shown by subprogramme."""

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.visitors import form_of, submit, text_of

LIST = (
    "subprogramme,organ,symbols,title\n"
    "Programme-wide,General Assembly resolutions,66/71; 79/87,Uses of the deep sea\n"
    "Subprogramme 2 – Ports,Economic and Social Council decisions,2014/206,Small ports\n"
)


def upload(client: FlaskClient, text: str) -> TestResponse:
    page = client.get("/resolutions/standing/import")
    token = form_of(page, "import").fields["csrf_token"]
    file = (io.BytesIO(text.encode()), "list.csv")
    return client.post(
        "/resolutions/standing/import",
        data={"csrf_token": token, "standing_list": file},
        content_type="multipart/form-data",
    )


def test_a_list_is_looked_at_before_it_is_taken(coordinator: FlaskClient) -> None:
    shown = upload(coordinator, LIST)
    assert "2 rows, 3 instruments" in text_of(shown)
    assert "There is no standing mandate yet" in text_of(coordinator.get("/resolutions/standing"))

    taken = submit(coordinator, shown, to="take")

    assert taken.status_code == 303
    assert "79/87" in text_of(coordinator.get("/resolutions/standing"))
    assert "decision 2014/206" in text_of(coordinator.get("/resolutions/standing?subprogramme=2"))


def test_a_listed_instrument_has_a_page_and_waits_for_its_text(coordinator: FlaskClient) -> None:
    submit(coordinator, upload(coordinator, LIST), to="take")

    page = text_of(coordinator.get("/ga/79-87"))

    assert "There is no text to read yet" in page
    assert "66/71" in page
    assert "79/87" not in text_of(coordinator.get("/resolutions"))


def test_a_refused_row_is_named_and_nothing_is_taken(coordinator: FlaskClient) -> None:
    shown = upload(coordinator, LIST.replace("2014/206", "number two"))

    assert "is not a document symbol" in text_of(shown)
    assert "Take the list" not in shown.text


def test_what_is_no_list_is_refused_in_a_sentence(coordinator: FlaskClient) -> None:
    shown = upload(coordinator, "a,b\n1,2\n")

    assert shown.status_code == 400
    assert "organ, symbols, title is missing" in text_of(shown)
