"""The installation behind the site, and a house of people."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.furniture import put
from tests.reporting import House, make_house
from tests.visitors import sign_in
from tracker.database import Database
from tracker.installation import Installation


@pytest.fixture
def installation(app: Flask) -> Installation:
    """Return the parts that the application works with."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts


@pytest.fixture
def database(installation: Installation) -> Database:
    """Return the database that the application works on."""
    return installation.database


@pytest.fixture
def house(database: Database) -> House:
    """Put the invented commission into the application's database."""
    return put(database, make_house)


@pytest.fixture
def coordinator(client: FlaskClient, house: House) -> FlaskClient:
    """Return the client with the coordinator signed in."""
    sign_in(client, house.coordinator.person_id)
    return client
