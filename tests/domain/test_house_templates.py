"""The template of a body: its front matter stands in the report, its sections in their order."""

from dataclasses import replace

import pytest

from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import ReportDocument, compose
from tracker.domain.biennial_report.blocks import Cover
from tracker.domain.biennial_report.house_templates import HouseTemplate, delivered, ordered
from tracker.domain.biennial_report.layouts import LAYOUTS, DocumentType, Section
from tracker.domain.errors import Invalid

AS_DELIVERED = {
    Section.INTRODUCTION: 1,
    Section.OVERVIEW: 2,
    Section.IMPLEMENTATION: 3,
    Section.ACTIVITIES: 4,
    Section.DECISIONS: 1,
    Section.LIST: 2,
}


def document_of(*sections: Section, **front: str) -> ReportDocument:
    template = HouseTemplate(sections or LAYOUTS[DocumentType.SESSION])
    return compose(replace(make_content(), template=template, front=front), {})


def heads(document: ReportDocument) -> list[str]:
    return [
        f"{heading.label} {heading.text}".replace("\u00a0", " ")
        for heading in document.headings
        if heading.level == 1
    ]


def test_sections_stand_in_the_order_of_the_template_and_are_numbered_by_it() -> None:
    document = document_of(Section.ACTIVITIES, Section.IMPLEMENTATION, Section.LIST)

    assert heads(document) == [
        "I. Activities by category",
        "II. Implementation by resolution and paragraph",
        "Annex List of activities",
    ]


def test_an_introduction_alone_tells_of_no_further_chapters() -> None:
    document = document_of(Section.INTRODUCTION)

    assert [passage.key for passage in document.passages] == [
        "introduction.purpose.1",
        "introduction.basis.1",
    ]


def test_own_front_matter_stands_on_the_cover_and_in_the_introduction() -> None:
    front = {
        "title": "Follow-up to resolutions",
        "subtitle": "",
        "note": "Submitted under resolution 12(III).",
        "distribution": "LIMITED",
        "heading": "Purpose",
        "opening": "The Commission asked for this report.",
        "purpose": "It covers the biennium.",
        "basis": "Divisions wrote it.",
    }

    document = document_of(**front)

    cover = next(block for block in document.blocks if isinstance(block, Cover))
    assert document.title == cover.title == front["title"]
    assert (cover.subtitle, cover.distribution) == ("", "LIMITED")
    assert cover.notices[0] == front["note"]
    assert heads(document)[0] == "I. Purpose"
    texts = {passage.key: passage.text for passage in document.passages}
    assert [texts[f"introduction.{name}.1"] for name in ("opening", "purpose", "basis")] == [
        front["opening"],
        front["purpose"],
        front["basis"],
    ]


def test_the_template_as_delivered_changes_nothing() -> None:
    content = make_content()

    assert compose(replace(content, template=delivered(content.document_type)), {}) == compose(
        content, {}
    )


def test_places_order_chapters_before_annexes() -> None:
    places = AS_DELIVERED | {Section.OVERVIEW: 0, Section.ACTIVITIES: 2}

    assert ordered(places) == (
        Section.INTRODUCTION,
        Section.ACTIVITIES,
        Section.IMPLEMENTATION,
        Section.DECISIONS,
        Section.LIST,
    )


@pytest.mark.parametrize(
    ("places", "field", "words"),
    [
        ({Section.OVERVIEW: 1}, "section_overview", "Two sections have the place 1"),
        (
            dict.fromkeys(Section, 0) | {Section.LIST: 1},
            "section_introduction",
            "No chapter is left",
        ),
        ({Section.IMPLEMENTATION: 0}, "section_decisions", "names the paragraphs of the chapter"),
    ],
)
def test_an_order_that_cannot_be_is_refused_where_it_stands(
    places: dict[Section, int], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        ordered(AS_DELIVERED | places)

    assert refusal.value.field == field


def test_what_a_template_leaves_out_of_a_type_is_told() -> None:
    template = HouseTemplate((Section.INTRODUCTION, Section.IMPLEMENTATION, Section.LIST))

    assert template.left_out(DocumentType.INTERIM) == (Section.OVERVIEW, Section.DECISIONS)


COOPERATION, LIST = Section.COOPERATION, Section.LIST
KNOWN = [each for each in Section if each not in (COOPERATION, LIST)]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (
            (Section.ACTIVITIES, Section.OVERVIEW, Section.DECISIONS),
            (Section.ACTIVITIES, COOPERATION, Section.OVERVIEW, Section.DECISIONS, LIST),
        ),
        (
            (Section.OVERVIEW, Section.INTRODUCTION),
            (Section.OVERVIEW, COOPERATION, Section.INTRODUCTION, LIST),
        ),
    ],
)
def test_sections_that_came_later_stand_in_their_usual_place(
    stored: tuple[Section, ...], expected: tuple[Section, ...]
) -> None:
    told = HouseTemplate(stored).told_of_new(KNOWN, DocumentType.SESSION)

    assert (told.sections, told.new) == (expected, (COOPERATION, LIST))


def test_what_was_known_and_left_out_stays_out() -> None:
    template = HouseTemplate((Section.INTRODUCTION,))

    assert template.told_of_new(list(Section), DocumentType.SESSION) == template


def test_a_section_that_the_type_has_not_is_not_new_in_it() -> None:
    told = HouseTemplate((Section.INTRODUCTION,)).told_of_new(KNOWN, DocumentType.INTERIM)

    assert told.new == ()


def test_an_annex_by_itself_has_no_number_and_the_introduction_says_so() -> None:
    document = document_of(Section.INTRODUCTION, Section.IMPLEMENTATION, Section.DECISIONS)

    (order,) = [each.text for each in document.passages if each.key == "introduction.order.1"]
    assert "The annex lists each paragraph" in order
    assert heads(document)[-1] == "Annex Decisions and their implementation"
