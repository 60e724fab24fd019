"""The pages of the directory of national focal points."""

import io

import pytest
from flask.testing import FlaskClient

from tests.audit import arranging
from tests.reporting import House, make_house
from tests.visitors import form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.errors import Invalid

GIVEN = {"country": "CPV", "institution": "Ministry of the Sea", "designated_on": "2024-03-11"}


@pytest.fixture
def house(client: FlaskClient, database: Database) -> House:
    """Put the invented commission there and sign its coordinator in."""
    with arranging(), database.transaction() as session:
        made = make_house(session)
    sign_in(client, made.coordinator.person_id)
    return made


@pytest.mark.usefixtures("house")
def test_a_focal_point_is_added_changed_and_ended(client: FlaskClient) -> None:
    assert "The directory is empty." in text_of(client.get("/focal-points"))

    assert submit(client, client.get("/focal-points/add"), GIVEN).status_code == 303
    page = client.get("/focal-points/1")
    assert submit(client, page, {"person": "Nadia"}, to="/1").status_code == 303
    assert submit(client, client.get("/focal-points/1"), to="/end").status_code == 303

    words = text_of(client.get("/focal-points?sort=-designated&q=sea"))
    assert "Nadia" in words
    assert "11 March 2024 to 15 June 2026" in words


@pytest.mark.usefixtures("house")
def test_what_is_missing_is_told_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    answer = submit(client, client.get("/focal-points/add"), GIVEN | {"institution": ""})

    assert answer.status_code == 400
    assert "Enter the institution, the person, or both." in text_of(answer)
    assert 'value="2024-03-11"' in answer.text


def test_readers_look_and_do_not_change(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert "Add a national focal point" not in text_of(client.get("/focal-points"))
    assert client.get("/focal-points/add").status_code == 403


@pytest.mark.usefixtures("house")
def test_a_list_is_looked_at_and_taken(client: FlaskClient) -> None:
    token = form_of(client.get("/focal-points/import")).fields["csrf_token"]
    content = b"country,institution,person\nCabo Verde,Ministry of the Sea,Nadia\n"
    rehearsed = client.post(
        "/focal-points/import",
        data={"csrf_token": token, "focal_points": (io.BytesIO(content), "list.csv")},
    )
    assert "To be added: 1" in text_of(rehearsed)

    assert submit(client, rehearsed, to="/take").status_code == 303

    assert "Ministry of the Sea" in text_of(client.get("/focal-points"))


@pytest.mark.usefixtures("house")
def test_a_list_passes_the_virus_scanner_before_it_is_read(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(content: bytes) -> None:
        raise Invalid("The virus scanner found %(name)s.", name=content[:5].decode())

    monkeypatch.setattr(client.application.extensions["tracker"].uploads, "scan", scan)
    token = form_of(client.get("/focal-points/import")).fields["csrf_token"]

    answer = client.post(
        "/focal-points/import",
        data={"csrf_token": token, "focal_points": (io.BytesIO(b"Eicar"), "list.csv")},
    )

    assert answer.status_code == 400
    assert "The virus scanner found Eicar." in text_of(answer)
