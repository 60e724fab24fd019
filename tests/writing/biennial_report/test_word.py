"""The report as a Word file: real styles, real numbering, nothing hidden, the same bytes twice."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from tests.writing.biennial_report.example import (
    NASTY,
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
    nasty_content,
)
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.blocks import Heading, Paragraph
from tracker.writing.biennial_report import word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts_of(content: ReportContent) -> dict[str, bytes]:
    with ZipFile(BytesIO(word.write(compose(content, {})))) as package:
        return {name: package.read(name) for name in package.namelist()}


def main_part(content: ReportContent) -> etree._Element:
    return etree.fromstring(parts_of(content)["word/document.xml"])


def styled(body: etree._Element, style: str) -> list[str]:
    return [
        "".join(paragraph.itertext(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        for found in paragraph.iterfind(f"{W}pPr/{W}pStyle")
        if found.get(f"{W}val") == style
    ]


def test_headings_are_in_words_own_styles() -> None:
    document = compose(make_content(), {})

    opened = docx.Document(BytesIO(word.write(document)))

    assert [
        (paragraph.style.name, paragraph.text.replace("\t", " ").replace("  ", " "))
        for paragraph in opened.paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")
    ] == [
        (f"Heading {heading.level}", f"{heading.label} {heading.text}".strip())
        for heading in document.headings
    ]


def test_numbered_paragraphs_are_numbered_by_word() -> None:
    document = compose(make_content(), {})
    numbered = [block for block in document.blocks if isinstance(block, Paragraph)]

    body = main_part(make_content())

    assert styled(body, "NumberedParagraph") == [
        f"{paragraph.lead}. {paragraph.text}" if paragraph.lead else paragraph.text
        for paragraph in numbered
    ]


def test_each_table_repeats_its_head_and_has_a_caption() -> None:
    body = main_part(make_content())

    tables = [
        table for table in body.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblStyle") is not None
    ]

    assert len(tables) == 7
    for table in tables:
        first = table.find(f"{W}tr/{W}trPr/{W}tblHeader")
        caption = table.getprevious()
        assert first is not None
        assert caption is not None
        assert styled_as(caption) == "Caption"
        assert len(table.findall(f"{W}tblGrid/{W}gridCol")) == len(table.findall(f"{W}tr[1]/{W}tc"))


def test_boxes_are_counted_apart_from_tables() -> None:
    practice = make_activity(activity_id=1, is_good_practice=True)

    body = main_part(make_content(activities=(practice,)))

    counted = {
        words.split()[0]: instruction.split()[1]
        for caption in body.iter(f"{W}p")
        if styled_as(caption) == "Caption"
        for words, instruction in [
            ("".join(caption.itertext(f"{W}t")), "".join(caption.itertext(f"{W}instrText")))
        ]
    }
    assert counted == {"Table": "Table", "Figure": "Figure", "Box": "Box"}


def styled_as(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def test_the_contents_hold_their_entries_and_pages_before_word_opens_the_file() -> None:
    body = main_part(make_content())

    assert styled(body, "TOC1") == [
        "I.  Introduction3",
        "II.  Overview3",
        "III.  Implementation by resolution and paragraph4",
        "IV.  Activities by category5",
        "Annex\u00a0I  Decisions and their implementation7",
        "Annex\u00a0II  List of activities8",
    ]


def test_word_puts_its_own_pages_into_the_contents_when_it_opens_the_file() -> None:
    body = main_part(make_content())

    outdated = [mark for mark in body.iter(f"{W}fldChar") if mark.get(f"{W}dirty") == "true"]
    fields = [str(text.text) for text in body.iter(f"{W}instrText")]

    assert len(outdated) == 1
    assert fields[0].startswith(" TOC ")
    assert sum(field.startswith(" PAGEREF _Toc") for field in fields) == 14


def test_lines_of_the_contents_lead_to_headings() -> None:
    body = main_part(make_content())

    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    anchors = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]

    contents = [anchor for anchor in anchors if anchor and anchor.startswith("_Toc")]
    assert len(contents) == 14
    assert set(contents) <= names


def test_the_annex_leads_to_the_paragraphs_it_names() -> None:
    body = main_part(make_content())

    places = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    numbers = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    links = [
        link.get(f"{W}anchor")
        for cell in body.iter(f"{W}tc")
        for link in cell.iter(f"{W}hyperlink")
    ]
    assert len(links) == len(make_content().mandates)
    assert set(links) <= set(places)
    assert len(set(numbers)) == len(numbers)


def test_fields_are_closed() -> None:
    body = main_part(make_content())

    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]

    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 0


def test_footnotes_are_words_own() -> None:
    parts = parts_of(make_content())

    body = etree.fromstring(parts["word/document.xml"])
    notes = etree.fromstring(parts["word/footnotes.xml"])
    referred = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    kept = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    assert [kept[number] for number in referred] == [
        "Commission for the Inner Sea, resolution 12\u00a0(III).",
        "Commission for the Inner Sea, resolution 15\u00a0(IV).",
    ]


def test_the_figure_is_a_drawing_with_a_picture_and_an_alternative() -> None:
    parts = parts_of(make_content())

    assert parts["word/media/drawing1.png"].startswith(b"\x89PNG")
    assert parts["word/media/drawing1.svg"].startswith(b"<svg")
    assert (
        b'descr="Bar chart of the number of mandates: Completed, 1;' in parts["word/document.xml"]
    )
    assert b"media/drawing1.svg" in parts["word/_rels/document.xml.rels"]


def test_the_head_and_the_properties_name_the_document() -> None:
    opened = docx.Document(BytesIO(word.write(compose(nasty_content(), {}))))

    assert opened.sections[0].header.paragraphs[0].text == "Draft report – A/B&C/1"
    assert opened.core_properties.author == "Commission <for> the & Sea"
    assert opened.core_properties.created is not None
    assert opened.core_properties.created.replace(tzinfo=None) == datetime(2026, 3, 6)  # noqa: DTZ001


def test_special_characters_survive() -> None:
    body = main_part(nasty_content())

    shown = [
        line
        for style in ("NumberedParagraph", "ListBullet", "TableText", "Quote")
        for line in styled(body, style)
    ]

    assert sum(NASTY in line for line in shown) >= 6


def test_a_clause_of_three_thousand_words_comes_out_whole() -> None:
    clause = " ".join(f"word{number}" for number in range(3000))

    body = main_part(make_content(resolutions=(make_resolution(make_mandate(text=clause)),)))

    assert styled(body, "Quote")[1] == f"5(a)  {clause}"


def test_text_in_another_language_says_so() -> None:
    mandate = make_mandate(text="Pide a la Secretaría", language="es")

    body = main_part(make_content(resolutions=(make_resolution(mandate),)))

    assert [
        "".join(run.itertext())
        for run in body.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}lang") is not None
    ][:2] == [mandate.chapeau, "Pide a la Secretaría"]


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_the_file_tells_its_language(language: str, locale: str) -> None:
    styles = parts_of(make_content(language=language))["word/styles.xml"].decode()

    assert f'w:val="{locale}"' in styles


def test_no_tag_of_the_template_is_left() -> None:
    text = b"".join(parts_of(make_content()).values())

    assert b"{{" not in text
    assert b"{%" not in text


def test_each_part_is_well_formed() -> None:
    for name, content in parts_of(nasty_content()).items():
        if name.endswith((".xml", ".rels", ".svg")):
            etree.fromstring(content)


def test_nobody_and_no_moment_of_work_is_in_the_file() -> None:
    with ZipFile(BytesIO(word.write(compose(make_content(), {})))) as package:
        moments = {entry.date_time for entry in package.infolist()}
        names = set(package.namelist())

    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert not any("comments" in name or "customXml" in name for name in names)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert word.write(compose(nasty_content(), {})) == word.write(compose(nasty_content(), {}))


def test_an_empty_report_opens() -> None:
    empty = make_content(resolutions=(), activities=())

    opened = docx.Document(BytesIO(word.write(compose(empty, {}))))

    assert len(opened.tables) == 1  # the head of the cover


def test_an_annex_begins_on_a_new_page() -> None:
    body = main_part(make_content(activities=(make_activity(starts_on=date(2024, 1, 1)),)))

    broken = [
        "".join(paragraph.itertext(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]

    headings = [
        block.label for block in compose(make_content(), {}).blocks if isinstance(block, Heading)
    ]
    assert [text.split("  ")[0] for text in broken] == [
        "Contents",
        "I.Introduction",
        *headings[-2:],
    ]
