"""The pages of the report: what is missing, the preview, making an edition, download."""

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from lxml import html
from sqlalchemy import select, update

from tests.audit import arranging
from tests.briefing import add_activity
from tests.pages import CheckedClient
from tests.reporting import TEXT, report_on
from tests.visitors import sign_in, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.jobs.tasks import run_task
from tracker.models.activities import Activity
from tracker.models.biennial_reports import EditionFile, EditionRevision
from tracker.models.instruments import Body
from tracker.models.jobs import BackgroundTask, TaskState
from tracker.services.background_tasks import claim_task
from tracker.services.due_dates import waive_report
from tracker.services.periods import reopen_period
from tracker.web.biennial_reports import final, views
from tracker.web.id_sets import packed_ids


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


def test_the_final_edition_is_not_made_before_what_it_leaves_out_was_seen_and_decided(
    editor: CheckedClient, desk: Desk
) -> None:
    page = editor.get(f"/reports/{desk.period_id}/final")
    undecided = submit(editor, page)

    words = text_of(page)
    assert "2 mandates have no cleared text and would not be in it" in words
    assert "Statistics Division 1" in words
    assert "Trade Division 1" in words
    assert "12(IV), para. 5(b)" in words
    assert "The period is closed" in words
    assert undecided.status_code == 400
    assert "Tick this if the final edition is to be made without these mandates" in text_of(
        undecided
    )


def test_a_decision_holds_for_the_mandates_that_were_shown(
    editor: CheckedClient, desk: Desk
) -> None:
    page = editor.get(f"/reports/{desk.period_id}/final")

    answer = submit(editor, page, {"leaves_out": "y", "seen": packed_ids([2])})

    assert answer.status_code == 400
    assert "further mandates have come to be without a cleared text" in text_of(answer)


