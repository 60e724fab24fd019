"""The pages of subject words: added, changed, retired, merged, taken from a list and used."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.models.instruments import ClauseText
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectWord

PORTS = {"name_en": "Ports", "terms_en": "harbours", "name_es": "Puertos"}


@pytest.fixture
def harbours(database: Database, house: House) -> House:
    """Let one clause speak of harbours."""
    with arranging(), database.transaction() as session:
        clause_id = session.get_one(Mandate, house.mandates[0]).clause_id
        said = session.scalars(select(ClauseText).filter_by(clause_id=clause_id)).one()
        said.text = "To study the harbours;"
    return house


def add(client: FlaskClient, **more: str) -> None:
    answer = submit(client, client.get("/subjects/words/add"), PORTS | more)
    assert answer.status_code == 303, text_of(answer)


def test_a_word_is_added_proposed_confirmed_and_narrows_a_search(
    coordinator: FlaskClient, harbours: House
) -> None:
    assert "There is no subject word yet." in text_of(coordinator.get("/subjects/words"))
    add(coordinator)

    page = coordinator.get("/subjects/proposals")
    assert "“harbours”" in text_of(page)
    submit(coordinator, page, to="decide", button="verdict")

    assert "To study the harbours" in text_of(coordinator.get("/subjects/word/1"))
    assert "Subject words" in text_of(coordinator.get("/subjects"))
    found = coordinator.get("/search?q=harbours").text
    assert "Ports</a> (1)" in found
    assert "Narrowed to: Ports" in text_of(coordinator.get("/search?q=harbours&subject=1"))
    assert "Nothing here holds" in text_of(coordinator.get("/search?q=harbours&subject=2"))
    listed = coordinator.get("/mandates/list.csv").text
    assert ",Ports," in listed


def test_a_word_is_changed_retired_and_brought_back(coordinator: FlaskClient, house: House) -> None:
    add(coordinator)
    page = coordinator.get("/subjects/words/1")
    assert submit(coordinator, page, {"name_en": ""}, to="/words/1").status_code == 400
    assert submit(coordinator, page, {"name_en": "Havens"}, to="/words/1").status_code == 303

    submit(coordinator, coordinator.get("/subjects/words/1"), to="/retire")
    assert "Havens" not in text_of(coordinator.get("/subjects/words"))
    assert "Havens" in text_of(coordinator.get("/subjects/words?show=retired"))
    assert "Retired: proposed no more" in text_of(coordinator.get("/subjects/word/1"))

    submit(coordinator, coordinator.get("/subjects/words/1"), to="/bring-back")
    assert "Havens" in text_of(coordinator.get("/subjects/words"))


def test_a_word_stays_a_part_of_a_retired_one_when_its_names_are_changed(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    add(coordinator)
    add(coordinator, name_en="Piers", name_es="Muelles", broader_id="1")
    submit(coordinator, coordinator.get("/subjects/words/1"), to="/retire")

    page = coordinator.get("/subjects/words/2")
    submit(coordinator, page, {"name_en": "Quays"}, to="/words/2")

    with database.reading() as session:
        held = session.get_one(SubjectWord, 2)
        assert (held.broader_id, held.version) == (1, 2)


def test_two_words_are_merged_and_the_old_address_leads_on(
    coordinator: FlaskClient, harbours: House
) -> None:
    add(coordinator)
    add(coordinator, name_en="Piers", name_es="", terms_en="")

    page = coordinator.get("/subjects/words/2")
    answer = submit(coordinator, page, {"into": "1"}, to="/merge")

    assert answer.location.endswith("/subjects/word/1")
    assert coordinator.get("/subjects/word/2").location.endswith("/subjects/word/1")
    assert "Piers" in coordinator.get("/subjects/words/1").text
    again = submit(coordinator, page, {"into": "1"}, to="/merge")
    assert "Somebody else changed this" in text_of(coordinator.get(again.location))


def test_the_list_that_is_taken_along_changes_nothing_when_it_is_taken(
    coordinator: FlaskClient, house: House
) -> None:
    add(coordinator)
    taken = coordinator.get("/subjects/words/list.csv").data
    token = form_of(coordinator.get("/subjects/words/import")).fields["csrf_token"]

    def rehearse(content: bytes) -> TestResponse:
        return coordinator.post(
            "/subjects/words/import",
            data={"csrf_token": token, "words": (io.BytesIO(content), "list.csv")},
        )

    assert "There is nothing to take." in text_of(rehearse(taken))
    page = rehearse(b"body,name_en,name_fr\n*,Seeds,Semences\n")
    assert "To be added: 1" in text_of(page)
    assert submit(coordinator, page, to="/take").status_code == 303
    assert "Seeds" in text_of(coordinator.get("/subjects/words"))
    assert "Part of" in text_of(coordinator.get("/subjects/words?body=1"))


def test_who_only_reads_looks_at_the_list_and_changes_nothing(
    client: FlaskClient, house: House, coordinator: FlaskClient
) -> None:
    add(coordinator)
    sign_in(client, house.viewer.person_id)

    assert "Ports" in text_of(client.get("/subjects/words"))
    assert client.get("/subjects/words/1").status_code == 403
    assert client.get("/subjects/words/999").status_code == 403


@pytest.mark.parametrize("address", ["/subjects/word/999", "/subjects/word/01", "/subjects/word/x"])
def test_a_word_that_is_not_there_is_not_found(coordinator: FlaskClient, address: str) -> None:
    assert coordinator.get(address).status_code == 404
