"""Long work is stopped by the person who asked for it, from the page that shows it."""

import pytest
from flask import Flask

from tests.furniture import put
from tests.pages import CheckedClient
from tests.reporting import House, make_house
from tests.visitors import sign_in
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.models.jobs import TaskState
from tracker.queries.jobs import find_task
from tracker.services.background_tasks import request_task


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def house(database: Database) -> House:
    return put(database, make_house)


@pytest.fixture
def task_id(app: Flask, database: Database, house: House) -> int:
    app.config["WTF_CSRF_ENABLED"] = False
    with database.transaction() as session:
        return request_task(
            session, kind="count", arguments={}, actor=house.editor, at=clock.now()
        ).id


def state_of(database: Database, task_id: int) -> TaskState:
    with database.reading() as session:
        found = find_task(session, task_id)
    assert found is not None
    return found.state


def test_work_is_cancelled_and_its_page_comes_back(
    client: CheckedClient, database: Database, house: House, task_id: int
) -> None:
    sign_in(client, house.editor.person_id)

    answer = client.post(
        f"/tasks/{task_id}/cancel", headers={"Referer": "http://localhost/reports/1?x=y"}
    )

    assert (answer.status_code, answer.location) == (303, "/reports/1?x=y")
    assert state_of(database, task_id) is TaskState.CANCELLED


@pytest.mark.parametrize("referrer", ["https://example.org/reports/1", "http://localhost//x", ""])
def test_no_foreign_page_comes_back(
    client: CheckedClient, house: House, task_id: int, referrer: str
) -> None:
    sign_in(client, house.editor.person_id)

    answer = client.post(f"/tasks/{task_id}/cancel", headers={"Referer": referrer})

    assert answer.location == "/"


def test_the_work_of_somebody_else_goes_on(
    client: CheckedClient, database: Database, house: House, task_id: int
) -> None:
    sign_in(client, house.viewer.person_id)

    answer = client.post(f"/tasks/{task_id}/cancel")

    assert answer.status_code == 403
    assert state_of(database, task_id) is TaskState.WAITING


def test_work_that_has_ended_is_refused_in_a_sentence(
    client: CheckedClient, house: House, task_id: int
) -> None:
    sign_in(client, house.editor.person_id)
    client.post(f"/tasks/{task_id}/cancel")

    answer = client.post(f"/tasks/{task_id}/cancel")

    assert answer.status_code == 409
    assert "This work has ended already" in answer.text
