"""The editor's wording: written on a page or brought back from Word, beside what is composed."""

from datetime import timedelta
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import TEXT, report_on
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.domain.biennial_report.editing import LONGEST_WORDING, mark_of_passage
from tracker.jobs.tasks import run_task
from tracker.models.biennial_reports import ReportWording
from tracker.models.conversations import ReportMessage
from tracker.queries.report_wordings import editorial_texts
from tracker.services.background_tasks import claim_task

WORDING = "Two missions went to the islands in the course of the year."


def address(desk: Desk, key: str = "", **query: str) -> str:
    place = f"/reports/{desk.period_id}/texts" + (f"/{key}" if key else "")
    return place + (
        "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""
    )


def done_key(desk: Desk) -> str:
    return f"mandate{desk.house.mandates[0]}.done.1"


def word(editor: CheckedClient, desk: Desk, text: str, **fields: str) -> TestResponse:
    return submit(editor, editor.get(address(desk, done_key(desk))), {"text": text, **fields})


def press(editor: CheckedClient, desk: Desk, act: str) -> None:
    """Press the button of the passage's page that does this."""
    page = editor.get(address(desk, done_key(desk)))
    main = html.document_fromstring(page.text).get_element_by_id("main")
    forms = [form for form in main.iter("form") if isinstance(form, html.FormElement)]
    (form,) = (form for form in forms if dict(filled_in(form)).get("act") == act)
    assert editor.post(form.get("action", ""), data=dict(filled_in(form))).status_code == 303


def wordings(desk: Desk) -> list[ReportWording]:
    with desk.parts.database.reading() as session:
        return list(session.scalars(select(ReportWording).order_by(ReportWording.id)))


def test_every_passage_is_listed_under_its_heading(editor: CheckedClient, desk: Desk) -> None:
    page = editor.get(address(desk))

    assert TEXT.done in text_of(page)
    assert "All (" in text_of(page)
    assert "words of the 8,500 that it may have" in text_of(page)
    assert f'id="{done_key(desk)}"' in page.text


def test_a_wording_is_printed_in_the_place_of_what_is_composed(
    editor: CheckedClient, desk: Desk
) -> None:
    word(editor, desk, WORDING)

    preview = text_of(editor.get(f"/reports/{desk.period_id}/preview"))
    edited = text_of(editor.get(address(desk, show="edited")))

    assert WORDING in preview
    assert TEXT.done not in preview
    assert "Edited: Edgar Editor" in edited


def test_a_wording_of_the_original_stands_in_until_it_is_translated(
    editor: CheckedClient, desk: Desk
) -> None:
    word(editor, desk, WORDING)

    shown = editor.get(f"/reports/{desk.period_id}/preview?language=es")

    assert WORDING in text_of(shown)
    assert "Versión no oficial" in text_of(shown)
    assert "As edited in the original" in text_of(editor.get(address(desk, language="es")))


def test_a_wording_in_another_language_is_a_translation_of_the_original(
    editor: CheckedClient, desk: Desk
) -> None:
    here = address(desk, done_key(desk), language="es")
    submit(editor, editor.get(here), {"text": "Se hizo el trabajo."})

    (kept,) = wordings(desk)
    assert (kept.text, kept.source) == ("Se hizo el trabajo.", TEXT.done)
    assert "Translated" in text_of(editor.get(address(desk, language="es")))


def test_several_lines_become_paragraphs_of_their_own(editor: CheckedClient, desk: Desk) -> None:
    word(editor, desk, "One.\r\n\r\n  Two. ")

    (kept,) = wordings(desk)
    assert kept.text == "One.\nTwo."


def test_a_passage_that_is_left_out_is_not_printed(editor: CheckedClient, desk: Desk) -> None:
    press(editor, desk, "leave_out")

    assert TEXT.done not in text_of(editor.get(f"/reports/{desk.period_id}/preview"))
    assert "Left out: Edgar Editor" in text_of(editor.get(address(desk)))


def test_an_empty_wording_is_refused_since_leaving_out_has_its_own_button(
    editor: CheckedClient, desk: Desk
) -> None:
    answer = word(editor, desk, " ")

    assert answer.status_code == 400
    assert "If the passage is to be left out, press the button below." in text_of(answer)
    assert wordings(desk) == []


def test_what_is_composed_can_be_printed_again_and_the_history_stays(
    editor: CheckedClient, desk: Desk
) -> None:
    word(editor, desk, WORDING)
    press(editor, desk, "compose")

    assert [row.text for row in wordings(desk)] == [WORDING, None]
    assert TEXT.done in text_of(editor.get(f"/reports/{desk.period_id}/preview"))
    page = text_of(editor.get(address(desk, done_key(desk))))
    assert "The text from the records stands again." in page


def test_two_editors_do_not_write_over_each_other(editor: CheckedClient, desk: Desk) -> None:
    form = form_of(editor.get(address(desk, done_key(desk))))
    word(editor, desk, "Theirs.")

    answer = editor.post(form.get("action"), data={**dict(filled_in(form)), "text": "Mine."})

    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in text_of(answer)
    assert [row.text for row in wordings(desk)] == ["Theirs."]