def test_a_decision_holds_for_mandates_that_the_page_counts_and_does_not_name(
    editor: CheckedClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(final, "MOST_NAMED", 0)  # in place of very many mandates

    page = editor.get(f"/reports/{desk.period_id}/final")
    answer = submit(editor, page, {"leaves_out": "y"})

    assert "12(IV), para. 5(b)" not in text_of(page)
    assert "Statistics Division 1" in text_of(page)
    assert "and 2 more: see all 2 without an answer" in text_of(page)
    assert answer.status_code == 303


def test_the_report_names_some_of_the_missing_mandates_and_counts_the_others(
    editor: CheckedClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_NAMED", 1)  # in place of very many mandates

    page = editor.get(f"/reports/{desk.period_id}")
    (link,) = html.fromstring(page.text).xpath("//a[contains(., 'without an answer')]/@href")

    assert "and 1 more: see all 2 without an answer" in text_of(page)
    assert "2 reports" in text_of(editor.get(link))


def test_a_final_edition_without_gaps_asks_for_no_decision(
    editor: CheckedClient, desk: Desk
) -> None:
    _waive_the_others(desk)

    page = editor.get(f"/reports/{desk.period_id}/final")
    answer = submit(editor, page)

    assert "Every mandate of the period has a cleared text" in text_of(page)
    assert answer.status_code == 303


def test_a_viewer_does_not_reach_the_final_edition(client: CheckedClient, desk: Desk) -> None:
    sign_in(client, desk.house.viewer.person_id)

    assert client.get(f"/reports/{desk.period_id}/final").status_code == 403


def test_a_final_edition_freezes_and_closes_the_period(editor: CheckedClient, desk: Desk) -> None:
    _make_final(editor, desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "Edition 1, final" in words
    assert "It gives an account of 1 of 3 mandates" in words
    assert "The period is closed, so there are no further editions" in words
    assert "Preview what it would say today" not in words


def test_an_edition_is_read_as_it_was_made_whatever_changes_afterwards(
    editor: CheckedClient, desk: Desk
) -> None:
    _make_final(editor, desk)
    with arranging(), desk.parts.database.transaction() as session:
        session.execute(update(Body).values(name="Commission of the Mainland"))

    page = editor.get("/reports/editions/1")

    words = text_of(page)
    assert "It gives an account of 1 mandate and changes no more" in words
    assert TEXT.done in words
    assert "Commission of the Islands" in words
    assert "Commission of the Mainland" not in words
    assert _said(page.data, "//article") == _said(_kept_page(desk), "//main")


def test_the_other_languages_of_the_final_edition_say_the_same_texts(
    editor: CheckedClient, desk: Desk
) -> None:
    _make_final(editor, desk)
    preview = text_of(editor.get(f"/reports/{desk.period_id}/preview?language=es"))
    page = editor.get(f"/reports/{desk.period_id}/final")
    submit(editor, page, {"language": "es"})
    _run_the_task(desk)

    words = text_of(editor.get("/reports/editions/2"))

    assert "what the final edition will say in Spanish" in preview
    assert "edition 1, final, in Spanish" in words
    assert TEXT.done in words
    with desk.parts.database.reading() as session:
        pinned = session.execute(
            select(EditionRevision.edition_id, EditionRevision.revision_id)
        ).all()
    assert len(pinned) == 2
    assert len({revision_id for _, revision_id in pinned}) == 1


def test_a_language_of_the_final_edition_is_made_once(editor: CheckedClient, desk: Desk) -> None:
    _make_final(editor, desk)
    page = editor.get(f"/reports/{desk.period_id}/final")
    for _ in range(2):
        submit(editor, page, {"language": "es"})
    _run_the_task(desk)
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "The final edition is made in this language already" in words


def test_a_period_opened_again_gets_a_new_final_edition_and_keeps_the_first(
    editor: CheckedClient, desk: Desk
) -> None:
    _make_final(editor, desk)
    with desk.parts.database.transaction() as session:
        reopen_period(
            session,
            period_id=desk.period_id,
            version=2,
            reason="Late texts.",
            actor=desk.house.coordinator,
            at=clock.now(),
        )
    between = text_of(editor.get(f"/reports/{desk.period_id}"))
    _make_final(editor, desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "The period was opened again after edition 1" in between
    assert "Edition 2, final" in words
    assert "Edition 1, final" in words


def test_an_edition_that_is_not_there_is_told_in_a_sentence(editor: CheckedClient) -> None:
    page = editor.get("/reports/editions/99")

    assert page.status_code == 404
    assert "There is no such edition of a report" in text_of(page)


def test_the_page_of_a_running_task_looks_again_by_itself(
    editor: CheckedClient, desk: Desk
) -> None:
    asked = submit(editor, editor.get(f"/reports/{desk.period_id}"), to="/generate")
    page = editor.get(asked.location)
    _run_the_task(desk)
    done = editor.get(asked.location)

    shown = html.document_fromstring(page.data)
    assert shown.xpath("//noscript/meta[@http-equiv='refresh']")
    assert shown.xpath("//*[@data-refresh]/@data-refresh") == [f"/reports/{desk.period_id}?task=1"]
    assert "Cancel the report" in text_of(page)
    assert "The edition is ready." in text_of(done)
    assert not html.document_fromstring(done.data).xpath("//*[@data-refresh]")


def test_only_whoever_asked_for_an_edition_can_cancel_it(
    client: CheckedClient, editor: CheckedClient, desk: Desk
) -> None:
    submit(editor, editor.get(f"/reports/{desk.period_id}"), to="/generate")
    sign_in(client, desk.house.viewer.person_id)

    assert "Cancel the report" not in text_of(client.get(f"/reports/{desk.period_id}"))


def test_a_file_that_is_not_there_is_told_in_a_sentence(
    editor: CheckedClient,
) -> None:
    page = editor.get("/reports/editions/99/pdf")

    assert page.status_code == 404
    assert "There is no such file of this report" in text_of(page)


def test_a_refused_edition_says_why_on_the_page(editor: CheckedClient, desk: Desk) -> None:
    page = editor.get(f"/reports/{desk.period_id}/final")
    for _ in range(2):
        submit(editor, page, {"leaves_out": "y"})
    _run_the_task(desk)
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "The final edition of the report on 2026-2027 is made" in words


def test_characters_that_the_pdf_cannot_show_are_named_on_the_page(
    editor: CheckedClient, desk: Desk
) -> None:
    add_activity(desk.parts.database, desk.house, "Talks in 北京")
    submit(editor, editor.get(f"/reports/{desk.period_id}"), to="/generate")
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))

    assert "characters that its fonts do not have (北京)" in words


def test_what_changed_since_the_draft_is_accepted_or_its_former_wording_kept(
    editor: CheckedClient, desk: Desk
) -> None:
    add_activity(desk.parts.database, desk.house, "Course", description="Held once.")
    submit(editor, editor.get(f"/reports/{desk.period_id}"), to="/generate")
    _run_the_task(desk)
    with arranging(), desk.parts.database.transaction() as session:
        session.scalars(select(Activity)).one().description = "Held twice."
    page = editor.get(f"/reports/{desk.period_id}/changes")

    assert "1 text or figure has changed in the records since draft edition 1." in text_of(page)
    form = html.document_fromstring(page.data).xpath("//form[.//input[@value='hold']]")[0]
    editor.post(form.action, data=dict(form.fields))
    assert "you have decided on each change" in text_of(editor.get(page.request.path))
    preview = text_of(editor.get(f"/reports/{desk.period_id}/preview"))
    assert "Held once." in preview


def _kept_page(desk: Desk) -> bytes:
    with desk.parts.database.reading() as session:
        digest = session.scalars(select(EditionFile.digest).filter_by(form="html")).one()
    return desk.parts.files.content_of(digest)


def _said(page: bytes, place: str) -> str:
    """Return what is said there, but for the cover and the contents."""
    found = html.document_fromstring(page).xpath(
        f"{place}//*[not(ancestor-or-self::header or ancestor-or-self::nav)]/text()"
    )
    return "".join("".join(found).split())


def _make_final(editor: CheckedClient, desk: Desk) -> None:
    page = editor.get(f"/reports/{desk.period_id}/final")
    assert submit(editor, page, {"leaves_out": "y"}).status_code == 303
    _run_the_task(desk)


def _waive_the_others(desk: Desk) -> None:
    with desk.parts.database.transaction() as session:
        for mandate_id in desk.house.mandates[1:]:
            report = report_on(session, mandate_id)
            waive_report(
                session,
                report_id=report.id,
                version=report.version,
                reason="Nothing is due.",
                actor=desk.house.coordinator,
                at=clock.now(),
            )


def _run_the_task(desk: Desk) -> None:
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)
    with desk.parts.database.reading() as session:
        state = session.scalar(select(BackgroundTask.state).where(BackgroundTask.id == task_id))
    assert state in {TaskState.DONE, TaskState.FAILED}


def test_a_draft_pins_what_document_it_is_and_what_it_is_about(
    editor: CheckedClient, desk: Desk
) -> None:
    page = editor.get(f"/reports/{desk.period_id}")
    groups = html.document_fromstring(page.text).xpath("//select[@name='scope']/optgroup")
    unit = groups[1][0]

    submit(editor, page, {"document_type": "interim", "scope": unit.get("value", "")})
    _run_the_task(desk)

    words = text_of(editor.get(f"/reports/{desk.period_id}"))
    assert f"draftInterim report{unit.text}" in words


def test_a_part_holds_what_is_within_it_alone(editor: CheckedClient, desk: Desk) -> None:
    page = html.document_fromstring(editor.get(f"/reports/{desk.period_id}").text)
    values = page.xpath("//select[@name='scope']//option/@value")
    resolution = next(value for value in values if value.startswith("resolution"))

    of_all = editor.get(f"/reports/{desk.period_id}/preview?scope={resolution}")
    of_nobody = editor.get(f"/reports/{desk.period_id}/preview?scope=resolution-4711")

    assert "It is limited to one resolution: 12(IV)." in text_of(of_all)
    assert TEXT.done in text_of(of_all)
    assert of_nobody.status_code == 404


def test_the_form_leads_to_a_preview_of_what_was_chosen(editor: CheckedClient, desk: Desk) -> None:
    page = editor.get(f"/reports/{desk.period_id}")

    answer = submit(editor, page, {"document_type": "council", "act": "preview"})

    assert answer.status_code == 303
    assert "Report of the commission to its parent body" in text_of(
        editor.get(answer.headers["Location"])
    )
