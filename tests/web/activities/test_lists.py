"""The pages of a list of activities: template, rehearsal, repair, taking."""

import io
from datetime import datetime
from zipfile import ZipFile

from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from tests.reporting import House
from tests.visitors import form_of, sign_in, submit, text_of

LIST = (
    "title,deliverable,unit,starts_on,planned_2026\n"
    "Course on islands,seminar,Statistics Division,2026-04-01,5\n"
)


def upload(client: FlaskClient, text: str | bytes) -> TestResponse:
    content = text.encode() if isinstance(text, str) else text
    page = client.get("/activities/import")
    token = form_of(page, "import").fields["csrf_token"]
    return client.post(
        "/activities/import",
        data={"csrf_token": token, "activities": (io.BytesIO(content), "list")},
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


def test_the_workbook_of_the_template_is_filled_and_taken(
    client: FlaskClient, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)
    workbook = load_workbook(io.BytesIO(client.get("/activities/import/template.xlsx").data))
    page = workbook.worksheets[0]
    heads = [cell.value for cell in page[1]]
    told: dict[str, str | int | datetime] = {
        "Title": "Course on islands",
        "What sort of deliverable it is": "Seminar, workshop or training event",
        "Unit": "statistics",
        "Starts on": datetime(2026, 4, 1),  # noqa: DTZ001 - as a spreadsheet has it
        "Planned 2026": 5,
        "Description": "=1+1",
    }
    for heading, value in told.items():
        page.cell(3, heads.index(heading) + 1).value = value
    filled = io.BytesIO()
    workbook.save(filled)

    looked_at = upload(client, filled.getvalue())
    taken = submit(client, looked_at, to="take")

    assert taken.status_code == 303
    assert "There is nothing to take" in text_of(upload(client, filled.getvalue()))


def test_a_row_of_a_workbook_keeps_its_line(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    workbook = Workbook()
    page = workbook.worksheets[0]
    for line, cells in {
        1: ["title", "deliverable", "unit", "starts_on"],
        4: ["Course", "seminar", "statistics", "soon"],
    }.items():
        for column, words in enumerate(cells, start=1):
            page.cell(line, column).value = words
    written = io.BytesIO()
    workbook.save(written)

    assert "Course 4 statistics" in text_of(upload(client, written.getvalue())).replace(
        "Row", ""
    ).replace("Unit", "").replace("Title", "").replace("  ", " ")


def test_a_damaged_workbook_is_refused_at_its_field(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)
    damaged = io.BytesIO()
    with ZipFile(damaged, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")

    refused = upload(client, damaged.getvalue())

    assert refused.status_code == 400
    assert "The workbook is damaged or protected by a password" in text_of(refused)
