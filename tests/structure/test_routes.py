"""Routes: each one says which action it needs, or is listed here as open to everybody."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from config import Settings
from tracker.app import create_app
from tracker.domain.permissions import Action

# Open to people who are not signed in; whoever adds one here says why.
OPEN_TO_EVERYBODY = {
    "static_files.serve": "style sheets and scripts of every page, also of the sign-in",
    "jobs.health": "asked by whatever watches over the service; it tells names of jobs alone",
    "health": "asked by whatever watches over the service",
    "account.welcome": "tells strangers what this is",
    "account.sign_in": "where people sign in",
    "account.ask_for_link": "asks for a sign-in link by mail",
    "account.follow_link": "a sign-in link from a mail",
    "answers.show": "the buttons of a mail: the link says who answers, and for what alone",
    "answers.update": "a report by such a link",
    "answers.accept": "a mandate taken on by such a link",
    "answers.say_last_text": "the last text again by such a link",
    "answers.ask_for_time": "more time by such a link",
    "answers.decline": "a mandate declined by such a link",
    "biennial_reports.document": "an issued report of general distribution; others ask to sign in",
    "biennial_reports.issued_file": "the official file of such a report",
    "public_pages.texts": "the adopted texts of a body, while they are switched on for it",
    "public_pages.resolution": "an adopted text, while an administrator has them switched on",
    "public_pages.clause": "a paragraph of it and what issued reports say on it, likewise",
    "public_pages.feed": "what was issued, likewise",
    "calendars.feed": "read by calendar programs: the secret address says whose, and can be ended",
    "account.sign_out": "ends a session, also one that has ended",
    "setup.begin": "the set-up link, while nobody administers the tracker",
    "account.change_language": "the language of the sign-in page",
}
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def rules_of(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def is_open(app: Flask, rule: Rule) -> bool:
    return bool(getattr(app.view_functions[rule.endpoint], "is_public", False))


def test_every_route_declares_its_action_or_is_open_to_everybody(app: Flask) -> None:
    undeclared = {
        rule.rule
        for rule in rules_of(app)
        if not is_open(app, rule)
        and not isinstance(getattr(app.view_functions[rule.endpoint], "action", None), Action)
    }

    assert undeclared == set()


def test_the_routes_open_to_everybody_are_those_listed(app: Flask) -> None:
    open_endpoints = {rule.endpoint for rule in rules_of(app) if is_open(app, rule)}

    assert open_endpoints <= set(OPEN_TO_EVERYBODY)


def test_a_route_either_needs_an_action_or_is_open(app: Flask) -> None:
    both = {
        rule.rule
        for rule in rules_of(app)
        if is_open(app, rule) and getattr(app.view_functions[rule.endpoint], "action", None)
    }

    assert both == set()


def test_who_is_not_signed_in_is_sent_to_sign_in_or_refused(app: Flask) -> None:
    client = app.test_client()
    seen = {
        rule.rule: client.get(rule.rule).status_code
        for rule in rules_of(app)
        if not is_open(app, rule) and not rule.arguments and "GET" in (rule.methods or ())
    }

    assert {path: status for path, status in seen.items() if status not in {302, 303, 401}} == {}


def test_nothing_is_changed_by_following_a_link(app: Flask) -> None:
    named = {
        (rule.rule, bool((rule.methods or set()) & CHANGES))
        for rule in rules_of(app)
        if re.search(r"/(delete|remove|submit|clear|return|send|confirm)\b", rule.rule)
    }
    changing = {path for path, changes in named if changes}

    # A page may stand where something is sent to: a browser stays there after a refusal.
    assert {path for path, _changes in named} - changing == set()


def test_an_undeclared_route_is_noticed_and_answers_nobody(settings: Settings) -> None:
    app = create_app(settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "")

    with pytest.raises(AssertionError, match="/forgotten"):
        test_every_route_declares_its_action_or_is_open_to_everybody(app)
    assert app.test_client().get("/forgotten").status_code == 500
