"""Two long editions side by side: compared in the background, shown part by part."""

import string
from collections.abc import Iterator
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select, update

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.visitors import submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tests.web.test_page_bytes import MOST_BYTES
from tracker import clock
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.records import EditionRecord, PlacedTally, written_record
from tracker.domain.biennial_report.tallies import Counted, Tally
from tracker.jobs.tasks import run_task
from tracker.models.biennial_reports import ReportEdition
from tracker.models.people import Person
from tracker.services.background_tasks import claim_task

RESOLUTIONS = 90
LETTERS = string.ascii_letters
PLACE = "/reports/compare?before=1&after=2"
WORDS = "consultations were held with the bodies that work on “ports” & harbours, "


def run_the_task(desk: Desk) -> None:
    with desk.parts.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        task_id = task.id
    run_task(desk.parts, task_id)


def record(what: str, *, gone: frozenset[int] = frozenset()) -> EditionRecord:
    """Return what an edition says of many resolutions, every tenth the same whatever ``what``."""
    return EditionRecord(
        language="en",
        passages=tuple(
            passage
            for number in range(RESOLUTIONS)
            if number not in gone
            for passage in passages(number, "the same" if number % 10 == 0 else what)
        ),
        tallies=tuple(tally(number, what) for number in range(600)),
    )


def passages(resolution: int, what: str) -> Iterator[Passage]:
    heading = f"A. Resolution {resolution}: Ports – Trade"
    # One resolution fills several pages by itself.
    paragraphs = 150 if resolution == 7 else 3
    yield Passage(f"resolution{resolution}.opening.1", "", "It is about ports.", heading)
    for number in range(paragraphs):
        key = f"mandate{resolution}x{number}.done.1"
        text = f"In {key} {what}: {WORDS * 8}{what}."
        yield Passage(key, text, text, f"{heading} – Paragraph {number}", "What was done", number)


def tally(number: int, what: str) -> PlacedTally:
    rows = tuple(range(number + len(what)))
    counted = Tally(f"table.{number}", str(len(rows)), Counted.REPORTS, rows)
    if number % 2:
        counted = Tally(f"annex.mandate{number}.status", what, Counted.REPORTS, rows)
    return PlacedTally(counted, "Table 2. Mandates by resolution", (f"Ports and trade {number}",))


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Keep two very long editions."""
    with arranging(), desk.parts.database.transaction() as session:
        for number, told in enumerate(
            (record("one mission"), record("three missions", gone=frozenset({5, 6}))), start=1
        ):
            session.add(
                ReportEdition(
                    period_id=desk.period_id,
                    number=number,
                    language="en",
                    created_at=clock.now() + timedelta(seconds=number),
                    created_by_id=desk.house.editor.person_id,
                    record_digest=desk.parts.files.keep(written_record(told)),
                )
            )
    return desk


@pytest.fixture
def apart(two: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Let no two editions be short enough for a page."""
    monkeypatch.setattr("tracker.queries.kept_comparisons.MOST_AT_ONCE", -1)
    return two


def stretches(editor: CheckedClient, place: str) -> Iterator[str]:
    """Yield a page, the next one, and so on to the last."""
    following: str | None = place
    while following:
        page = editor.get(following).text
        yield page
        ways = html.document_fromstring(page).xpath("//a[@rel='next']/@href")
        following = str(ways[0]) if ways else None


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_a_very_long_comparison_is_heavy(
    editor: CheckedClient, two: Desk, language: str
) -> None:
    with arranging(), two.parts.database.transaction() as session:
        session.execute(update(Person).values(language=language))

    views = ("", "&part=8", "&numbers=numbers", "&numbers=statuses", "&show=same")
    pages = [page for view in views for page in stretches(editor, f"{PLACE}{view}")]

    sizes = [len(page.encode()) for page in pages]
    assert [size for size in sizes if size >= MOST_BYTES] == []
    assert sum(size > MOST_BYTES // 2 for size in sizes) > len(views)
    assert len(pages) > 2 * len(views)


def parts(editor: CheckedClient, place: str) -> dict[str, tuple[str, list[int]]]:
    """Return the listed parts by name: where each leads, and what became of how many passages."""
    listed = dict[str, tuple[str, list[int]]]()
    for page in stretches(editor, place):
        for row in html.document_fromstring(page).xpath("//tr[.//a[contains(@href, 'part=')]]"):
            (link,) = row.xpath(".//a")
            counts = [int(cell.text_content().lstrip(LETTERS)) for cell in row.xpath("./td")]
            listed[link.text_content()] = (link.get("href").partition("#")[0], counts)
    return listed


def test_each_part_says_how_many_of_its_passages_differ_and_empty_ones_are_left_out(
    editor: CheckedClient, two: Desk
) -> None:
    listed = parts(editor, PLACE)

    assert len(listed) == RESOLUTIONS - RESOLUTIONS // 10
    assert listed["A. Resolution 1: Ports – Trade"][1] == [3, 0, 0]
    assert listed["A. Resolution 5: Ports – Trade"][1] == [0, 0, 4]
    assert listed["A. Resolution 7: Ports – Trade"][1] == [150, 0, 0]
    assert "A. Resolution 10: Ports – Trade" not in listed


def test_a_part_shows_each_of_its_passages_once(editor: CheckedClient, two: Desk) -> None:
    place, _counts = parts(editor, PLACE)["A. Resolution 7: Ports – Trade"]
    pages = list(stretches(editor, place))
    headings = [
        heading.text_content()
        for page in pages
        for heading in html.document_fromstring(page).xpath("//section/h3")
    ]

    heading = "A. Resolution 7: Ports – Trade – Paragraph"
    assert headings == [f"{heading} {number}" for number in range(150)]
    assert "Next part:" in pages[-1]
    assert "A. Resolution 8: Ports – Trade" in pages[-1]


def test_long_editions_are_compared_when_somebody_asks(
    editor: CheckedClient, apart: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_of(editor.get(PLACE))
    submit(editor, editor.get(PLACE), to="/reports/compare")
    meanwhile = text_of(editor.get(PLACE))
    run_the_task(apart)

    kept = text_of(editor.get(PLACE))

    assert "compared in the background" in before
    assert "It waits for its turn." in meanwhile
    monkeypatch.undo()
    assert kept == text_of(editor.get(PLACE))
    assert "597 passages of the text differ" not in before


def test_an_edition_of_which_nothing_was_kept_is_not_compared(
    editor: CheckedClient, apart: Desk
) -> None:
    with arranging(), apart.parts.database.transaction() as session:
        session.scalars(select(ReportEdition)).first().record_digest = None  # type: ignore[union-attr] # there are two

    assert "One of the two was made before" in text_of(editor.get(PLACE))
    assert editor.post(PLACE, data=token(editor)).status_code == 404


def token(editor: CheckedClient) -> dict[str, str]:
    page = html.document_fromstring(editor.get("/reports/compare?before=1&after=1").text)
    found = page.xpath("//input[@name='csrf_token']/@value")
    return {"csrf_token": str(found[0])} if found else {}
