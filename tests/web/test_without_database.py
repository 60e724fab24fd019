"""The site without its database: a sentence for everybody, also for who was signed in."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.reporting import House
from tests.visitors import sign_in, text_of
from tracker.database import Database
from tracker.installation import Installation


@pytest.fixture
def database(app: Flask) -> Database:
    """Return the database that the application works on."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


def test_a_person_whose_database_goes_away_is_told_and_stays_signed_in(
    client: FlaskClient, database: Database, house: House
) -> None:
    sign_in(client, house.focal_point.person_id)
    assert client.get("/").status_code == 200
    database.close()
    file = Path(database.url.removeprefix("sqlite:///"))
    kept = file.rename(file.with_suffix(".away"))

    without = client.get("/")
    database.close()
    kept.replace(file)
    back = client.get("/")

    assert without.status_code == 503
    assert "The database does not answer or is not set up. Nothing was changed." in text_of(without)
    assert (back.status_code, "Ana Focal" in back.text) == (200, True)
