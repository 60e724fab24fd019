"""The chapter on technical cooperation and the lists of the annex: what stands where, and sums."""

from dataclasses import replace
from decimal import Decimal

from tests.writing.biennial_report.example import make_activity, make_content
from tracker.domain.activities import Category, Deliverable
from tracker.domain.biennial_report import FIXED_TEXTS, ReportDocument, compose
from tracker.domain.biennial_report.blocks import Heading, Table
from tracker.domain.biennial_report.content import ReportFund, ReportPaper

PROJECT = make_activity(
    "Plans for the ocean economy",
    activity_id=1,
    deliverable=Deliverable.PROJECT,
    countries=("Ecuador", "Barbados"),
    funds=(
        ReportFund(is_regular=False, donor="Portugal", budget=Decimal(900)),
        ReportFund(is_regular=True, budget=Decimal(100), expenditure=Decimal(80)),
    ),
    is_good_practice=True,
    adopters=("Barbados",),
    results=("Two plans were adopted.",),
    papers=(ReportPaper("Guide to plans", "CIS/TS.7"), ReportPaper("Leaflet")),
)
MISSION = make_activity(
    "Advice on ferries",
    activity_id=2,
    category=Category.SUBSTANTIVE,
    deliverable=Deliverable.ADVISORY_MISSION,
    subprogramme="Transport",
    countries=("Barbados",),
    funds=(
        ReportFund(
            is_regular=False, donor="Portugal", budget=Decimal(50), expenditure=Decimal("20.5")
        ),
    ),
)
STUDY = make_activity("The cost of fish", activity_id=3, deliverable=Deliverable.PUBLICATION)


def document_of(*activities: object) -> ReportDocument:
    return compose(make_content(activities=activities), FIXED_TEXTS)


def table_called(document: ReportDocument, caption: str) -> Table:
    tables = (block for block in document.blocks if isinstance(block, Table))
    return next(table for table in tables if table.caption.startswith(caption))


def headings_of(document: ReportDocument, level: int) -> list[str]:
    return [
        f"{block.label} {block.text}".strip()
        for block in document.blocks
        if isinstance(block, Heading) and block.level == level
    ]


def test_each_country_shows_what_was_carried_out_with_it() -> None:
    table = table_called(document_of(PROJECT, MISSION, STUDY), "Projects, courses and missions")

    assert table.rows == (("Barbados", "1", "0", "1", "2"), ("Ecuador", "1", "0", "0", "1"))
    assert table.tallies[0, 4].rows == (1, 2)
    assert table.tallies[0, 2].rows == ()


def test_funds_are_added_up_by_source_the_regular_budget_first() -> None:
    table = table_called(document_of(PROJECT, MISSION, STUDY), "Budget and expenditure")

    assert table.rows == (
        ("Regular budget", "1", "100.00", "80.00"),
        ("Extrabudgetary: Portugal", "2", "950.00", "20.50"),
        ("Total", "2", "1,050.00", "100.50"),
    )
    assert table.tallies[1, 1].rows == (1, 2)


def test_cents_are_printed_only_where_an_amount_has_some() -> None:
    table = table_called(document_of(PROJECT), "Budget and expenditure")

    assert [row[2:] for row in table.rows] == [("100", "80"), ("900", "–"), ("1,000", "80")]


def test_quantities_are_added_up_by_subprogramme_and_deliverable() -> None:
    table = table_called(document_of(PROJECT, MISSION, STUDY), "Activities by subprogramme")

    assert [(row[0], *row[3:]) for row in table.rows] == [
        ("Natural resources", "2", "6", "5"),
        ("Transport", "1", "3", "2.5"),
    ]


def test_a_good_practice_stands_in_a_box_with_who_took_it_up() -> None:
    document = document_of(PROJECT, MISSION)
    box = table_called(document, "Plans for the ocean economy")

    assert box.label == "Box\N{NO-BREAK SPACE}1"
    assert ("Taken up by", "Barbados") in box.rows
    assert ("Results", "Two plans were adopted.") in box.rows


def test_results_stand_one_after_the_other_as_sentences() -> None:
    practice = replace(PROJECT, results=("Two plans were adopted.", "Three ports joined"))
    box = table_called(document_of(practice), "Plans for the ocean economy")

    assert ("Results", "Two plans were adopted. Three ports joined.") in box.rows


def test_results_in_another_language_stand_in_no_box() -> None:
    content = make_content(activities=(PROJECT,), language="es", original_language="en")
    box = table_called(compose(content, FIXED_TEXTS), "Plans for the ocean economy")

    assert "Two plans were adopted." not in str(box.rows)


def test_the_chapter_is_left_out_where_there_is_nothing_to_tell() -> None:
    document = document_of(make_activity("Fourth annual meeting"))

    assert not [name for name in headings_of(document, 1) if "Technical cooperation" in name]


def test_sections_without_anything_are_left_out_and_the_others_numbered_on() -> None:
    document = document_of(MISSION)

    assert [name for name in headings_of(document, 2) if name.startswith(("A.", "B.", "C."))][
        -3:
    ] == [
        "A. Technical cooperation by country",
        "B. Activities by subprogramme",
        "C. Expenditure by source of funds",
    ]
    assert "Good practices" not in str(headings_of(document, 2))


def test_the_annex_lists_missions_documents_and_the_rest_apart() -> None:
    document = document_of(PROJECT, MISSION, STUDY)

    assert headings_of(document, 2)[-4:] == [
        "Projects and other activities",
        "Missions",
        "Documents and publications",
        "Documents of activities",
    ]
    assert table_called(document, "Documents of activities").rows == (
        ("CIS/TS.7", "Guide to plans", "Plans for the ocean economy"),
        ("–", "Leaflet", "Plans for the ocean economy"),
    )
