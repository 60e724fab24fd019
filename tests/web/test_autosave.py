"""Tests of the draft that is kept while a person writes."""

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import House, make_house, open_biennium, report_on
from tests.visitors import filled_in, form_of, sign_in
from tracker.database import Database


@pytest.fixture
def database(app: Flask) -> Database:
    opened = app.extensions["tracker"].database
    assert isinstance(opened, Database)
    return opened


@pytest.fixture
def house(database: Database) -> House:
    with arranging(), database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made)
        return made


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    with database.transaction() as session:
        return report_on(session, house.mandates[0]).id


def test_a_draft_kept_by_the_script_is_there_when_the_page_is_opened_again(
    client: CheckedClient, house: House, report_id: int
) -> None:
    sign_in(client, house.focal_point.person_id)
    page = client.get(f"/progress/{report_id}")
    fields = dict(filled_in(form_of(page, "/submit"))) | {"done": "Two islands were counted."}

    answer = client.post(f"/progress/{report_id}/draft", data=fields, headers={"X-Autosave": "yes"})

    assert answer.status_code == 204
    opened_again = client.get(f"/progress/{report_id}").text
    assert "Two islands were counted." in opened_again
    assert "Draft saved." not in opened_again


def test_only_who_may_write_is_given_a_form_that_keeps_drafts(
    client: CheckedClient, house: House, report_id: int
) -> None:
    sign_in(client, house.viewer.person_id)

    page = client.get(f"/progress/{report_id}")

    assert page.status_code == 200
    assert "data-autosave" not in page.text
