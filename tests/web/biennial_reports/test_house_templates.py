"""Pages of the templates of bodies: tried in the document, refused with the line, kept."""

from io import BytesIO

import docx
import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.house_styles import house_file, with_part
from tests.logos import SVG
from tests.pages import CheckedClient
from tests.signing import Chain, make_chain
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.domain.biennial_report.own_wordings import GROUPS
from tracker.models.biennial_reports import EditionFile, ReportEdition
from tracker.models.report_templates import ReportTemplate

BROKEN = "Report of\n{{ comission }}"


@pytest.fixture
def chain(app: Flask, client: CheckedClient) -> Chain:
    """Put a body there to which a report goes, and sign its administrator in."""
    with arranging(), app.extensions["tracker"].database.transaction() as session:
        chain = make_chain(session)
    sign_in(client, chain.administrator.person_id)
    return chain


def test_a_template_is_tried_in_the_document_then_kept(client: CheckedClient, chain: Chain) -> None:
    address = f"/reports/templates/{chain.body_id}/session?language=en"
    sent = {"text_title": "Follow-up {{ period }}", "section_list": "0"}

    tried = submit(client, client.get(address), {**sent, "act": "try"})
    document = html.document_fromstring(tried.text).xpath("//section[@aria-labelledby='document']")
    assert "Follow-up 2026" in document[0].text_content()
    assert "List of activities" not in document[0].text_content()
    assert "Version 1" not in client.get("/reports/templates").text

    submit(client, tried, {"act": "save"})
    assert "Version 1" in client.get("/reports/templates").text
    assert "Left out: List of activities" in text_of(client.get(address))
    assert "leaves out of the document" in text_of(client.get(f"/reports/{chain.period_id}"))


def test_a_broken_text_says_where_and_nothing_is_lost(client: CheckedClient, chain: Chain) -> None:
    page = client.get(f"/reports/templates/{chain.body_id}/session?language=en")

    refused = submit(client, page, {"text_title": BROKEN, "text_note": "Kept words", "act": "save"})

    assert refused.status_code == 400
    assert "Line 2: nothing here is called “comission”" in text_of(refused)
    fields = form_of(refused).fields
    assert fields["text_note"].strip() == "Kept words"
    assert fields["text_title"].split() == BROKEN.split()


def test_a_logo_is_kept_shown_and_removed(client: CheckedClient, chain: Chain) -> None:
    address = f"/reports/templates/{chain.body_id}/session"
    page = client.get(f"{address}/logo")

    kept = choose(client, page, SVG)
    assert kept.location.startswith(address)
    shown = html.document_fromstring(client.get(address).text).xpath("//img[@alt]/@src")
    assert shown[0].startswith("data:image/svg+xml;base64,")
    tried = submit(client, client.get(address), {"act": "try"})
    assert 'class="report-logo"' in tried.text

    submit(client, client.get(f"{address}/logo"), {"act": "remove"})
    assert "No logo stands on the cover." in text_of(client.get(address))
    assert "With a logo" in text_of(client.get(address))


def test_a_drawing_with_a_script_is_turned_away_at_the_picture(
    client: CheckedClient, chain: Chain
) -> None:
    page = client.get(f"/reports/templates/{chain.body_id}/session/logo")
    drawing = SVG.replace(b"<rect", b"<script/><rect")

    refused = choose(client, page, drawing)

    assert refused.status_code == 400
    errors = html.document_fromstring(refused.text).get_element_by_id("picture-error")
    assert "of the drawing has <script>" in errors.text_content()


def choose(
    client: CheckedClient,
    page: TestResponse,
    content: bytes,
    field: str = "picture",
    name: str = "logo.svg",
) -> TestResponse:
    form = form_of(page)
    fields: dict[str, object] = dict(filled_in(form))
    fields |= {field: (BytesIO(content), name), "act": "keep"}
    return client.post(page.request.path, data=fields)


def test_word_styles_are_looked_at_then_kept_then_left(client: CheckedClient, chain: Chain) -> None:
    address = f"/reports/templates/{chain.body_id}/session"
    seen = choose(client, client.get(f"{address}/styles"), house_file(), "file", "house.docx")
    assert "Arial, 10 points" in text_of(seen)
    assert "Cover Symbol" in text_of(seen)
    assert "house.docx" not in client.get(address).text

    link = html.document_fromstring(seen.text).xpath("//a[contains(@href, 'report.docx')]/@href")
    tried = client.get(link[0])
    assert docx.Document(BytesIO(tried.data)).styles["Normal"].font.name == "Arial"

    submit(client, seen, {"act": "keep"}, to="/keep")
    assert "the file “house.docx”" in text_of(client.get(address))
    begun = client.get(f"{address}/styles.docx").data
    assert docx.Document(BytesIO(begun)).styles["Normal"].font.name == "Arial"

    submit(client, client.get(f"{address}/styles"), {}, to="/keep")
    assert "has the styles as delivered" in text_of(client.get(address))


