"""The pages of the submission: the sheet, its files, the permanent address and who reads it."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.services.test_submissions import PAGE, TITLE, make_final
from tests.signing import Chain
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.installation import Installation
from tracker.models.biennial_reports import EditionFile

SHEET = {"mandate": "Resolution 12(IV), paragraph 5", "agenda_item": "4"}


@pytest.fixture
def chain(app: Flask) -> Chain:
    """Return a report whose final edition is made and can be read."""
    parts: Installation = app.extensions["tracker"]
    with arranging(), parts.database.transaction() as session:
        made = make_final(session)
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
    return f"/reports/editions/{chain.edition_id}/submission"


def hand_over(client: CheckedClient, chain: Chain, **fields: str) -> None:
    sign_in(client, chain.house.editor.person_id)
    page = client.get(address(chain))
    done = submit(client, page, {**SHEET, "act": "submit", **fields}, to="submission")
    assert done.status_code == 303


def attach(client: CheckedClient, chain: Chain) -> None:
    page = client.get(address(chain))
    token = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {
        "csrf_token": token,
        "kind": "issued",
        "symbol": "LC/SES.5/3",
        "language": "en",
        "issued_on": clock.now().date().isoformat(),
        "file": (BytesIO(b"%PDF-official"), "N26.pdf"),
    }
    assert client.post(f"{address(chain)}/issued", data=fields).status_code == 303


def test_the_sheet_is_saved_and_the_report_submitted(client: CheckedClient, chain: Chain) -> None:
    sign_in(client, chain.house.editor.person_id)
    page = client.get(address(chain))
    lacking = submit(client, page, {"act": "submit"}, to="submission")
    hand_over(client, chain)

    words = text_of(client.get(address(chain)))

    assert TITLE in page.text
    assert lacking.status_code == 400
    assert "Enter the mandate of the document" in text_of(lacking)
    assert "Submitted on" in words
    assert "Resolution 12(IV), paragraph 5" in words
    assert "Save the sheet" not in words
    assert "/reports/documents/lc-ses-5-3" in words


def test_the_sheet_is_downloaded_as_word_and_pdf(client: CheckedClient, chain: Chain) -> None:
    hand_over(client, chain)

    word = docx.Document(BytesIO(client.get(f"{address(chain)}/sheet.docx").data))
    pdf = pypdfium2.PdfDocument(client.get(f"{address(chain)}/sheet.pdf").data)

    rows = {row.cells[0].text: row.cells[1].text for row in word.tables[0].rows}
    said = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert rows["Mandate"] == "Resolution 12(IV), paragraph 5"
    assert rows["Number of words"] == "4 of at most 8,500"
    assert rows["Original language"] == "English"
    assert word.core_properties.author != "python-docx"
    assert "Resolution 12(IV), paragraph 5" in said
    assert "Submission sheet" in said


def test_the_address_asks_strangers_to_sign_in_until_the_text_is_issued(
    client: CheckedClient, chain: Chain
) -> None:
    hand_over(client, chain)
    stranger = client.application.test_client()
    before = stranger.get("/reports/documents/lc-ses-5-3")
    attach(client, chain)

    after = stranger.get("/reports/documents/lc-ses-5-3")

    assert before.status_code == 302
    assert "/sign-in" in before.location
    assert after.status_code == 200
    assert "The official texts, as they were issued." in after.text
    assert "Read what was submitted" not in after.text
    assert stranger.get("/reports/documents/lc-ses-5-3/1").data == b"%PDF-official"


def test_a_document_that_is_not_for_everybody_stays_behind_the_sign_in(
    client: CheckedClient, chain: Chain
) -> None:
    hand_over(client, chain, distribution="restricted")
    attach(client, chain)
    stranger = client.application.test_client()

    pages = [stranger.get(f"/reports/documents/lc-ses-5-3{end}") for end in ("", "/1")]

    assert [page.status_code for page in pages] == [302, 302]
    assert stranger.get("/reports/documents/there-is-none").status_code == 302
    assert "The official texts" in text_of(client.get("/reports/documents/lc-ses-5-3"))


def test_a_title_that_was_typed_takes_the_place_of_the_proposed_one(
    client: CheckedClient, chain: Chain
) -> None:
    sign_in(client, chain.house.editor.person_id)
    typed = {"title": "Report on two seas"}

    refused = submit(
        client, client.get(address(chain)), {**typed, "act": "submit"}, to="submission"
    )
    submit(client, client.get(address(chain)), typed, to="submission")

    for page in (refused, client.get(address(chain))):
        assert "Report on two seas" in page.text
        assert TITLE not in page.text
