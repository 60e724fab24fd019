"""The pages of the deliverables: rehearsed, taken, shown; activities placed under a line."""

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.reporting import House
from tests.visitors import form_of, sign_in, submit, text_of

TABLE = """subprogramme,category,item,planned_2025,actual_2025
Subprogramme 3,B. Generation,Publications (number of publications),4,2
Subprogramme 3,B. Generation,1. Yearbook,1,1
Subprogramme 3,B. Generation,2. Studies,2,–
"""


def upload(client: FlaskClient, text: str) -> TestResponse:
    page = client.get("/deliverables/import")
    token = form_of(page, "import").fields["csrf_token"]
    return client.post(
        "/deliverables/import",
        data={"csrf_token": token, "deliverables": (io.BytesIO(text.encode()), "table.csv")},
        content_type="multipart/form-data",
    )


def test_a_table_is_looked_at_before_it_is_taken(coordinator: FlaskClient) -> None:
    shown = upload(coordinator, TABLE)
    assert "2 planned deliverables, 1 control totals, 0 headings or narrative" in text_of(shown)
    assert "the table prints 4, its lines add up to 3." in text_of(shown)
    assert "There is no planned deliverable yet" in text_of(coordinator.get("/deliverables"))

    assert submit(coordinator, shown, to="take").status_code == 303

    words = text_of(coordinator.get("/deliverables"))
    assert "1. Yearbook" in words
    assert "Some control totals are not the sum of their deliverables." in words


def test_what_is_wrong_in_the_table_is_named(coordinator: FlaskClient) -> None:
    shown = upload(coordinator, TABLE.replace("–", "few"))

    assert "“few” is not a quantity" in text_of(shown)
    assert "Take the list" not in shown.text
    assert "is not known here" in text_of(upload(coordinator, TABLE.replace("actual_2025", "x")))


def test_an_activity_is_placed_under_its_line(coordinator: FlaskClient, house: House) -> None:
    submit(coordinator, upload(coordinator, TABLE), to="take")
    sign_in(coordinator, house.focal_point.person_id)
    added = submit(
        coordinator,
        coordinator.get("/activities/new"),
        {
            "title": "Study of ports",
            "deliverable": "publication",
            "starts_on": "2025-03-01",
            "quantities-0-year": "2025",
            "quantities-0-actual": "2",
        },
    )
    page = coordinator.get(f"{added.location}/deliverable")
    line = page.text.partition("Studies")[0].rpartition('value="')[2].partition('"')[0]

    saved = submit(coordinator, page, {"line_id": line})

    assert saved.status_code == 303
    assert "Studies" in text_of(coordinator.get(added.location))
    words = text_of(coordinator.get(f"/deliverables/{line}"))
    assert "Study of ports" in words
    assert "(differs)" in words
    assert coordinator.get("/deliverables/999").status_code == 404