def test_a_file_with_macros_is_turned_away_at_its_field(
    client: CheckedClient, chain: Chain
) -> None:
    page = client.get(f"/reports/templates/{chain.body_id}/session/styles")
    content = with_part(house_file(), "word/vbaProject.bin", b"\xd0\xcf")

    refused = choose(client, page, content, "file", "house.docm")

    assert refused.status_code == 400
    errors = html.document_fromstring(refused.text).get_element_by_id("file-error")
    assert "has macros" in errors.text_content()


def test_styles_that_wait_no_longer_are_chosen_again(client: CheckedClient, chain: Chain) -> None:
    page = client.get(f"/reports/templates/{chain.body_id}/session/styles")
    seen = choose(client, page, house_file(), "file", "house.docx")

    gone = submit(client, seen, {"kept": "../secret", "act": "keep"}, to="/keep")

    assert gone.status_code == 404
    assert "Choose it again" in text_of(gone)


def test_a_fixed_text_is_found_worded_seen_and_brought_back(
    client: CheckedClient, chain: Chain
) -> None:
    address = f"/reports/templates/{chain.body_id}/session/texts?language=en&q=no+information+on"
    own = {"text_implementation-none": "Nothing is known of any resolution."}

    tried = submit(client, client.get(address), {**own, "act": "try"})
    document = html.document_fromstring(tried.text).xpath("//section[@aria-labelledby='document']")
    assert "Nothing is known of any resolution." in document[0].text_content()

    kept = submit(client, tried, {"act": "save"})
    assert kept.status_code == 303
    page = client.get(f"/reports/templates/{chain.body_id}/session/texts?language=en&group=own")
    assert "The report holds no information on any resolution." in text_of(page)

    submit(client, page, {"act": "restore:implementation.none"})
    again = client.get(f"/reports/templates/{chain.body_id}/session/texts?language=en&group=own")
    assert "All texts stand as delivered." in text_of(again)


def test_a_lost_name_is_told_at_its_text_and_nothing_is_lost(
    client: CheckedClient, chain: Chain
) -> None:
    page = client.get(f"/reports/templates/{chain.body_id}/session/texts?language=en&group=words")

    sent = {"text_words-table": "Tab.", "text_words-total": "Sum", "act": "save"}
    refused = submit(client, page, sent)

    assert refused.status_code == 400
    errors = html.document_fromstring(refused.text).get_element_by_id("text_words-table-error")
    assert "must hold {{ number }}" in errors.text_content()
    assert form_of(refused).fields["text_words-total"].strip() == "Sum"


def test_every_group_of_texts_is_a_page_of_readable_size(
    client: CheckedClient, chain: Chain
) -> None:
    address = f"/reports/templates/{chain.body_id}/session/texts?language=fr&group="

    sizes = [len(client.get(f"{address}{group}").data) for group in GROUPS]

    assert max(sizes) < 100_000


def test_an_edition_names_its_template_and_leads_whoever_may_change_it_there(
    client: CheckedClient, chain: Chain, app: Flask
) -> None:
    parts = app.extensions["tracker"]
    address = f"/reports/templates/{chain.body_id}/session"
    submit(client, client.get(address), {"text_title": "Ours", "act": "save"})
    with arranging(), parts.database.transaction() as session:
        edition = session.get_one(ReportEdition, chain.edition_id)
        edition.template_id = session.scalar(select(ReportTemplate.id))
        digest = parts.files.keep(b"<html lang=en><body><main><p>Said.</p></main></body></html>")
        file = EditionFile(
            edition_id=edition.id, form="html", file_name="r.html", digest=digest, size_bytes=59,
            written_at=clock.now(),
        )  # fmt: skip
        session.add(file)

    page = client.get(f"/reports/editions/{chain.edition_id}")
    link = html.document_fromstring(page.text).xpath("//a[contains(., 'Made with version 1')]")
    assert link[0].get("href") == f"{address}#version-1"
    assert client.get(address).text.count('id="version-1"') == 1

    sign_in(client, chain.house.focal_point.person_id)
    page = client.get(f"/reports/editions/{chain.edition_id}")
    assert "Made with version 1 of the template" in text_of(page)
    assert "/reports/templates/" not in page.text
