"""Long reports: what changed since a draft, and edited copies, as tasks found it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.briefing import add_activity
from tests.pages import CheckedClient
from tests.visitors import filled_in, form_of, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tests.web.biennial_reports.test_long_reports import long
from tests.web.biennial_reports.test_wording import (
    WORDING,
    bring_back,
    done_key,
    draft,
    edited,
    word,
    wordings,
)
from tests.web.test_page_bytes import MOST_BYTES
from tracker import clock
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.editing import CopyChange, CopyChanges, CopyEdits, FixedKind
from tracker.domain.biennial_report.kept_edits import read_edits, written_edits
from tracker.domain.biennial_report.late_changes import FoundChanges, LateChange
from tracker.jobs.tasks import run_task
from tracker.models.activities import Activity
from tracker.services.background_tasks import claim_task
from tracker.web.biennial_reports.copy_comparison import CopyComparison, compared_copy
from tracker.web.biennial_reports.since_draft import SinceDraft, since_draft

__all__ = ["long"]


def run_tasks(desk: Desk) -> int:
    """Run the tasks that wait; return how many there were."""
    count = 0
    while True:
        with desk.parts.database.transaction() as session:
            task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
            task_id = task.id if task is not None else None
        if task_id is None:
            return count
        run_task(desk.parts, task_id)
        count += 1


@pytest.fixture
def late(editor: CheckedClient, desk: Desk) -> str:
    """Change an activity after a draft; return the page that tells so."""
    add_activity(desk.parts.database, desk.house, "Course", description="Held once.")
    draft(editor, desk)
    with arranging(), desk.parts.database.transaction() as session:
        session.scalars(select(Activity)).one().description = "Held twice."
    return f"/reports/{desk.period_id}/changes?language=en"


def compose(editor: CheckedClient, desk: Desk, page: str) -> None:
    submit(editor, editor.get(page), to="/texts/compose")
    assert run_tasks(desk) == 1


def test_what_changed_in_a_long_report_is_found_by_the_task_that_composes_it(
    editor: CheckedClient, late: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = text_of(editor.get(late))
    monkeypatch.setattr("tracker.queries.kept_compositions.MOST_AT_ONCE", 0)
    before = text_of(editor.get(late))

    compose(editor, desk, late)

    kept = text_of(editor.get(late))
    assert "It is compared with draft edition 1 then." in before
    assert "1 text or figure has changed in the records since draft edition 1." in kept
    assert kept.endswith(short[short.index("What you have worded yourself") :])


def test_a_change_in_a_long_report_is_settled_at_once(
    editor: CheckedClient, late: str, long: Desk
) -> None:
    compose(editor, long, late)
    page = html.document_fromstring(editor.get(late).data)
    form = page.xpath("//form[.//input[@value='hold']]")[0]

    editor.post(form.action, data=dict(form.fields))

    (held,) = wordings(long)
    assert "Held once." in (held.text or "")
    assert "you have decided on each change" in text_of(editor.get(late))


def test_after_a_newer_draft_the_report_is_composed_anew(
    editor: CheckedClient, late: str, long: Desk
) -> None:
    compose(editor, long, late)
    submit(editor, editor.get(f"/reports/{long.period_id}"), to="/generate")
    assert run_tasks(long) == 1

    page = text_of(editor.get(late))

    assert "It is compared with draft edition 2 then." in page
    compose(editor, long, late)
    assert "The records say what draft edition 2 says" in text_of(editor.get(late))


def test_a_draft_that_is_too_large_to_be_read_is_told(
    editor: CheckedClient, late: str, long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.reading.edited_report.LARGEST_COPY", 10)

    compose(editor, long, late)

    assert "The Word file of draft edition 1 is too large to be compared." in text_of(
        editor.get(late)
    )


def compared(editor: CheckedClient, desk: Desk) -> TestResponse:
    """Bring an edited copy back and return the page with its changes."""
    copy = edited(draft(editor, desk), done_key(desk), WORDING)
    asked = bring_back(editor, desk, copy)
    assert asked.status_code == 303
    waits = text_of(editor.get(asked.location))
    assert "compared in the background" in waits
    assert "It waits for its turn." in waits
    assert run_tasks(desk) == 2  # the report is composed as well
    return editor.get(asked.location)


def test_a_copy_of_a_long_report_is_compared_in_the_background_and_taken(
    editor: CheckedClient, long: Desk
) -> None:
    shown = compared(editor, long)
    form = form_of(shown, "/copy/take")

    answer = editor.post(form.get("action"), data={**dict(filled_in(form)), "choice-1": "take"})

    assert "1 passage differs from the draft" in text_of(shown)
    assert answer.status_code == 303
    assert [row.text for row in wordings(long)] == [WORDING]
    again = text_of(editor.get(shown.request.path))
    assert "1 change is in the report already" in again


def test_a_comparison_that_was_stopped_is_told_and_can_be_asked_for_again(
    editor: CheckedClient, long: Desk
) -> None:
    asked = bring_back(editor, long, edited(draft(editor, long), done_key(long), WORDING))
    waits = editor.get(asked.location)
    submit(editor, waits, to="/cancel")

    stopped = editor.get(asked.location)
    submit(editor, stopped, to=asked.location)

    told = "The file is not being compared at present."
    assert told in text_of(stopped)
    assert told not in text_of(waits)
    assert "It waits for its turn." in text_of(editor.get(asked.location))


def test_a_copy_is_not_taken_after_its_passage_was_worded(
    editor: CheckedClient, long: Desk
) -> None:
    shown = compared(editor, long)
    form = form_of(shown, "/copy/take")
    word(editor, long, "Another wording.")

    answer = editor.post(form.get("action"), data={**dict(filled_in(form)), "choice-1": "take"})

    assert answer.status_code == 409
    assert "Nothing was taken" in text_of(answer)


def test_edits_are_read_as_they_were_written() -> None:
    edits = CopyEdits((("a.1", "One.", "Two.\nThree."),), ((FixedKind.QUOTE, "“Requests”"),))

    assert read_edits(written_edits(edits)) == edits


LONG_TEXT = "Consultations were held with the bodies that work on “ports” & harbours. " * 12


def passage(number: int) -> Passage:
    text = f"In {number} other words: {LONG_TEXT}"
    return Passage(f"mandate{number}.done.1", text, text, f"A. Resolution {number}", "Done", number)


def test_no_page_of_very_many_late_changes_is_heavy(
    editor: CheckedClient, late: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = FoundChanges(
        [
            LateChange(passage(n).key, passage(n).heading, LONG_TEXT, passage(n).text, passage(n))
            for n in range(200)
        ]
    )

    # A report that has so many would take minutes to be made here.
    def many(*asked: object) -> SinceDraft:
        return replace(since_draft(*asked), changes=changes)  # type: ignore[arg-type] # as given

    monkeypatch.setattr("tracker.web.biennial_reports.changes.since_draft", many)
    numbers, sizes, following = list[str](), list[int](), late
    while following:
        page = editor.get(following)
        sizes.append(len(page.data))
        tree = html.document_fromstring(page.text)
        numbers += [heading.text_content() for heading in tree.xpath("//section/h2")]
        following = next(map(str, tree.xpath("//a[@rel='next']/@href")), "")

    assert max(sizes) < MOST_BYTES
    assert len(numbers) == len(set(numbers)) == 200


def test_no_page_of_very_many_edits_is_heavy_and_one_goes_on_from_page_to_page(
    editor: CheckedClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = edited(draft(editor, desk), done_key(desk), WORDING)
    changes = tuple(CopyChange(passage(n), passage(n).text, LONG_TEXT) for n in range(120))
    untaken = tuple((FixedKind.TABLE, LONG_TEXT) for _ in range(100))

    # A report that has so many would take minutes to be made here.
    def many(*asked: object) -> CopyComparison:
        found = compared_copy(*asked)  # type: ignore[arg-type] # as given
        taken = {row.passage for row in wordings(desk)}
        left = tuple(change for change in changes if change.passage.key not in taken)
        return replace(found, result=CopyChanges(left, (LONG_TEXT,) * 100, untaken))

    monkeypatch.setattr("tracker.web.biennial_reports.copies.compared_copy", many)
    page = bring_back(editor, desk, copy)
    sizes = [len(page.data)]
    while True:
        form = form_of(page, "/copy/take")
        way_on = editor.post(form.get("action"), data=dict(filled_in(form))).location
        if "/texts" in way_on:
            break
        page = editor.get(way_on)
        sizes.append(len(page.data))

    assert max(sizes) < MOST_BYTES
    assert len(sizes) > 2
    assert len(wordings(desk)) == 120
