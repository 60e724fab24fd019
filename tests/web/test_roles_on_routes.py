"""Every route, asked by a person of every role: refused exactly where the table of actions says."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.furniture import put
from tests.matrices import MATRIX
from tests.reporting import make_actor, make_unit
from tests.visitors import sign_in
from tracker.domain.permissions import Action, Actor, Role, may_ever
from tracker.installation import Installation


class Ask(NamedTuple):
    """One route as it is asked for: where, how, and the action that its view declares."""

    address: str
    method: str
    action: Action


@pytest.fixture
def actors(app: Flask) -> list[Actor]:
    """Return a person of each role in a unit, and one without any."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return put(parts.database, people)


def people(session: Session) -> list[Actor]:
    unit = make_unit(session, "statistics", "Statistics Division", "UTC")
    return [
        make_actor(session, "Nobody Yet"),
        *(make_actor(session, f"Any {role}", (role, unit.id)) for role in Role),
    ]


@pytest.fixture
def asks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[Ask]:
    """Return every route that declares an action, with views that only say that they were reached.

    Most views would refuse the ids of nobody's records, and some would do what is asked.
    """
    app.config["WTF_CSRF_ENABLED"] = False  # it is who asks that counts here
    found = list(asks_of(app))
    for endpoint, view in list(app.view_functions.items()):
        if hasattr(view, "action"):
            monkeypatch.setitem(app.view_functions, endpoint, reached(view.action))
    return found


def reached(action: Action) -> Callable[..., tuple[str, int]]:
    def view(**_values: object) -> tuple[str, int]:
        return "", 204

    view.action = action  # type: ignore[attr-defined]
    return view


def asks_of(app: Flask) -> Iterator[Ask]:
    """Yield each way in which a route with an action can be asked, with 1 for each id."""
    routes = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        action = getattr(app.view_functions[rule.endpoint], "action", None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if action is not None:
                yield Ask(routes.build(rule.endpoint, _ones(rule), method), method, action)


def _ones(rule: Rule) -> dict[str, object]:
    return {
        name: min(getattr(converter, "items", None) or (1,))
        for name, converter in rule._converters.items()
    }


@pytest.mark.slow
def test_a_route_is_refused_to_exactly_the_roles_that_never_do_its_action(
    client: FlaskClient,
    actors: list[Actor],
    asks: list[Ask],
    record_property: Callable[[str, object], None],
) -> None:
    wrong = []
    for actor in actors:
        sign_in(client, actor.person_id)
        for ask in asks:
            status = client.open(ask.address, method=ask.method).status_code
            if status != (204 if may_ever(actor, ask.action) else 403):
                wrong.append(f"{actor.name}: {ask.method} {ask.address}: {status}")
    size = f"{len(asks)} routes x {len(actors)} people = {len(asks) * len(actors)}"
    record_property(MATRIX, size)

    assert wrong == []
