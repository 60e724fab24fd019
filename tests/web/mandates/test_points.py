"""Action points on the page of a mandate, in My work and on the progress form."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House, open_biennium, report_on
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.findings import FindingField
from tracker.models.mandates import MandateFinding


@pytest.fixture(autouse=True)
def _proposed(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            MandateFinding(
                mandate_id=house.mandates[0],
                field=FindingField.ACTION_POINT,
                position=1,
                value="Count the islands",
                words="",
                confidence=85,
            )
        )


def mandate_page(client: FlaskClient, house: House) -> TestResponse:
    return client.get(f"/mandates/{house.mandates[0]}", follow_redirects=True)


def confirm(client: FlaskClient, house: House, **fields: object) -> None:
    page = client.get(f"/mandates/{house.mandates[0]}/points")
    told = {"points-0-unit_id": house.statistics, **fields}
    answer = submit(client, page, {key: str(value) for key, value in told.items()})
    assert answer.status_code == 303, text_of(answer)


def test_proposals_are_marked_until_they_are_confirmed(
    coordinator: FlaskClient, house: House
) -> None:
    before = text_of(mandate_page(coordinator, house))

    confirm(coordinator, house, **{"points-1-text": "Name the islands"})

    after = text_of(mandate_page(coordinator, house))
    assert "Confirm or change the action points" in before
    assert "The action points are kept." in after
    assert "Count the islands Statistics Division" in after
    assert "Name the islands As the mandate" in after
    assert "Change the action points" in after


def test_a_refused_change_keeps_what_was_typed(coordinator: FlaskClient, house: House) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/points")

    answer = submit(coordinator, page, {"points-1-text": "Count the islands"})

    assert answer.status_code == 400
    assert "Two action points say the same." in text_of(answer)


def test_a_stale_form_is_refused(coordinator: FlaskClient, house: House) -> None:
    page = coordinator.get(f"/mandates/{house.mandates[0]}/points")
    submit(coordinator, page)

    assert submit(coordinator, page, {"points-0-text": "Other"}).status_code == 409


def test_the_focal_point_finds_them_in_my_work_and_says_how_far_they_are(
    coordinator: FlaskClient, house: House, database: Database
) -> None:
    confirm(coordinator, house)
    with database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
    sign_in(coordinator, house.focal_point.person_id)

    work = text_of(coordinator.get("/"))
    page = coordinator.get(f"/mandates/{house.mandates[0]}/points")
    submit(coordinator, page, {"points-0-status": "completed"})

    assert "Action points 1" in work
    assert "points-0-text" in page.text
    assert "Unit that answers" not in text_of(page)
    form = coordinator.get(f"/progress/{report_id}")
    assert "By its action points: Completed" in text_of(form)
    assert 'name="status" value="completed"' in form.text
    assert "By its action points: Completed" in text_of(mandate_page(coordinator, house))