def test_a_text_that_changed_below_a_wording_is_told(editor: CheckedClient, desk: Desk) -> None:
    word(editor, desk, WORDING)
    with arranging(), desk.parts.database.transaction() as session:
        row = session.scalars(select(ReportWording)).one()
        session.add(
            ReportWording(
                period_id=row.period_id,
                language=row.language,
                passage=row.passage,
                composed="One mission was sent.",
                text=row.text,
                written_at=clock.now(),
                written_by_id=row.written_by_id,
            )
        )

    page = text_of(editor.get(address(desk, show="changed")))

    assert "The record behind 1 edited passage has changed" in page
    assert "The record has changed since." in page


def test_a_wording_that_is_too_long_is_told_and_stays_in_the_form(
    editor: CheckedClient, desk: Desk
) -> None:
    answer = word(editor, desk, "x" * (LONGEST_WORDING + 1))

    assert answer.status_code == 400
    assert f"at most {LONGEST_WORDING:,} are kept".replace(",", "") in text_of(answer).replace(
        ",", ""
    )
    assert "x" * 100 in answer.text


def test_a_passage_that_is_not_there_is_told(editor: CheckedClient, desk: Desk) -> None:
    answer = editor.get(address(desk, "mandate999.done.1"))

    assert answer.status_code == 404
    assert "no longer has this passage" in text_of(answer)


def draft(editor: CheckedClient, desk: Desk) -> bytes:
    """Generate a draft and return its Word file."""
    submit(editor, editor.get(f"/reports/{desk.period_id}"), to="/generate")
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)
    return bytes(editor.get("/reports/editions/1/docx").data)


def edited(content: bytes, key: str, words: str) -> bytes:
    document = Document(BytesIO(content))
    mark = next(
        mark
        for mark in document.element.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")) == mark_of_passage(key)
    )
    mark.getnext().find(qn("w:t")).text = words
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def bring_back(editor: CheckedClient, desk: Desk, content: bytes) -> TestResponse:
    place = f"/reports/{desk.period_id}/copy"
    fields: dict[str, object] = dict(filled_in(form_of(editor.get(place))))
    fields["copy"] = (BytesIO(content), "director.docx")
    return editor.post(place, data=fields, content_type="multipart/form-data")


def test_a_director_s_change_comes_back_and_is_printed(editor: CheckedClient, desk: Desk) -> None:
    copy = edited(draft(editor, desk), done_key(desk), WORDING)

    shown = bring_back(editor, desk, copy)
    form = form_of(shown)
    editor.post(form.get("action"), data={**dict(filled_in(form)), "choice-1": "take"})

    assert "1 passage differs from the draft" in text_of(shown)
    with desk.parts.database.reading() as session:
        assert editorial_texts(session, desk.period_id, "en") == {done_key(desk): WORDING}
    assert [row.is_from_copy for row in wordings(desk)] == [True]


def test_a_correction_of_fact_is_asked_about_where_the_text_was_cleared(
    editor: CheckedClient, desk: Desk
) -> None:
    copy = edited(draft(editor, desk), done_key(desk), WORDING)
    form = form_of(bring_back(editor, desk, copy))

    editor.post(form.get("action"), data={**dict(filled_in(form)), "choice-1": "ask"})

    with desk.parts.database.reading() as session:
        message = session.scalars(select(ReportMessage)).one()
        assert message.report_id == report_on(session, desk.house.mandates[0]).id
        assert WORDING in message.text
    assert wordings(desk) == []


def test_a_copy_that_is_brought_back_twice_has_nothing_to_take(
    editor: CheckedClient, desk: Desk
) -> None:
    copy = edited(draft(editor, desk), done_key(desk), WORDING)
    form = form_of(bring_back(editor, desk, copy))
    editor.post(form.get("action"), data={**dict(filled_in(form)), "choice-1": "take"})

    again = text_of(bring_back(editor, desk, copy))

    assert "There is nothing to take" in again
    assert "1 change is in the report already" in again


def test_a_file_that_is_no_copy_is_refused_at_its_field(editor: CheckedClient, desk: Desk) -> None:
    document, saved = Document(), BytesIO()
    document.save(saved)

    answer = bring_back(editor, desk, saved.getvalue())

    assert answer.status_code == 400
    assert "does not say which draft it was made from" in text_of(answer)


def test_nobody_but_editors_and_coordinators_words_the_report(
    client: CheckedClient, desk: Desk
) -> None:
    sign_in(client, desk.house.manager.person_id)

    assert client.get(address(desk)).status_code == 403


def test_characters_that_the_pdf_cannot_show_are_told_before_it_is_written(
    editor: CheckedClient, desk: Desk
) -> None:
    preview = f"/reports/{desk.period_id}/preview"
    before = text_of(editor.get(preview))

    word(editor, desk, "A mission went to 中国.")

    after = editor.get(preview)
    told = text_of(editor.get(address(desk, done_key(desk))))
    assert "empty boxes" not in before
    assert "The PDF would show empty boxes: its fonts lack some characters." in text_of(after)
    assert f"/texts/{done_key(desk)}" in after.text
    assert "The PDF cannot show these characters of the passage" in told
    assert "中国." in told
