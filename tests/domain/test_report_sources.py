"""The annex of sources: what paragraphs and numbers stand on, and who approved it."""

from datetime import date

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.biennial_report import Clearance, ReportDocument, compose
from tracker.domain.biennial_report.blocks import Cover, Link, Table
from tracker.domain.biennial_report.sources import ROWS_NAMED

CLEARANCES = {
    revision_id: Clearance(2, "Mona Manager", date(2026, 1, 21)) for revision_id in range(1, 200)
}


def with_sources(**changes: object) -> ReportDocument:
    return compose(make_content(is_draft=True, clearances=CLEARANCES, **changes), {})


def annex_tables(document: ReportDocument) -> tuple[Table, Table]:
    found = [block for block in document.blocks if isinstance(block, Table)]
    return found[-2], found[-1]


def spaced(text: object) -> str:
    return str(text).replace("\u00a0", " ").replace("\u2060", "")


def test_each_approved_text_is_listed_with_the_paragraphs_that_stand_on_it() -> None:
    reports, _ = annex_tables(with_sources())

    reference, paragraphs, period, number, by, on = reports.rows[0]

    assert spaced(reference) == "12(III), para. 5(a)"
    assert isinstance(paragraphs, Link)
    assert spaced(paragraphs.text) == "9–12"
    assert [spaced(each) for each in (period, number, by, on)] == [
        "2024–2025",
        "2",
        "Mona Manager",
        "21 January 2026",
    ]
    assert len(reports.rows) == 4


def test_each_number_is_listed_with_what_it_counts() -> None:
    _, numbers = annex_tables(with_sources())

    told = {spaced(place): spaced(counts) for place, _, counts in numbers.rows}

    assert told["Table 1: Completed, Mandates, Per cent"] == "12(III), para. 5(b)"
    assert told["Table 1: Total, Mandates"] == "All progress reports in Table 8"
    assert told["Table 3: Total, Activities"] == "All activities in Table 7"


def test_of_a_number_that_counts_very_many_rows_the_first_are_named() -> None:
    many = tuple(
        make_mandate(str(number), revision_id=number, reference=f"1(I), para. {number}")
        for number in range(1, ROWS_NAMED + 11)
    )
    other = make_resolution(make_mandate(revision_id=199), symbol="2 (II)")
    _, numbers = annex_tables(with_sources(resolutions=(make_resolution(*many), other)))

    longest = max((spaced(counts) for _, _, counts in numbers.rows), key=len)

    assert longest.count(";") == ROWS_NAMED
    assert longest.endswith("; and 10 more")


def test_the_cover_and_the_contents_tell_of_the_annex() -> None:
    document = with_sources()

    cover = next(block for block in document.blocks if isinstance(block, Cover))
    assert "within the secretariat only" in cover.notices[-1]
    assert "Sources" in [heading.text for heading in document.headings]


def test_nobody_is_named_where_no_annex_is_wanted() -> None:
    document = compose(make_content(is_draft=True), {})

    assert not document.has_sources
    assert "Sources" not in [heading.text for heading in document.headings]


def test_an_activity_outside_the_period_is_named_as_the_mandate_names_it() -> None:
    mandate = make_mandate(activities=("An earlier meeting",), activity_ids=(44,))
    _, numbers = annex_tables(
        with_sources(
            resolutions=(make_resolution(mandate),), activities=(make_activity(activity_id=1),)
        )
    )

    assert "An earlier meeting" in [counts for _, _, counts in numbers.rows]
