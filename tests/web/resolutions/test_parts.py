"""A long text is shown in parts, and an address of a paragraph opens the part that holds it."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.importing import import_text
from tests.reporting import House
from tests.visitors import submit, text_of
from tracker.installation import Installation

ADDRESS = "/coi/21-v"
TITLE, FIRST, SECOND, THIRD = range(1, 5)  # the parts: which paragraph they begin with


@pytest.fixture(autouse=True)
def imported(installation: Installation, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import the invented resolution, of which two blocks fill a part."""
    import_text(installation.database, installation.files, actor=house.coordinator)
    monkeypatch.setattr("tracker.web.resolutions.parts.FULL_BYTES", 2500)
    monkeypatch.setattr("tracker.web.resolutions.parts.MOST_BYTES", 4500)


def shown(page: TestResponse) -> list[str]:
    """Return the anchors of the paragraphs whose text stands on a page."""
    found = html.document_fromstring(page.text).xpath("//div[starts-with(@id, 'para-')]")
    return [block.get("id") for block in found]


def test_each_paragraph_stands_in_one_part_with_its_sub_clauses(coordinator: FlaskClient) -> None:
    parts = [shown(coordinator.get(f"{ADDRESS}?part={part}")) for part in range(TITLE, THIRD + 1)]

    assert parts == [[], ["para-1"], ["para-2", "para-2-a", "para-2-b"], ["para-3"]]


def test_the_anchor_of_a_paragraph_in_another_part_leads_there(coordinator: FlaskClient) -> None:
    page = html.document_fromstring(coordinator.get(ADDRESS).text)

    link = page.get_element_by_id("para-2-b")

    assert link.get("href") == f"{ADDRESS}?part={SECOND}#para-2-b"
    assert "para-2-b" in shown(coordinator.get(link.get("href")))


def test_an_address_that_names_a_paragraph_opens_its_part(coordinator: FlaskClient) -> None:
    answer = coordinator.get("/coi/21-v/2")

    assert shown(coordinator.get(answer.location)) == ["para-2", "para-2-a", "para-2-b"]


def test_links_to_very_many_paragraphs_take_their_room_from_the_text(
    coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = coordinator.get(ADDRESS)
    monkeypatch.setattr("tracker.web.resolutions.parts.FEW_LINKS", 0)
    monkeypatch.setattr("tracker.web.resolutions.parts.LEAST_BYTES", 500)

    many = coordinator.get(ADDRESS)

    assert "The text is long and stands on 4 pages" in text_of(few)
    assert "The text is long and stands on 5 pages" in text_of(many)


@pytest.mark.parametrize("asked", ["part=99", "part=x", "paragraph=77"])
def test_an_address_of_no_part_opens_the_first(coordinator: FlaskClient, asked: str) -> None:
    page = coordinator.get(f"{ADDRESS}?{asked}")

    assert shown(page) == []
    assert "The text is long and stands on 4 pages" in text_of(page)


def test_what_is_selected_in_a_part_is_decided_and_the_part_comes_back(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get(f"{ADDRESS}?part={SECOND}")
    assert "2 mandates are proposed as requiring our action and selected" in text_of(page)

    answer = submit(coordinator, page, to="/confirm")

    assert answer.location == f"{ADDRESS}?part={SECOND}"
    assert "2 of 4 mandates require our action; 2 wait" in text_of(coordinator.get(answer.location))


def test_nothing_selected_is_told_in_the_part(coordinator: FlaskClient) -> None:
    page = coordinator.get(f"{ADDRESS}?part={THIRD}")

    answer = submit(coordinator, page, {"mandate": None}, to="/confirm")

    assert answer.status_code == 400
    assert shown(answer) == ["para-3"]


def test_the_other_parts_are_asked_for_as_this_one_was(
    coordinator: FlaskClient,
) -> None:
    page = html.document_fromstring(coordinator.get(f"{ADDRESS}?correct=1&part={FIRST}").text)

    (link,) = page.xpath("//nav[@aria-label='Parts of the text']//a[starts-with(., 'Part 3')]")

    assert link.get("href") == f"{ADDRESS}?correct=1&part={SECOND}"
