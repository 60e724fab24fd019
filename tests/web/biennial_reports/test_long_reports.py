"""Texts of a report that is too long for a page: composed when somebody asks, and kept."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.pages import CheckedClient
from tests.reporting import TEXT
from tests.visitors import submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tests.web.biennial_reports.test_unplaced import lost
from tests.web.biennial_reports.test_wording import WORDING, address, done_key, word
from tracker import clock
from tracker.domain.biennial_report.passages import ComposedPassages
from tracker.jobs.tasks import run_task
from tracker.queries.biennial_report import EditionRequest
from tracker.services.background_tasks import claim_task
from tracker.services.biennial_reports import compose_edition
from tracker.writing.biennial_report.passage_file import KeptPassages, write_passages

__all__ = ["lost"]


@pytest.fixture
def long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let no report be short enough for a page."""
    monkeypatch.setattr("tracker.queries.kept_compositions.MOST_AT_ONCE", 0)
    return desk


def compose(editor: CheckedClient, desk: Desk) -> None:
    submit(editor, editor.get(address(desk)), to="/texts/compose")
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)


def test_the_texts_are_composed_when_somebody_asks(editor: CheckedClient, long: Desk) -> None:
    before = text_of(editor.get(address(long)))
    submit(editor, editor.get(address(long)), to="/texts/compose")
    meanwhile = text_of(editor.get(address(long)))

    assert TEXT.done not in before
    assert "Compose the texts" in before
    assert "It waits for its turn." in meanwhile


def test_composed_texts_are_listed_as_those_of_a_short_report(
    editor: CheckedClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = text_of(editor.get(address(desk)))
    monkeypatch.setattr("tracker.queries.kept_compositions.MOST_AT_ONCE", 0)
    compose(editor, desk)

    kept = text_of(editor.get(address(desk)))

    assert "Compose the texts anew" in kept
    assert kept.endswith(short[short.index("All (") :])


def test_a_wording_is_shown_at_once_in_what_was_composed_before(
    editor: CheckedClient, long: Desk
) -> None:
    compose(editor, long)

    word(editor, long, WORDING)

    assert WORDING in text_of(editor.get(address(long)))
    assert "Edited: Edgar Editor" in text_of(editor.get(address(long, show="edited")))
    assert WORDING in text_of(editor.get(address(long, done_key(long))))


def test_a_text_without_a_place_is_put_behind_a_wording_that_came_since(
    editor: CheckedClient, lost: str, long: Desk
) -> None:
    place = f"/reports/{long.period_id}/unplaced/{lost}"
    compose(editor, long)
    word(editor, long, WORDING)
    page = text_of(editor.get(place))
    number = page[: page.index(f". What was done. {WORDING}")].split()[-1]

    submit(editor, editor.get(place), {"act": "put", "paragraph": number})

    shown = text_of(editor.get(address(long, done_key(long))))
    assert f"{WORDING} A third mission" in shown


def test_a_long_report_is_translated_in_parts(editor: CheckedClient, long: Desk) -> None:
    base = f"/reports/{long.period_id}/translation"
    page = editor.get(f"{base}?language=es")
    refused = editor.get(f"{base}/file?language=es")
    part = editor.get(f"{base}?language=es&scope=resolution-1")

    assert f"{base}?language=es&amp;scope=resolution-1" in page.text
    assert refused.status_code == 409
    assert "Still to be translated" in text_of(part)
    assert "scope=resolution-1" in part.text


def test_what_a_number_stands_on_is_not_composed_of_a_long_report(
    editor: CheckedClient, long: Desk
) -> None:
    answer = editor.get(f"/reports/{long.period_id}/sources/{done_key(long)}")

    assert answer.status_code == 409
    assert "Generate a draft" in text_of(answer)


def test_passages_are_found_in_a_file_as_in_the_document(desk: Desk, tmp_path: Path) -> None:
    with desk.parts.database.reading() as session:
        request = EditionRequest(desk.period_id, "en", "The Office", clock.today("UTC"))
        composed = ComposedPassages(compose_edition(session, request).document)
    write_passages(composed, tmp_path / "passages")
    kept = KeptPassages(tmp_path / "passages")
    every = composed.from_place(0, composed.count)
    keys = {passage.key for passage in every[::2]} | {"mandate0.done.1"}
    scope = done_key(desk).partition(".")[0]

    assert kept.from_place(0, kept.count) == every
    assert kept.from_place(1, 3) == every[1:4]
    assert kept.with_keys(keys) == every[::2]
    assert kept.of_scope(scope) == composed.of_scope(scope) != []
    numbers = range(-1, len(every) + 3)
    assert [kept.with_number(n) for n in numbers] == [composed.with_number(n) for n in numbers]
    assert (kept.word_count, kept.original_language) == (composed.word_count, "en")
