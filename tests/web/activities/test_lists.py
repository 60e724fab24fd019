"""The pages of a list of activities: template, rehearsal, repair, taking."""

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reporting import House
from tests.visitors import form_of, sign_in, submit, text_of

LIST = (
    "title,deliverable,unit,starts_on,planned_2026\n"
    "Course on islands,seminar,Statistics Division,2026-04-01,5\n"
)


def upload(client: FlaskClient, text: str) -> TestResponse:
    page = client.get("/activities/import")
    token = form_of(page, "import").fields["csrf_token"]
    return client.post(
        "/activities/import",
        data={"csrf_token": token, "activities": (io.BytesIO(text.encode()), "list.csv")},
        content_type="multipart/form-data",
    )


def test_a_list_is_repaired_and_taken(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    refused = upload(client, LIST.replace("2026-04-01", "soon"))
    assert "Starts on: “soon” is not a date." in text_of(refused)
    assert "Take the list" not in refused.text

    taken = submit(client, upload(client, LIST), to="take")

    assert taken.status_code == 303
    assert "Course on islands" in text_of(client.get("/activities"))
    assert "There is nothing to take" in text_of(upload(client, LIST))


def test_the_template_names_the_columns_that_are_read(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    header = client.get("/activities/import/template.csv").data.decode("utf-8-sig")

    shown = upload(client, header + "\n")

    assert "The file has a header and no rows." in text_of(shown)


def test_a_viewer_brings_no_list(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/activities/import").status_code == 403
