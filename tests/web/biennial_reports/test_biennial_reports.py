"""The pages of the report: what is missing, the preview, making an edition, download."""

from datetime import timedelta
from io import BytesIO

from docx import Document
from sqlalchemy import select

from tests.pages import CheckedClient
from tests.reporting import TEXT
from tests.visitors import sign_in, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.jobs.tasks import run_task
from tracker.models.jobs import BackgroundTask, TaskState
from tracker.services.background_tasks import claim_task


def test_the_list_says_how_many_mandates_of_each_period_are_cleared(
    editor: CheckedClient,
) -> None:
    page = editor.get("/reports")

    assert "1 of 3 mandates cleared" in text_of(page)


def test_a_period_that_is_not_there_is_told_in_a_sentence(editor: CheckedClient) -> None:
    page = editor.get("/reports/4711")

    assert page.status_code == 404
    assert "There is no such reporting period" in text_of(page)


def test_what_is_not_cleared_is_named_to_the_secretariat(editor: CheckedClient, desk: Desk) -> None:
    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "12(IV), para. 5(b)" in words
    assert "never part of the document" in words


def test_a_viewer_sees_editions_but_not_what_is_missing(client: CheckedClient, desk: Desk) -> None:
    sign_in(client, desk.house.viewer.person_id)

    words = text_of(client.get(f"/reports/{desk.period_id}"))

    assert "No edition has been made yet" in words
    assert "12(IV), para. 5(b)" not in words


def test_a_viewer_may_not_generate(client: CheckedClient, desk: Desk) -> None:
    sign_in(client, desk.house.viewer.person_id)

    assert client.post(f"/reports/{desk.period_id}/generate").status_code in {400, 403}


def test_the_preview_shows_cleared_texts_alone(editor: CheckedClient, desk: Desk) -> None:
    words = text_of(editor.get(f"/reports/{desk.period_id}/preview"))

    assert TEXT.done in words
    assert "part 5.b" not in words


def test_an_edition_is_made_in_the_background_and_downloaded(
    editor: CheckedClient, desk: Desk
) -> None:
    asked = submit(
        editor, editor.get(f"/reports/{desk.period_id}"), {"document_symbol": "LC/SES.1/2"}
    )
    waiting = text_of(editor.get(f"/reports/{desk.period_id}"))
    _run_the_task(desk)
    done = editor.get(f"/reports/{desk.period_id}")

    assert asked.status_code == 303
    assert "waits for its turn" in waiting
    assert "Edition 1, draft" in text_of(done)
    word = editor.get("/reports/editions/1/docx")
    assert "biennial_report_2026-2027_en.docx" in word.headers["Content-Disposition"]
    said = " ".join(paragraph.text for paragraph in Document(BytesIO(word.data)).paragraphs)
    assert TEXT.done in said


def test_a_final_edition_freezes_and_ends_the_making(editor: CheckedClient, desk: Desk) -> None:
    submit(editor, editor.get(f"/reports/{desk.period_id}"), {"is_final": "y"})
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "Edition 1, final" in words
    assert "no further one can be generated" in words


def test_a_file_that_is_not_there_is_told_in_a_sentence(
    editor: CheckedClient,
) -> None:
    page = editor.get("/reports/editions/99/pdf")

    assert page.status_code == 404
    assert "There is no such file of this report" in text_of(page)


def test_a_refused_edition_says_why_on_the_page(editor: CheckedClient, desk: Desk) -> None:
    for _ in range(2):
        page = editor.get(f"/reports/{desk.period_id}")
        submit(editor, page, {"is_final": "y"}, to="/generate")
    _run_the_task(desk)
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "The final edition of this period is edition 1" in words


def _run_the_task(desk: Desk) -> None:
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)
    with desk.parts.database.reading() as session:
        state = session.scalar(select(BackgroundTask.state).where(BackgroundTask.id == task_id))
    assert state in {TaskState.DONE, TaskState.FAILED}
