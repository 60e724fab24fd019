"""Names that stand in lists, tables and boxes of the report, and what they are in its languages."""

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.blocks import Table
from tracker.domain.biennial_report.content import ReportFund, ReportPaper
from tracker.domain.biennial_report.printed_names import (
    are_known,
    is_name_key,
    name_digest,
    name_key,
    printed_names,
    with_names,
)
from tracker.domain.biennial_report.translations import translation_units

LEAD = "Office for Seas"
RESULT = "Two plans were adopted."


def content_in(language: str) -> ReportContent:
    practice = make_activity(
        activity_id=1,
        partners=("Port Union", "Port  Union"),
        donors=("Government of Peru",),
        funds=(ReportFund(is_regular=False, donor="Government of Peru"),),
        papers=(ReportPaper("Guide", "CIS/1"),),
        is_good_practice=True,
        adopters=("Port Union",),
        results=(RESULT,),
    )
    return make_content(
        language=language,
        resolutions=(make_resolution(make_mandate(joint_lead=LEAD)),),
        activities=(practice,),
    )


def known(*names: str) -> dict[str, str]:
    return {name_digest(name): f"ES {name}" for name in names}


def cells_of(content: ReportContent) -> set[str]:
    tables = [block for block in compose(content, {}).blocks if isinstance(block, Table)]
    return {cell for table in tables for row in table.rows for cell in row if isinstance(cell, str)}


def test_each_name_goes_out_once_under_a_key_of_its_own() -> None:
    names = printed_names(content_in("en"), "en")

    units = translation_units(compose(content_in("en"), {}), (), {}, names=names)[-len(names) :]

    assert names == (LEAD, "Port Union", "Government of Peru", "Guide", RESULT)
    assert [unit.key for unit in units] == [name_key(name) for name in names]
    assert all(is_name_key(unit.key) and unit.is_name for unit in units)


def test_names_of_activities_in_another_language_do_not_go_out() -> None:
    assert printed_names(content_in("en"), "fr") == ()


def test_translated_names_stand_wherever_the_document_prints_them() -> None:
    names = printed_names(content_in("en"), "en")

    cells = cells_of(with_names(content_in("es"), known(*names)))

    assert {"ES Port Union", "ES Government of Peru", "ES Guide", f"ES {RESULT}"} <= cells
    assert "Port Union" not in " ".join(cells).replace("ES Port Union", "")
    assert any(f"ES {LEAD}" in cell for cell in cells)


def test_results_are_left_out_while_one_is_not_translated() -> None:
    cells = cells_of(with_names(content_in("es"), known("Port Union")))

    assert RESULT not in cells
    assert "ES Port Union" in cells


def test_names_are_wanting_while_one_is_not_translated() -> None:
    content = with_names(content_in("es"), {})

    assert content.original_names == printed_names(content_in("en"), "en")
    assert are_known(content.original_names, known(*content.original_names))
    assert not are_known(content.original_names, known("Port Union"))
