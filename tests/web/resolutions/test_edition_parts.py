"""A long corrected edition is compared page by page, and what was said on each of them is kept."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.importing import import_text
from tests.resolution_texts import as_file, long_text
from tests.uploads import upload
from tests.visitors import submit, text_of
from tracker.installation import Installation
from tracker.models.people import Person

MOST_BYTES = 100_000
ADDRESS = "/coi/30-vi"
SHORT, LONG = (long_text(paragraphs=count, doubt_each=count + 1) for count in (6, 400))
EDITIONS = "//a[contains(@href, '/resolutions/editions/')]/@href"


@pytest.fixture
def long_one(installation: Installation, coordinator: FlaskClient) -> FlaskClient:
    """Import a resolution of 400 paragraphs; return the coordinator's browser."""
    import_text(installation.database, installation.files, LONG)
    return coordinator


@pytest.fixture
def divided(
    installation: Installation, coordinator: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> FlaskClient:
    """Import one of six paragraphs, of which a page compares two."""
    monkeypatch.setattr("tracker.web.resolutions.edition_parts.MOST_SHOWN", 2)
    import_text(installation.database, installation.files, SHORT)
    return coordinator


def reworded(text: str) -> str:
    """Return a text with other words in each of its numbered paragraphs."""
    return text.replace("the wishes of the Governments", "the needs of all Governments")


CLAUSE_1 = next(block for block in reworded(SHORT).split("\n\n") if block.startswith("1. "))


def compared(client: FlaskClient, text: str) -> TestResponse:
    """Return the first page of a comparison."""
    return client.get(f"{upload(client, as_file(text)).location}/edition")


def choices(page: TestResponse) -> dict[str, str]:
    """Return what the fields of a page say, as a browser sends them."""
    selects = html.document_fromstring(page.text).xpath("//select[@form='edition']")
    return {select.get("name"): select.value for select in selects}


def dropped_choice(page: TestResponse) -> str:
    """Return the dropped clause that the new paragraph of a page may be."""
    fields = html.document_fromstring(page.text).xpath("//select[@form='edition']")
    [offered] = [field.value_options for field in fields if field.value == "new"]
    return str(next(value for value in offered if value != "new"))


def press(client: FlaskClient, page: TestResponse, **fields: str) -> TestResponse:
    """Send the form of a comparison with what its page says and what is typed over it."""
    return submit(client, page, {**choices(page), **fields}, to="/edition")


def pages_of(client: FlaskClient, page: TestResponse) -> Iterator[TestResponse]:
    """Yield all pages of a comparison, each reached from the one before by its button."""
    yield page
    while "Next page" in text_of(page):
        page = press(client, page, go=way(page, "Next page"))
        yield page


def way(page: TestResponse, label: str) -> str:
    """Return what the button with a label asks for."""
    buttons = html.document_fromstring(page.text).xpath("//button[@name='go']")
    [value] = [each.get("value") for each in buttons if each.text_content().strip() == label]
    return str(value)


@pytest.mark.slow
def test_a_comparison_of_400_paragraphs_comes_in_pages_below_100_kb(long_one: FlaskClient) -> None:
    pages = list(pages_of(long_one, compared(long_one, reworded(LONG))))

    assert max(len(page.data) for page in pages) < MOST_BYTES
    fields = [name for page in pages for name in choices(page)]
    assert len(fields) == len(set(fields)) == 400


@pytest.mark.slow
def test_the_pages_of_a_long_earlier_text_are_below_100_kb(long_one: FlaskClient) -> None:
    renumbered = reworded(LONG).replace("1. Requests", "1. Asks all to learn;\n\n2. Requests", 1)
    page = compared(long_one, renumbered)
    press(long_one, page, label="Corr.1", do="take")
    [address] = html.document_fromstring(long_one.get(ADDRESS).text).xpath(EDITIONS)[:1]

    page = long_one.get(address)
    changed, earlier = html.document_fromstring(page.text).xpath("//a[@rel='next']/@href")
    pages = [page, long_one.get(changed), long_one.get(earlier)]

    assert max(len(each.data) for each in pages) < MOST_BYTES
    assert len({each.text for each in pages}) == len(pages)


@pytest.mark.slow
def test_two_languages_of_400_paragraphs_stand_side_by_side_in_pages(long_one: FlaskClient) -> None:
    spanish = LONG.replace("The Commission for the", "La Comisión de las").replace(
        "Requests the Executive Secretary to assist", "Pide al Secretario Ejecutivo que ayude"
    )
    review = upload(long_one, as_file(spanish)).location

    page = long_one.get(f"{review}/language")
    [following] = html.document_fromstring(page.text).xpath("//a[@rel='next']/@href")
    second = long_one.get(following)

    assert max(len(page.data), len(second.data)) < MOST_BYTES
    assert "Previous page" in text_of(second)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_part_of_a_resolution_of_400_paragraphs_is_heavy(
    long_one: FlaskClient, installation: Installation, language: str
) -> None:
    with arranging(), installation.database.transaction() as session:
        session.execute(update(Person).values(language=language))
    first = html.document_fromstring(long_one.get(ADDRESS).text)
    links = first.xpath("//a[contains(@href, 'part=')]/@href")
    count = len({link.partition("#")[0] for link in links})

    sizes = {
        f"{number}{act}": len(long_one.get(f"{ADDRESS}?part={number}{act}").data)
        for number in range(1, count + 2)
        for act in ("", "&correct=1")
    }

    assert count > 10
    assert {part: size for part, size in sizes.items() if size >= MOST_BYTES} == {}


def test_what_is_said_on_a_page_is_taken_from_another(divided: FlaskClient) -> None:
    first = compared(divided, reworded(SHORT))
    changed = next(iter(choices(first)))

    second = press(divided, first, **{changed: "new", "go": "2"})
    refused = press(divided, second, label=" ", do="take")
    answer = press(divided, refused, label="30(VI)/Corr.1", do="take")

    said = "5 clauses have other words, 1 is new, 1 is dropped"
    assert said in text_of(second)
    assert changed not in choices(second)
    assert refused.status_code == 400
    assert said in text_of(refused)
    assert list(choices(refused)) == list(choices(second))
    assert answer.location == ADDRESS
    edition = html.document_fromstring(divided.get(ADDRESS).text).xpath(EDITIONS)
    assert "1 is dropped" in text_of(divided.get(edition[0]))


def test_what_was_said_can_be_said_otherwise_later(divided: FlaskClient) -> None:
    first = compared(divided, reworded(SHORT))
    changed, as_read = next(iter(choices(first).items()))

    second = press(divided, first, **{changed: "new", "go": "2"})
    back = press(divided, second, go="0")
    again = press(divided, back, **{changed: as_read, "do": "compare"})

    assert choices(back)[changed] == "new"
    assert "6 clauses have other words, 0 are new, 0 are dropped" in text_of(again)


def test_every_paragraph_that_differs_stands_on_one_page(divided: FlaskClient) -> None:
    other = reworded(SHORT).replace("Recalling its resolution", "Recalling also its resolution")
    other = other.replace("1. Requests", "1. Asks all to learn;\n\n2. Requests", 1)

    pages = list(pages_of(divided, compared(divided, other)))

    words = [text_of(page) for page in pages]
    assert len(pages) == 4
    assert sum("1 is new" in each and "Asks all" in each for each in words) == 1
    assert sum("[added: also ]" in each for each in words) == 1
    assert sum("another number" in each for each in words) == len(pages)


def test_no_paragraph_is_passed_over_when_a_choice_takes_one_from_the_list(
    divided: FlaskClient,
) -> None:
    other = reworded(SHORT).replace(CLAUSE_1, "1. Asks all to learn;")
    first = compared(divided, other)
    clause_1 = dropped_choice(first)
    new = next(name for name, value in choices(first).items() if value == "new")

    second = press(divided, first, **{new: clause_1, "go": way(first, "Next page")})

    assert "1 is new, 1 is dropped" in text_of(first)
    assert "0 are new, 0 are dropped" in text_of(second)
    seen = {*choices(first), *choices(second)}
    rest = [name for page in pages_of(divided, second) for name in choices(page)]
    assert len(seen.union(rest)) == 6


def test_the_next_paragraph_to_look_at_is_reached_past_those_that_are_sure(
    divided: FlaskClient,
) -> None:
    other = f"{reworded(SHORT).rstrip()[:-1]};\n\n7. Asks all to learn.\n"
    first = compared(divided, other)

    page = press(divided, first, go=way(first, "Next paragraph to look at"))

    assert "Asks all to learn" not in text_of(first)
    assert "Asks all to learn" in text_of(page)
    assert "Next paragraph to look at" not in text_of(page)
