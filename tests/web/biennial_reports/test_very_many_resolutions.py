"""Reports of very many mandates: a resolution is named by its symbol, no page shows all of it."""

import pytest
from lxml import html
from sqlalchemy import select

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.visitors import submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tracker import clock
from tracker.models.instruments import Body, Instrument
from tracker.models.jobs import BackgroundTask
from tracker.models.mandates import Mandate
from tracker.queries import report_scopes
from tracker.web.biennial_reports import views

RESOLUTION = "resolution-1"


@pytest.fixture
def crowded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let the period ask about more resolutions than can be listed."""
    monkeypatch.setattr(report_scopes, "MOST_LISTED", 0)
    return desk


def scopes_of(page_text: str) -> list[str]:
    page = html.document_fromstring(page_text)
    return [str(value) for value in page.xpath("//select[@name='scope']//option/@value")]


def wanted_scopes(desk: Desk) -> list[object]:
    with desk.parts.database.reading() as session:
        tasks = session.scalars(select(BackgroundTask).order_by(BackgroundTask.id))
        return [task.arguments["scope"] for task in tasks]


def add_other_body(desk: Desk) -> int:
    """Let one of the mandates be of another body's text with the same symbol; return its id."""
    with arranging(), desk.parts.database.transaction() as session:
        body = Body(key="other", name="Assembly of the Islands", language="en")
        session.add(body)
        session.flush()
        text = Instrument(
            body_id=body.id,
            symbol="12(IV)",
            slug="12-iv",
            sort_key="12-iv",
            imported_at=clock.now(),
        )
        session.add(text)
        session.flush()
        session.get_one(Mandate, desk.house.mandates[2]).instrument_id = text.id
        return text.id


def test_resolutions_are_listed_while_they_are_few(editor: CheckedClient, desk: Desk) -> None:
    page = editor.get(f"/reports/{desk.period_id}")

    assert RESOLUTION in scopes_of(page.text)
    assert "Only one resolution" not in text_of(page)


def test_of_too_many_resolutions_one_is_named_by_its_symbol_in_any_spelling(
    editor: CheckedClient, crowded: Desk
) -> None:
    page = editor.get(f"/reports/{crowded.period_id}")

    answer = submit(editor, page, {"resolution": " 12 (iv) "}, to="/generate")

    assert answer.status_code == 303
    assert RESOLUTION not in scopes_of(page.text)
    assert wanted_scopes(crowded) == [RESOLUTION]


def test_a_symbol_that_the_period_does_not_ask_about_is_refused_and_kept_in_its_field(
    editor: CheckedClient, crowded: Desk
) -> None:
    page = editor.get(f"/reports/{crowded.period_id}")

    answer = submit(editor, page, {"resolution": "13(IV)"}, to="/generate")

    assert answer.status_code == 400
    assert "The period asks about no text with this symbol." in text_of(answer)
    assert 'value="13(IV)"' in answer.text
    assert wanted_scopes(crowded) == []


def test_texts_of_two_bodies_with_one_symbol_are_offered_to_choose_from(
    editor: CheckedClient, crowded: Desk
) -> None:
    other = f"resolution-{add_other_body(crowded)}"
    page = editor.get(f"/reports/{crowded.period_id}")

    asked = submit(editor, page, {"resolution": "12(IV)"}, to="/generate")
    chosen = submit(editor, asked, {"scope": other}, to="/generate")

    assert asked.status_code == 400
    assert scopes_of(asked.text)[-2:] == [other, RESOLUTION]
    assert "12(IV) (Assembly of the Islands)" in text_of(asked)
    assert chosen.status_code == 303
    assert wanted_scopes(crowded) == [other]


def test_the_preview_is_of_the_resolution_that_was_named(
    editor: CheckedClient, crowded: Desk
) -> None:
    page = editor.get(f"/reports/{crowded.period_id}")

    answer = submit(editor, page, {"resolution": "12(IV)", "act": "preview"}, to="/generate")

    assert answer.headers["Location"].endswith(f"scope={RESOLUTION}")
    assert "It is limited to one resolution: 12(IV)." in text_of(
        editor.get(answer.headers["Location"])
    )


def test_a_report_too_long_for_a_page_says_how_to_see_it(
    editor: CheckedClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_PREVIEWED", 0)
    unit = f"unit-{desk.house.statistics}"

    whole = editor.get(f"/reports/{desk.period_id}/preview")
    part = editor.get(f"/reports/{desk.period_id}/preview?scope={unit}")
    empty = editor.get(f"/reports/{desk.period_id}/preview?scope=unit-{desk.house.trade}")

    for page in (whole, part):
        assert "It would give an account of 1 mandates, and a page shows 0" in text_of(page)
        assert "generate a draft" in text_of(page)
    assert "It would give an account of" not in text_of(empty)
