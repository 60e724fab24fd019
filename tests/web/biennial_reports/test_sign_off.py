"""The pages of the sign-off: who signs, an edition on its way, what waits on the start page."""

import pytest
from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.signing import Chain, make_chain
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.installation import Installation
from tracker.models.biennial_reports import EditionFile
from tracker.models.people import Person

WAITS = "Waits for sign-off"
PAGE = b"<html lang='en'><body><main><p>It gives an account.</p></main></body></html>"


@pytest.fixture
def chain(app: Flask) -> Chain:
    """Return a report whose drafts three posts sign, with a draft that can be read."""
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        made = make_chain(session)
        session.add(
            EditionFile(
                edition_id=made.edition_id,
                form="html",
                file_name="report.html",
                digest=parts.files.keep(PAGE),
                size_bytes=len(PAGE),
                written_at=clock.now(),
            )
        )
    return made


def address(chain: Chain) -> str:
    return f"/reports/editions/{chain.edition_id}"


def rows_of(page: TestResponse) -> list[list[str]]:
    """Return the rows of the page's tables, cell by cell."""
    rows = html.document_fromstring(page.text).xpath("//tbody/tr")
    cells = [row.xpath(".//*[self::div and (parent::td or parent::th)]") for row in rows]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in cells]


def hand_in(client: CheckedClient, chain: Chain) -> None:
    sign_in(client, chain.house.editor.person_id)
    page = client.get(address(chain))
    assert (
        submit(client, page, {"remark": "Figures are of Friday."}, to="hand-in").status_code == 303
    )


def test_an_edition_is_handed_in_found_on_the_start_page_and_signed(
    client: CheckedClient, chain: Chain
) -> None:
    hand_in(client, chain)
    sign_in(client, chain.house.manager.person_id)
    start = text_of(client.get("/"))
    page = client.get(address(chain))
    submit(client, page, {"act": "sign"}, to="sign")

    after = client.get(address(chain))

    words = text_of(after)
    assert "Waits for your sign-off 1" in start
    assert "Biennial report 2026-2027: edition 1 in English" in start
    assert "This edition waits for your sign-off" in text_of(page)
    assert "Signed by Mona Manager" in words
    assert ["Programme planning", "Chief of Planning: Carla Coordinator", WAITS] in rows_of(after)
    assert "“Figures are of Friday.”" in words


def test_a_returned_edition_says_why_to_the_editor(client: CheckedClient, chain: Chain) -> None:
    hand_in(client, chain)
    sign_in(client, chain.house.manager.person_id)
    page = client.get(address(chain))
    silent = submit(client, page, {"act": "return"}, to="sign")
    submit(client, page, {"act": "return", "remark": "Name the donors."}, to="sign")
    sign_in(client, chain.house.editor.person_id)

    start = text_of(client.get("/"))

    assert silent.status_code == 400
    assert "Say what is to be changed" in text_of(silent)
    assert "Editions returned to you 1" in start
    assert "Mona Manager: Name the donors." in start
    assert "Mona Manager returned it: Name the donors." in text_of(client.get(address(chain)))


def test_who_made_an_edition_reads_why_they_do_not_sign_it(
    client: CheckedClient, chain: Chain
) -> None:
    sign_in(client, chain.house.coordinator.person_id)
    submit(client, client.get(address(chain)), to="hand-in")
    sign_in(client, chain.house.manager.person_id)
    submit(client, client.get(address(chain)), {"act": "sign"}, to="sign")
    sign_in(client, chain.house.coordinator.person_id)

    page = client.get(address(chain))

    assert "You passed this edition on yourself" in text_of(page)
    assert "Sign this edition" not in text_of(page)


def test_a_reader_sees_the_way_and_can_do_nothing(client: CheckedClient, chain: Chain) -> None:
    hand_in(client, chain)
    sign_in(client, chain.house.viewer.person_id)

    page = client.get(address(chain))

    assert ["Division", "Chief of Division: Mona Manager", WAITS] in rows_of(page)
    main = html.document_fromstring(page.text).get_element_by_id("main")
    assert main.xpath(".//form") == []
    assert client.post(f"{address(chain)}/sign", data={"version": "1"}).status_code in {400, 403}


def test_the_page_of_the_report_says_where_an_edition_lies(
    client: CheckedClient, chain: Chain
) -> None:
    hand_in(client, chain)

    words = text_of(client.get(f"/reports/{chain.period_id}"))

    assert "Waits for sign-off: Chief of Division (Mona Manager)" in words


def test_the_administrator_names_who_signs(client: CheckedClient, chain: Chain) -> None:
    sign_in(client, chain.administrator.person_id)
    page = client.get(f"/reports/sign-off/{chain.body_id}")
    missing = submit(client, page, {"post_3": "Legal adviser"})
    done = submit(
        client,
        page,
        {"post_3": "Legal adviser", "person_id_3": chain.house.other_manager.person_id},
    )

    words = text_of(client.get("/reports/sign-off"))

    assert missing.status_code == 400
    assert "Choose who holds this post." in text_of(missing)
    assert done.status_code == 303
    assert "Another office: Legal adviser (Theo Manager)" in words


def test_only_the_administrator_names_who_signs(client: CheckedClient, chain: Chain) -> None:
    sign_in(client, chain.house.editor.person_id)

    assert client.get("/reports/sign-off").status_code == 403


def test_a_post_that_nobody_fills_is_told_where_posts_are_set_and_on_the_edition(
    app: Flask, client: CheckedClient, chain: Chain
) -> None:
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        session.get_one(Person, chain.director.person_id).is_active = False

    sign_in(client, chain.administrator.person_id)
    listed = text_of(client.get("/reports/sign-off"))
    assert "1 post is filled by nobody" in listed
    assert "Nobody fills it: Dora Director, has left" in listed
    assert "Director: Dora Director, has left" in text_of(
        client.get(f"/reports/sign-off/{chain.body_id}")
    )
    assert "Nobody fills a post that signs the report" in text_of(client.get("/"))
    told = "Nobody fills this post: has left"
    assert ["Front office", "Director: Dora Director", told] in rows_of(client.get(address(chain)))
    sign_in(client, chain.house.viewer.person_id)
    assert told not in text_of(client.get(address(chain)))


def test_a_coordinator_sees_who_signs_and_cannot_set_it(
    app: Flask, client: CheckedClient, chain: Chain
) -> None:
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        session.get_one(Person, chain.director.person_id).is_active = False
    sign_in(client, chain.house.coordinator.person_id)

    listed = text_of(client.get("/reports/sign-off"))

    assert "Ask an administrator to name somebody else" in listed
    assert "Change who signs" not in listed
    assert client.get(f"/reports/sign-off/{chain.body_id}").status_code == 403
    assert "Director: Dora Director, has left" in text_of(client.get("/compliance/radar"))


def test_posts_are_called_as_the_reader_calls_them(client: CheckedClient, chain: Chain) -> None:
    sign_in(client, chain.administrator.person_id)
    page = client.get(f"/reports/sign-off/{chain.body_id}")
    to = html.document_fromstring(page.text).xpath("//a[contains(@href, '/names/post/')]/@href")[0]
    submit(client, client.get(to), {"es": "Jefatura de División"})
    with arranging(), client.application.extensions["tracker"].database.transaction() as session:
        session.get_one(Person, chain.administrator.person_id).language = "es"

    words = text_of(client.get("/reports/sign-off"))

    assert "Jefatura de División (Mona Manager)" in words
    assert "Chief of Division (" not in words
