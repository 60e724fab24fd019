"""A long review is shown in parts, and what leads to a paragraph opens the part that holds it."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.resolution_texts import as_file, long_text
from tests.services.reviewing import DAMAGED
from tests.uploads import upload
from tests.visitors import filled_in, submit, text_of
from tracker.database import Database
from tracker.models.people import Person

MOST_BYTES = 100_000
PARTS = "//nav[.//strong[@aria-current]]"
DOUBTS = "//ol[@class='tracker-doubts']"


def shown(page: TestResponse) -> list[str]:
    """Return the keys of the paragraphs that stand on a page."""
    items = html.document_fromstring(page.text).xpath("//*[@data-item]")
    return [item.get("id") for item in items]


def links_in(page: TestResponse, place: str) -> list[str]:
    """Return where the links in a place lead, in their order."""
    links = html.document_fromstring(page.text).xpath(f"{place}//a/@href")
    return [str(link) for link in links]


def parts_of(client: FlaskClient, page: TestResponse) -> list[TestResponse]:
    """Return every part of the review that a page shows the first part of."""
    return [page, *map(client.get, links_in(page, PARTS))]


@pytest.fixture
def divided(coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> TestResponse:
    """Return the first page of the review of the damaged text, of which some blocks fill a part."""
    monkeypatch.setattr("tracker.web.resolutions.review_parts.FULL_BYTES", 7000)
    monkeypatch.setattr("tracker.web.resolutions.review_parts.MOST_BYTES", 9000)
    return coordinator.get(upload(coordinator, as_file(DAMAGED)).location)


def step(client: FlaskClient, page: TestResponse, do: str, **fields: object) -> TestResponse:
    """Press the button of a step on a part."""
    return submit(client, page, {"do": do, **fields}, to="/step")


def test_each_paragraph_stands_in_one_part_beside_its_source(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    parts = parts_of(coordinator, divided)

    assert [shown(part) for part in parts] == [["p0", "p1"], ["p2", "p3"], ["p4", "p5"], ["p6"]]
    for part in parts:
        beside = links_in(part, "//*[@data-source]")
        assert sorted(beside) == [f"#{key}" for key in shown(part)]


def test_the_head_of_every_part_is_about_the_whole(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    for part in parts_of(coordinator, divided):
        words = text_of(part)
        assert "4 mandates were read, 1 of them proposed as requiring our action." in words
        assert "1 of 1 doubtful place is left." in words
        assert "Part 3: paragraphs 2 to 5 (1 doubtful place is left)" in words


def test_a_doubtful_place_in_another_part_leads_there(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    (link,) = links_in(divided, DOUBTS)
    button, *_ = links_in(divided, "//*[@data-review-bar]")

    there = coordinator.get(link)

    assert button == link
    assert link.endswith("#p5")
    assert "p5" in shown(there)
    assert links_in(there, DOUBTS) == ["#p5"]


def test_doubtful_places_that_are_too_many_are_listed_by_their_parts(
    coordinator: FlaskClient, divided: TestResponse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.resolutions.review_parts.MOST_LISTED_BYTES", 10)

    first, *others = parts_of(coordinator, coordinator.get(divided.request.path))

    assert "They are too many for one list" in text_of(first)
    assert links_in(first, DOUBTS) == []
    assert [link for part in others for link in links_in(part, DOUBTS)] == ["#p5"]


def corrected(coordinator: FlaskClient, divided: TestResponse, words: str) -> TestResponse:
    """Send other words for the sixth paragraph, by the form that opens for it."""
    page = coordinator.get(f"{divided.request.path}?change=text:p6")
    root = html.document_fromstring(page.text)
    (form,) = [form for form in root.forms if "form" in form.fields]
    return coordinator.post(form.get("action", ""), data=dict(filled_in(form)) | {"text": words})


def test_corrected_words_bring_their_part_back(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    answer = corrected(coordinator, divided, "Thanks the islands.")

    assert answer.location.endswith("#p6")
    there = coordinator.get(answer.location)
    assert shown(there) == ["p6"]
    assert "Thanks the islands." in text_of(there)


def test_words_that_are_refused_stay_in_their_part(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    answer = corrected(coordinator, divided, "")

    assert answer.status_code == 400
    assert shown(answer) == ["p6"]


def test_a_button_brings_its_part_back(coordinator: FlaskClient, divided: TestResponse) -> None:
    page = coordinator.get(f"{divided.request.path}?part=4")

    there = coordinator.get(step(coordinator, page, "leave_out:p6").location)

    assert shown(there) == ["p6"]
    assert "Left out of the import" in text_of(there)


def test_a_button_that_comes_too_late_keeps_the_part(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    page = coordinator.get(f"{divided.request.path}?part=4")

    answer = step(coordinator, page, "leave_out:p6", version=99)

    assert answer.status_code == 409
    assert shown(answer) == ["p6"]


def test_joining_over_the_end_of_a_part_leads_to_the_paragraph_above(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    page = coordinator.get(f"{divided.request.path}?part=4")

    answer = step(coordinator, page, "join:p6")

    assert answer.location.endswith("#p5")
    assert "p5" in shown(coordinator.get(answer.location))


def test_kept_details_bring_the_part_back(coordinator: FlaskClient, divided: TestResponse) -> None:
    page = coordinator.get(f"{divided.request.path}?part=4")

    answer = submit(coordinator, page, {"symbol": "29(V)"}, button="/details")

    assert shown(coordinator.get(answer.location)) == ["p6"]


def test_what_is_imported_from_a_part_is_the_whole_text(
    coordinator: FlaskClient, divided: TestResponse
) -> None:
    page = coordinator.get(f"{divided.request.path}?part=4")

    answer = submit(coordinator, page)

    assert answer.location == "/coi/21-v"
    assert "is imported with 4 mandates" in text_of(coordinator.get(answer.location))


@pytest.mark.parametrize("asked", ["part=99", "part=x", "at=p77"])
def test_an_address_of_no_part_opens_the_first(
    coordinator: FlaskClient, divided: TestResponse, asked: str
) -> None:
    assert shown(coordinator.get(f"{divided.request.path}?{asked}")) == ["p0", "p1"]


def test_a_short_text_names_no_parts(coordinator: FlaskClient) -> None:
    page = coordinator.get(upload(coordinator, as_file(DAMAGED)).location)

    assert len(shown(page)) == 7
    assert links_in(page, PARTS) == []
    assert "part=" not in page.text


@pytest.mark.slow
@pytest.mark.parametrize("doubt_each", [1, 20])
def test_no_part_of_a_very_long_text_is_heavy(
    coordinator: FlaskClient, database: Database, doubt_each: int
) -> None:
    text = long_text(paragraphs=400, doubt_each=doubt_each)
    address = upload(coordinator, as_file(text)).location
    sizes: dict[str, int] = {}
    for language in ("en", "fr"):
        with arranging(), database.transaction() as session:
            session.execute(update(Person).values(language=language))
        every = [coordinator.get(f"{address}?part=1")]
        count = 1 + len(links_in(every[0], PARTS))
        every += [coordinator.get(f"{address}?part={number}") for number in range(2, count + 1)]
        assert [key for part in every for key in shown(part)] == [f"p{at}" for at in range(603)]
        sizes |= {f"{language} {part.request.full_path}": len(part.data) for part in every}

    assert {page: size for page, size in sizes.items() if size > MOST_BYTES} == {}
