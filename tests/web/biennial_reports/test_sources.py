"""Every number of the report opens the rows it counts, also of an edition made long ago."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import html
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.briefing import add_activity
from tests.pages import CheckedClient
from tests.visitors import sign_in, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.domain.activities import FundSource
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.mandates import Sensitivity
from tracker.jobs.tasks import run_task
from tracker.models.activity_parts import ActivityFund
from tracker.models.biennial_reports import ReportEdition
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.queries.biennial_report import EditionRequest
from tracker.services.background_tasks import claim_task
from tracker.services.biennial_reports import draft_edition
from tracker.services.progress import return_report
from tracker.services.sign_offs import hand_in


def make_draft(editor: CheckedClient, desk: Desk, **fields: str) -> None:
    submit(editor, editor.get(f"/reports/{desk.period_id}"), fields)
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)


def ways(page: TestResponse) -> dict[str, str]:
    """Return the links on the numbers of a report: where they lead, and the number."""
    found = html.document_fromstring(page.text).find_class("report-count")
    return {link.get("href", ""): link.text_content() for link in found}


def rows_of(page: TestResponse) -> int:
    return len(html.document_fromstring(page.text).xpath("//main//tbody/tr|//main//ul/li"))


def test_every_number_of_the_preview_opens_as_many_rows_as_it_says(
    editor: CheckedClient, desk: Desk
) -> None:
    found = ways(editor.get(f"/reports/{desk.period_id}/preview"))

    counted = {to: told for to, told in found.items() if told.lower() in {"one", "1"}}
    assert len(counted) >= 4
    for to in counted:
        assert rows_of(editor.get(to)) == 1


def test_the_number_of_a_paragraph_says_what_it_stands_on(
    editor: CheckedClient, desk: Desk
) -> None:
    page = editor.get(f"/reports/{desk.period_id}/preview")

    titles = html.document_fromstring(page.text).xpath("//a[@class='report-count']/@title")

    assert "Stands on 12(IV), para.\u00a05(a), text No. 2" in titles


def test_the_rows_say_who_cleared_which_text(editor: CheckedClient, desk: Desk) -> None:
    words = text_of(editor.get(f"/reports/{desk.period_id}/sources/overview.mandates"))

    assert "What “one” counts" in words
    assert "paragraph 4" in words
    assert "It counts 1 cleared progress report." in words
    assert "by Mona Manager" in words
    assert "Statistics Division" in words


def test_a_paragraph_opens_the_text_it_stands_on(editor: CheckedClient, desk: Desk) -> None:
    key = f"mandate{desk.house.mandates[0]}.done.1"

    words = text_of(editor.get(f"/reports/{desk.period_id}/sources/{key}"))

    assert "Two missions were sent to the islands." in words
    assert "by Mona Manager" in words


def test_the_rows_of_a_number_come_as_a_file(editor: CheckedClient, desk: Desk) -> None:
    file = editor.get(f"/reports/{desk.period_id}/sources/statuses.total/reports.csv")

    lines = file.get_data(as_text=True).strip().splitlines()
    assert len(lines) == 2
    assert "Mona Manager" in lines[1]


def test_an_edition_keeps_the_rows_that_it_counted(editor: CheckedClient, desk: Desk) -> None:
    make_draft(editor, desk)
    with desk.parts.database.transaction() as session:
        report = session.scalars(
            select(ProgressReport).filter_by(mandate_id=desk.house.mandates[0])
        ).one()
        return_report(
            session,
            report_id=report.id,
            version=report.version,
            remark="Please name the islands.",
            actor=desk.house.coordinator,
            at=clock.now(),
        )

    page = editor.get("/reports/editions/1")

    to = next(to for to in ways(page) if to.endswith("overview.mandates"))
    assert rows_of(editor.get(to)) == 1
    assert editor.get(f"/reports/{desk.period_id}/sources/overview.mandates").status_code == 404


def test_whoever_reads_an_edition_sees_its_rows_but_not_whose_text_is_missing(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk, names_missing="y")
    sign_in(editor, desk.house.viewer.person_id)

    seen = text_of(editor.get("/reports/editions/1/sources/overview.mandates"))
    missing = editor.get("/reports/editions/1/sources/overview.missing")
    file = editor.get("/reports/editions/1/sources/overview.missing/asked.csv")

    assert "by Mona Manager" in seen
    assert "shown to those who follow compliance" in text_of(missing)
    assert len(file.get_data(as_text=True).strip().splitlines()) == 1
    assert editor.get(f"/reports/{desk.period_id}/sources/overview.mandates").status_code == 403


def test_a_row_that_became_confidential_is_counted_and_not_shown(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk)
    with arranging(), desk.parts.database.transaction() as session:
        session.execute(update(Mandate).values(sensitivity=Sensitivity.CONFIDENTIAL))
    sign_in(editor, desk.house.viewer.person_id)

    words = text_of(editor.get("/reports/editions/1/sources/overview.mandates"))

    assert "It counts 1 cleared progress report." in words
    assert "1 row of this page is confidential and not shown to you." in words
    assert "Mona Manager" not in words


def test_an_edition_from_before_records_is_read_without_ways_and_says_why(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk)
    with arranging(), desk.parts.database.transaction() as session:
        session.execute(update(ReportEdition).values(record_digest=None))

    assert ways(editor.get("/reports/editions/1")) == {}
    told = editor.get("/reports/editions/1/sources/overview.mandates")
    assert told.status_code == 404
    assert "before it was kept what its numbers count" in text_of(told)


def test_a_draft_with_the_annex_of_sources_stays_within_the_house(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk, has_sources="y")

    words = text_of(editor.get("/reports/editions/1"))
    clean = editor.get("/reports/editions/1/clean")

    assert "Annex III" in words.replace("\u00a0", " ")
    assert "Mona Manager" in words
    assert "it stays within the house" in words
    assert "hand-over copy" not in words
    assert clean.status_code == 409
    assert "names people" in text_of(clean)


def test_a_draft_is_made_without_names_unless_they_are_asked_for(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk)

    for address in ("docx", "clean"):
        with ZipFile(BytesIO(editor.get(f"/reports/editions/1/{address}").data)) as package:
            assert not any(b"Mona Manager" in package.read(name) for name in package.namelist())


def test_two_editions_are_shown_side_by_side(editor: CheckedClient, desk: Desk) -> None:
    make_draft(editor, desk)
    key = f"mandate{desk.house.mandates[0]}.done.1"
    page = editor.get(f"/reports/{desk.period_id}/texts/{key}")
    submit(editor, page, {"text": "Two missions went to the islands."})
    make_draft(editor, desk)

    words = text_of(editor.get("/reports/compare?after=2"))

    assert "All numbers are the same." in words
    assert "1 passage of the text differs" in words
    assert "Two missions [removed: were sent ][added: went ]to the islands." in words


def test_editions_in_two_languages_are_neither_proposed_nor_compared(
    editor: CheckedClient, desk: Desk
) -> None:
    make_draft(editor, desk)
    make_draft(editor, desk, language="es")

    alone = text_of(editor.get("/reports/compare?after=2"))
    asked = text_of(editor.get("/reports/compare?before=1&after=2"))
    make_draft(editor, desk)
    make_draft(editor, desk, language="es")
    page = html.document_fromstring(editor.get("/reports/compare").text)
    proposed = [select.value for select in page.xpath("//main//select")]

    assert "There is no other edition in Spanish." in alone
    assert "The two are in different languages (English and Spanish)" in asked
    assert "Numbers that differ" not in asked
    assert proposed == ["2", "4"]
    assert "in different languages" not in text_of(editor.get("/reports/compare"))
    again = html.document_fromstring(editor.get("/reports/compare?before=3&after=2").text)
    assert again.xpath("//main//li/a/@href") == [
        "/reports/compare?before=1&after=3",
        "/reports/compare?before=4&after=2",
    ]


def test_without_two_editions_there_is_nothing_to_compare(editor: CheckedClient) -> None:
    assert "There are no two editions yet." in text_of(editor.get("/reports/compare"))


def test_a_draft_with_the_annex_of_sources_is_not_signed(editor: CheckedClient, desk: Desk) -> None:
    make_draft(editor, desk, has_sources="y")

    with (
        pytest.raises(WrongState, match="for the secretariat alone"),
        desk.parts.database.transaction() as session,
    ):
        hand_in(session, edition_id=1, actor=desk.house.editor, at=clock.now())


def test_a_final_edition_is_never_made_with_the_annex_of_sources(desk: Desk) -> None:
    wanted = EditionRequest(
        desk.period_id, "en", "Secretariat", date(2028, 1, 10), is_draft=False, has_sources=True
    )

    with pytest.raises(Invalid, match="names people"), desk.parts.database.reading() as session:
        draft_edition(session, wanted, store=desk.parts.files)


def test_an_amount_opens_the_funds_that_add_up_to_it(editor: CheckedClient, desk: Desk) -> None:
    add_activity(
        desk.parts.database,
        desk.house,
        "Charts of the coast",
        funds=[
            ActivityFund(
                source=FundSource.EXTRABUDGETARY, donor="Peru", budget=budget, expenditure=None
            )
            for budget in (Decimal("1200.50"), Decimal("99.50"))
        ],
    )

    found = ways(editor.get(f"/reports/{desk.period_id}/preview"))
    opened = {told: editor.get(to) for to, told in found.items() if ".budget" in to}
    without = next(to for to in found if ".expenditure" in to)

    assert set(opened) == {"1,300.00"}
    assert rows_of(opened["1,300.00"]) == 2
    assert "These 2 budgets come to 1,300 United States dollars." in text_of(opened["1,300.00"])
    assert "No amount is recorded." in text_of(editor.get(without))
    key = without.partition("/sources/")[2].partition("?")[0]
    file = editor.get(f"/reports/{desk.period_id}/sources/{key}/funds.csv").get_data(as_text=True)
    assert [line.split(";")[0].split(",")[0] for line in file.strip().splitlines()[1:]] == (
        ["Charts of the coast"] * 2
    )
