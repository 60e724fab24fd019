"""The help: a guide for each role, words, and links only to what the reader may open."""

from collections.abc import Callable

import pytest
from lxml import html

from tests.pages import CheckedClient
from tests.visitors import text_of
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import ALLOWED, Action, Role
from tracker.labels import label_of
from tracker.web.help.permitted import ACTIONS, permitted_to
from tracker.web.help.words import MEANINGS

Reader = Callable[[Role], CheckedClient]
PAGES = ("/help", "/help/words", "/help/reminders")
GUIDES = [f"/help/{role.value.replace('_', '-')}" for role in Role]


def links_of(client: CheckedClient, path: str) -> set[str]:
    main = html.document_fromstring(client.get(path).text).get_element_by_id("main")
    addresses = {link.get("href", "") for link in main.iter("a")}
    return {address for address in addresses if not address.startswith("#")}


@pytest.mark.parametrize("role", Role)
def test_a_role_has_a_guide_that_leads_only_where_the_role_may_go(
    reader: Reader, role: Role
) -> None:
    client = reader(role)

    links = set().union(*(links_of(client, path) for path in (*GUIDES, *PAGES)))

    assert {path: client.get(path).status_code for path in links} == dict.fromkeys(links, 200)


def test_every_page_leads_to_the_help(reader: Reader) -> None:
    page = html.document_fromstring(reader(Role.VIEWER).get("/mandates").text)

    footer = next(page.iter("footer"))
    assert "/help" in [link.get("href") for link in footer.iter("a")]


def test_the_reader_s_own_role_stands_first(reader: Reader) -> None:
    words = text_of(reader(Role.EDITOR).get("/help"))

    assert words.index("Your part Editor") < words.index("Focal point")


def test_somebody_who_is_not_signed_in_is_asked_to_sign_in(client: CheckedClient) -> None:
    assert client.get("/help").headers["Location"].startswith("/sign-in")


def test_a_guide_that_is_not_there_is_told_in_a_sentence(reader: Reader) -> None:
    page = reader(Role.VIEWER).get("/help/wizard")

    assert page.status_code == 404
    assert "There is no such page of help" in text_of(page)


def test_every_action_is_told_in_words() -> None:
    assert set(ACTIONS) == set(Action)


def test_a_guide_tells_what_the_table_of_permissions_gives(reader: Reader) -> None:
    words = text_of(reader(Role.VIEWER).get("/help/manager"))

    included = words.split("What this role includes")[1]
    assert "Clear progress reports (in the own unit)" in included
    assert "Import resolutions" not in included


def test_a_role_s_list_is_as_long_as_its_permissions() -> None:
    given = {role: sum(role in roles for roles in ALLOWED.values()) for role in Role}

    assert {role: len(permitted_to(role)) for role in Role} == given


@pytest.mark.parametrize("kind", MEANINGS, ids=lambda kind: kind.__name__)
def test_every_status_is_explained(kind: type[Implementation], reader: Reader) -> None:
    words = text_of(reader(Role.VIEWER).get("/help/words"))

    assert set(MEANINGS[kind]) == set(kind)
    assert all(label_of(member) in words for member in kind)


def test_the_days_within_which_something_is_due_soon_come_from_the_rule(reader: Reader) -> None:
    assert "Due within 14 days." in text_of(reader(Role.VIEWER).get("/help/words"))
