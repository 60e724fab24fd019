"""Two editions side by side: passages that changed, came and went, and numbers that differ."""

from dataclasses import replace
from decimal import Decimal

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.comparison import (
    ComparedTally,
    EditionsCompared,
    Fate,
    compare_records,
    in_chapters,
)
from tracker.domain.biennial_report.records import EditionRecord, record_of
from tracker.domain.mandates import Implementation

FIRST = make_mandate("1", mandate_id=1, revision_id=1, results="An index.")
SECOND = make_mandate("2", mandate_id=2, revision_id=2, status=Implementation.IN_PROGRESS)
COURSE = make_activity("Course", activity_id=1, actual=Decimal(4), description=None)


def content(*mandates: object, **changes: object) -> ReportContent:
    return make_content(
        resolutions=(make_resolution(mandates=mandates, instrument_id=1),),
        **{"activities": (COURSE,), **changes},
    )


def record(told: ReportContent) -> EditionRecord:
    return record_of(compose(told, {}), told)


def compared(before: ReportContent, after: ReportContent) -> EditionsCompared:
    return compare_records(record(before), record(after))


def fates(found: EditionsCompared) -> dict[str, Fate]:
    return {each.shown.key: each.fate for each in found.passages if each.fate is not Fate.SAME}


def number(found: EditionsCompared, key: str) -> ComparedTally:
    return next(each for each in found.tallies if each.shown.tally.key == key)


def test_an_edition_beside_itself_is_the_same() -> None:
    found = compared(content(FIRST, SECOND), content(FIRST, SECOND))

    assert fates(found) == {}
    assert not any(tally.has_changed for tally in found.tallies)


def test_each_passage_is_the_same_changed_added_or_gone() -> None:
    later = replace(
        FIRST, done="Three meetings were convened.", results=None, next_steps="A study."
    )

    found = fates(compared(content(FIRST), content(later)))

    assert found == {
        "mandate1.done.1": Fate.CHANGED,
        "mandate1.results.1": Fate.GONE,
        "mandate1.next_steps.1": Fate.ADDED,
    }


def test_a_passage_is_known_again_whatever_number_its_paragraph_gets() -> None:
    found = compared(content(SECOND), content(FIRST, SECOND))

    done = next(each for each in found.passages if each.shown.key == "mandate2.done.1")
    assert done.fate is Fate.SAME
    assert done.before is not None
    assert done.after is not None
    assert done.before.number != done.after.number


def test_what_is_gone_stands_where_it_was() -> None:
    keys = [each.shown.key for each in compared(content(FIRST, SECOND), content(SECOND)).passages]

    assert keys.index("mandate1.done.1") < keys.index("mandate2.done.1")
    assert len(set(keys)) == len(keys)


def test_numbers_are_told_with_their_difference() -> None:
    longer = replace(COURSE, actual=Decimal("6.5"))

    found = compared(content(FIRST), content(FIRST, SECOND, activities=(longer,)))

    assert number(found, "overview.mandates").difference == 1
    assert number(found, "categoryB.activity1.actual").difference == Decimal("2.5")
    assert not number(found, "categoryB.activity1.planned").has_changed


def test_a_status_of_implementation_is_compared_as_a_word() -> None:
    done = replace(SECOND, status=Implementation.COMPLETED)

    status = number(compared(content(SECOND), content(done)), "annex.mandate2.status")

    assert status.is_status
    assert status.has_changed
    assert status.difference is None


def test_of_editions_in_two_languages_only_the_numbers_are_compared() -> None:
    found = compared(content(FIRST), content(FIRST, SECOND, language="es"))

    assert found.passages == ()
    assert number(found, "overview.mandates").difference == 1


def told(key: str, heading: str) -> Passage:
    return Passage(key, key, key, heading)


def test_a_chapter_holds_its_paragraphs_and_what_is_gone_from_it() -> None:
    ports, trade = "B. Resolution 1: Ports – Harbours", "C. Resolution 2: Trade"
    before = EditionRecord(
        "en",
        (
            told("opening", "A. Resolution 1: Ports – Harbours"),
            told("gone", "A. Resolution 1: Ports – Harbours – Paragraph 1"),
            told("trade", "B. Resolution 2: Trade – Paragraph 4"),
        ),
    )
    after = EditionRecord(
        "en",
        (
            told("introduction", "I. Introduction"),
            told("opening", ports),
            told("new", f"{ports} – Paragraph 2"),
            told("trade", f"{trade} – Paragraph 4"),
        ),
    )

    chapters = in_chapters(compare_records(before, after).passages)

    assert [(name, [each.shown.key for each in passages]) for name, passages in chapters] == [
        ("I. Introduction", ["introduction"]),
        (ports, ["opening", "gone", "new"]),
        (trade, ["trade"]),
    ]
