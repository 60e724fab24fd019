"""Each type of document has its own front matter and order; a scope is named where it begins."""

from dataclasses import replace
from datetime import date

import pytest

from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import ReportContent, ReportDocument, compose
from tracker.domain.biennial_report.blocks import Cover, Paragraph, Passage
from tracker.domain.biennial_report.layouts import (
    WHOLE,
    DocumentType,
    Scope,
    ScopeKind,
    parse_scope,
)


def document_of(**changes: object) -> ReportDocument:
    return compose(replace(make_content(), **changes), {})  # type: ignore[arg-type] # by name


def cover(document: ReportDocument) -> Cover:
    return next(block for block in document.blocks if isinstance(block, Cover))


def passage(document: ReportDocument, key: str) -> Passage:
    return next(each for each in document.passages if each.key == key)


@pytest.mark.parametrize(
    ("document_type", "chapters"),
    [
        (DocumentType.COUNCIL, ["I. Introduction", "II. Overview", "III. Activities by category",
                                "IV. Implementation by resolution and paragraph",
                                "Annex Decisions and their implementation"]),
        (DocumentType.INTERIM, ["I. Introduction", "II. Overview",
                                "III. Implementation by resolution and paragraph",
                                "Annex Decisions and their implementation"]),
    ],
)  # fmt: skip
def test_each_type_has_its_own_order_of_sections(
    document_type: DocumentType, chapters: list[str]
) -> None:
    document = document_of(document_type=document_type)

    assert [
        f"{heading.label} {heading.text}".replace("\u00a0", " ")
        for heading in document.headings
        if heading.level == 1
    ] == chapters


def test_the_introduction_names_the_chapters_that_are_there() -> None:
    order = passage(document_of(document_type=DocumentType.COUNCIL), "introduction.order.1").text

    assert order.startswith("Chapter II gives an overview in figures. Chapter III presents the")
    assert "The annex lists each paragraph" in order
    assert "Annex I" not in order


def test_the_annex_leads_to_the_paragraphs_wherever_their_chapter_stands() -> None:
    document = document_of(document_type=DocumentType.COUNCIL)

    first = next(
        block
        for block in document.blocks
        if isinstance(block, Paragraph) and block.passage.startswith("mandate")
    )
    assert f"'{first.anchor}'" in repr(document.blocks)


@pytest.mark.parametrize(
    ("document_type", "title", "subtitle"),
    [
        (
            DocumentType.SESSION,
            "Report on the implementation of mandates and on activities, 2024–2025",
            "Note by the secretariat",
        ),
        (DocumentType.COUNCIL, "Report of the commission to its parent body, 2024–2025", ""),
        (
            DocumentType.INTERIM,
            "Interim report on the implementation of mandates, 2024–2025",
            "Note by the secretariat",
        ),
    ],
)
def test_each_type_has_its_own_front_matter(
    document_type: DocumentType, title: str, subtitle: str
) -> None:
    document = document_of(document_type=document_type)

    assert document.title == title
    assert cover(document).subtitle == subtitle


def test_a_commission_reports_under_its_own_name() -> None:
    content = make_content()

    own = cover(document_of(document_type=DocumentType.COUNCIL))
    assert (own.entity, own.session, own.place_and_dates) == (content.body_name, None, None)
    assert cover(document_of()).entity == content.entity_name


def test_a_period_that_is_no_span_of_years_is_named_by_its_days() -> None:
    document = document_of(
        period_name="From the twenty-third session",
        starts_on=date(1990, 5, 12),
        ends_on=date(1992, 4, 15),
    )

    assert document.title.replace("\u00a0", " ").endswith(", 12 May 1990 – 15 April 1992")


def test_a_part_says_what_it_is_limited_to() -> None:
    document = document_of(scope_kind=ScopeKind.UNIT, scope_name="Statistics Division")

    assert document.title.endswith(": Statistics Division")
    assert "limited to the work of one organizational unit: Statistics Division." in (
        passage(document, "introduction.purpose.1").text
    )


def worded(over: str, **changes: object) -> ReportContent:
    return replace(
        make_content(),
        editorial={"overview.mandates.1": "Ours."},
        editorial_over={"overview.mandates.1": over},
        **changes,  # type: ignore[arg-type] # by name
    )


def test_a_wording_of_the_whole_report_holds_in_a_part_only_where_it_says_the_same() -> None:
    composed = passage(document_of(), "overview.mandates.1").composed
    of_unit = {"scope_kind": ScopeKind.UNIT, "scope_name": "Statistics Division"}

    same = compose(worded(composed, **of_unit), {})
    other = compose(worded("One mandate.", **of_unit), {})
    whole = compose(worded("One mandate."), {})

    texts = [passage(each, "overview.mandates.1").text for each in (same, other, whole)]
    assert texts == ["Ours.", composed, "Ours."]


def test_a_part_does_not_come_back_as_an_edited_copy() -> None:
    marked = {"is_draft": True, "period_id": 3}

    assert document_of(**marked).copy_mark
    assert not document_of(**marked, document_type=DocumentType.INTERIM).copy_mark


@pytest.mark.parametrize("scope", [WHOLE, Scope(ScopeKind.UNIT, 3), Scope(ScopeKind.RESOLUTION, 7)])
def test_a_scope_is_read_as_it_is_written(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


@pytest.mark.parametrize("words", ["", "unit", "unit-", "unit-x", "unit-²", "house-3"])
def test_other_words_are_no_scope(words: str) -> None:
    assert parse_scope(words) is None
