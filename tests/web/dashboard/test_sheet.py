"""Compliance for a meeting: the page and the PDF say the same, of all or of one unit."""

from datetime import UTC, datetime
from functools import partial

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.audit import arranging
from tests.reporting import House, counted_statements, open_biennium, open_year
from tests.travel import Travel
from tests.visitors import sign_in, text_of
from tests.web.dashboard.mixed import coordinator, database, house, installation, mixed
from tracker.database import Database
from tracker.domain.compliance_sheet import MOST_NAMED, with_most_late
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.queries import compliance_sheet

__all__ = ["coordinator", "database", "house", "installation", "mixed"]


def pages_of(client: FlaskClient, address: str = "/compliance/sheet.pdf") -> list[str]:
    """Return the text of each page of the PDF, on one line."""
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    with pypdfium2.PdfDocument(answer.data) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.replace("\ufffe", "").split()) for text in texts]


@pytest.mark.parametrize(
    "words",
    [
        "1 of 2 mandates answered, 1 overdue in 1 unit.",
        "Texts received: 1 of 2 (50%).",
        "1 report is waived.",
        "Statistics Division",
        "What needs attention",
        "12(IV), para. 5(c)",
        "Unanswered, due on 30 June 2026",
        "As of 9 July 2026",
    ],
)
def test_page_and_pdf_say_where_the_period_stands(
    coordinator: FlaskClient, mixed: House, words: str
) -> None:
    assert words in text_of(coordinator.get("/compliance/sheet")).replace("\u00a0", " ")
    assert words in " ".join(pages_of(coordinator)).replace("\u00a0", " ")


def test_of_one_unit_it_tells_nothing_of_others(coordinator: FlaskClient, mixed: House) -> None:
    address = f"?unit={mixed.statistics}"
    page = text_of(coordinator.get(f"/compliance/sheet{address}"))
    [paper] = pages_of(coordinator, f"/compliance/sheet.pdf{address}")

    for text in (page, paper):
        assert "Statistics Division" in text
        assert "1 of 1 mandate answered, none overdue." in text
        assert "Nothing is overdue or due within two weeks." in text
        assert "Trade Division" not in text


def test_it_is_in_the_language_of_its_reader(
    coordinator: FlaskClient, database: Database, mixed: House
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, mixed.coordinator.person_id).language = "es"

    assert "Lo que requiere atención" in " ".join(pages_of(coordinator))


def test_pages_are_numbered_and_what_finds_no_room_is_counted(
    coordinator: FlaskClient, mixed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compliance_sheet, "MOST_NAMED", 0)

    pages = pages_of(coordinator)

    assert MOST_NAMED > 0
    assert "1 more needs attention; the list on the site has it." in " ".join(pages)
    assert f"1 / {len(pages)}" in pages[0]


def test_rows_without_a_place_of_their_own_are_added_up(
    coordinator: FlaskClient, mixed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compliance_sheet, "with_most_late", partial(with_most_late, most=0))

    page, paper = coordinator.get("/compliance/sheet"), " ".join(pages_of(coordinator))

    assert "2 others with less overdue" in text_of(page)
    assert "2 others with less overdue 2 1 1 1 0 1" in paper
    assert "Trade Division" not in text_of(page).partition("How long it is overdue")[0]


def test_the_response_is_told_beside_that_of_the_period_before(
    coordinator: FlaskClient, database: Database, house: House, travel: Travel
) -> None:
    with database.transaction() as session:
        open_year(session, house, 2025)
        open_year(session, house, 2026)
    travel.to(datetime(2026, 11, 20, 9, tzinfo=UTC))
    sign_in(coordinator, house.coordinator.person_id)

    text = text_of(coordinator.get("/compliance/sheet"))

    assert "By the same week of the period 2025: 0 of 3 (0%)." in text.replace("\u00a0", " ")


def test_without_a_period_or_unit_it_says_what_to_do(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    empty = coordinator.get("/compliance/sheet.pdf")
    with database.transaction() as session:
        open_biennium(session, house)

    assert empty.status_code == 404
    assert "nothing to print" in text_of(empty)
    assert coordinator.get("/compliance/sheet?unit=999").status_code == 404


def test_it_is_for_those_who_see_compliance(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)

    assert client.get("/compliance/sheet").status_code == 403
    assert client.get("/compliance/sheet.pdf").status_code == 403


def test_it_takes_as_many_statements_for_one_row_as_for_several(
    coordinator: FlaskClient, database: Database, mixed: House
) -> None:
    counts = []
    for _ in range(2):
        with counted_statements(database) as statements:
            coordinator.get("/compliance/sheet")
        counts.append(len(statements))
        with arranging(), database.transaction() as session:
            session.execute(update(ProgressReport).values(is_waived=False, review="open"))

    assert counts[0] == counts[1]
