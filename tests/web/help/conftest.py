"""A house with its people, and a reader of the help who holds the role that a test names."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import make_person
from tests.visitors import sign_in
from tracker.domain.permissions import Role
from tracker.installation import Installation

Reader = Callable[[Role], CheckedClient]


@pytest.fixture
def reader(app: Flask, client: CheckedClient) -> Reader:
    """Return the function that signs a person with a role in and returns their client."""
    parts: Installation = app.extensions["tracker"]

    def signed_in(role: Role) -> CheckedClient:
        with arranging(), parts.database.transaction() as session:
            person = make_person(session, f"Rita {role.value}", (role, None))
        sign_in(client, person.id)
        return client

    return signed_in
