"""Edited texts whose passage vanished: listed, put elsewhere or dropped, never lost in silence."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.pages import CheckedClient
from tests.reporting import TEXT, report_on
from tests.visitors import submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.models.biennial_reports import ReportWording
from tracker.queries.report_wordings import editorial_texts
from tracker.services.progress import clear_report, return_report, submit_report

WORDING = "A third mission to the outer islands follows in autumn."


@pytest.fixture
def lost(editor: CheckedClient, desk: Desk) -> str:
    """Word the next steps of a report, let them vanish from its text, and return their key."""
    key = f"mandate{desk.house.mandates[0]}.next_steps.1"
    page = editor.get(f"/reports/{desk.period_id}/texts/{key}")
    submit(editor, page, {"text": WORDING})
    with desk.parts.database.transaction() as session:
        report = report_on(session, desk.house.mandates[0])
        actor, at = desk.house.manager, clock.now()
        which = report.id
        return_report(
            session, report_id=which, version=report.version, remark="No plans.", actor=actor, at=at
        )
        submit_report(
            session,
            report_id=which,
            version=report.version,
            text=replace(TEXT, next_steps=""),
            actor=desk.house.focal_point,
            at=at,
        )
        clear_report(session, report_id=which, version=report.version, actor=actor, at=at)
    return key


def place(desk: Desk, key: str = "") -> str:
    return f"/reports/{desk.period_id}/unplaced{'/' if key else ''}{key}"


def test_an_edited_text_whose_passage_vanished_is_told_and_listed(
    editor: CheckedClient, desk: Desk, lost: str
) -> None:
    texts = text_of(editor.get(f"/reports/{desk.period_id}/texts"))

    final = text_of(editor.get(f"/reports/{desk.period_id}/final"))
    assert "1 edited text has no place in the document any more" in texts
    assert "1 edited text has no place in the document any more" in final
    assert WORDING in text_of(editor.get(place(desk)))


def test_it_is_put_behind_a_paragraph_about_the_same(
    editor: CheckedClient, desk: Desk, lost: str
) -> None:
    page = editor.get(place(desk, lost))
    done = submit(editor, page, {"act": "put"})

    assert done.status_code == 303
    assert "These paragraphs speak about the same" in text_of(page)
    assert WORDING in text_of(editor.get(f"/reports/{desk.period_id}/preview"))
    assert "Every edited text has its place." in text_of(editor.get(place(desk)))
    with desk.parts.database.reading() as session:
        held = editorial_texts(session, desk.period_id, "en")
    assert [text.split("\n")[-1] for text in held.values()] == [WORDING]


def test_a_paragraph_that_is_not_there_is_refused_and_nothing_is_lost(
    editor: CheckedClient, desk: Desk, lost: str
) -> None:
    told = submit(editor, editor.get(place(desk, lost)), {"act": "put", "paragraph": "4711"})

    assert told.status_code == 400
    assert "no paragraph with this number" in text_of(told)
    assert WORDING in text_of(editor.get(place(desk)))


def test_it_is_dropped_with_a_reason_alone(editor: CheckedClient, desk: Desk, lost: str) -> None:
    page = editor.get(place(desk, lost))

    refused = submit(editor, page, {"act": "drop"})
    submit(editor, page, {"act": "drop", "reason": "The mission was called off."})

    assert refused.status_code == 400
    assert "Say why this wording is dropped" in text_of(refused)
    listed = text_of(editor.get(place(desk)))
    assert "The mission was called off." in listed
    assert WORDING in listed
    with desk.parts.database.reading() as session:
        rows = session.scalars(select(ReportWording).order_by(ReportWording.id)).all()
    assert [(row.text, row.reason) for row in rows] == [
        (WORDING, ""),
        (None, "The mission was called off."),
    ]
