"""What the records changed since a draft: texts that came late, figures that were corrected."""

from dataclasses import replace
from decimal import Decimal

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.late_changes import LateChange, late_changes
from tracker.reading.edited_report import read_edited_report
from tracker.writing.biennial_report import word

FIRST = make_mandate("1", mandate_id=1)
DRAFT = make_content(
    period_id=1,
    is_draft=True,
    asked_report_ids=(1, 2),
    resolutions=(make_resolution(FIRST),),
    activities=(make_activity("Course", activity_id=1, actual=Decimal(4)),),
)


def changes(now: ReportContent, accepted: dict[str, str] | None = None) -> list[LateChange]:
    copy = read_edited_report(word.write(compose(DRAFT, {})))
    return list(late_changes(copy, compose(now, {}), accepted or {}))


def test_nothing_has_changed_right_after_the_draft() -> None:
    assert changes(DRAFT) == []


def test_a_late_text_and_a_corrected_quantity_are_told_one_by_one() -> None:
    late = replace(FIRST, done="Three annual meetings were convened.")
    course = make_activity("Course", activity_id=1, actual=Decimal(6))

    found = changes(replace(DRAFT, resolutions=(make_resolution(late),), activities=(course,)))

    texts = [change for change in found if not change.is_row]
    assert [change.after for change in texts] == ["Three annual meetings were convened."]
    assert texts[0].before == FIRST.done
    rows = [change.after for change in found if change.is_row and change.after[:6] == "Course"]
    assert len(rows) == 1
    assert " | 6" in rows[0]


def test_what_was_accepted_is_told_no_more_until_it_changes_again() -> None:
    late = replace(DRAFT, resolutions=(make_resolution(replace(FIRST, done="Three.")),))
    key = changes(late)[0].key

    assert changes(late, {key: "Three."}) == []
    assert changes(late, {key: "Two."}) == changes(late)


def test_a_passage_that_the_editor_worded_is_not_among_them() -> None:
    late = replace(DRAFT, resolutions=(make_resolution(replace(FIRST, done="Three.")),))
    key = changes(late)[0].key

    assert changes(replace(late, editorial={key: "The editor's words."})) == []
