"""The Word report in the styles of a house: theirs where they have them, ours for the rest."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from tests.house_styles import PRIVATE, house_file, part_of, with_part
from tests.writing.biennial_report.example import make_content, nasty_content
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.house_styles import HouseStyles
from tracker.domain.biennial_report.house_templates import delivered
from tracker.reading.house_styles import read_house_styles
from tracker.storage import digest_of
from tracker.writing.biennial_report import word
from tracker.writing.biennial_report.clean_copy import without_marks
from tracker.writing.biennial_report.house_styles import seen_in, styles_file
from tracker.writing.biennial_report.word_packages import packed, parts_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = parts_of(word.REPORT.read_bytes())


def written(house: bytes, content: ReportContent | None = None) -> bytes:
    content = content or make_content()
    read = read_house_styles(house)
    styles = HouseStyles(digest_of(read), "house.docx")
    template = replace(delivered(content.document_type), styles=styles)
    document = compose(replace(content, template=template), {})
    return word.write(document, files={styles.digest: read})


def style_of(paragraph: Paragraph) -> str:
    style = paragraph.style
    return (style.name or "") if style is not None else ""


def styles_of(report: bytes) -> etree._Element:
    return etree.fromstring(part_of(report, "word/styles.xml"))


def test_headings_and_texts_are_in_the_letters_of_the_house() -> None:
    opened = docx.Document(BytesIO(written(house_file())))

    heading = opened.styles["Heading 1"]
    assert (heading.font.size, heading.font.color.rgb) == (Pt(18), RGBColor(0, 0x66, 0x33))
    assert opened.styles["Normal"].font.name == "Arial"
    assert [style_of(each) for each in opened.paragraphs if each.text.startswith("I.\t")] == [
        "Heading 1"
    ]


def test_page_margins_tables_and_contents_are_as_wide_as_the_page_of_the_house() -> None:
    report = written(house_file())

    opened = docx.Document(BytesIO(report))
    section = opened.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert (section.page_width.twips, section.left_margin.twips) == (9978, 1134)
    text = 9978 - 2 * 1134
    grids = [
        sum(int(column.get(f"{W}w", "0")) for column in table._element.iter(f"{W}gridCol"))
        for table in opened.tables
    ]
    assert all(text - 10 <= grid <= text for grid in grids)
    tabs = styles_of(report).findall(f".//{W}style[@{W}styleId='TOC1']//{W}tab")
    assert [tab.get(f"{W}pos") for tab in tabs] == [str(text)]
    drawing = etree.fromstring(part_of(report, "word/document.xml")).find(".//{*}extent")
    assert drawing is not None
    assert int(drawing.get("cx", "0")) <= text * 635


def test_what_the_house_has_not_is_named_and_filled_with_ours() -> None:
    read = read_house_styles(house_file(named=("table text", "Numbered Paragraph")))

    seen = seen_in(OURS, read)

    assert {"Table Head", "Cover Symbol", "Report Table"} <= set(seen.missing)
    assert not {"Table Text", "heading 1", "Title", "Normal"} & set(seen.missing)
    report = written(house_file())
    there = {style.get(f"{W}styleId") for style in styles_of(report).iter(f"{W}style")}
    used = {
        mark.get(f"{W}val")
        for name in ("word/document.xml", "word/footnotes.xml", "word/header.xml")
        for kind in ("pStyle", "rStyle", "tblStyle")
        for mark in etree.fromstring(part_of(report, name)).iter(W + kind)
    }
    assert used <= there


def test_page_and_letters_are_told_before_anything_is_kept() -> None:
    seen = seen_in(OURS, read_house_styles(house_file()))

    assert (seen.font, seen.size, seen.page.width) == ("Arial", 10.0, 9978)


def test_names_count_whatever_word_calls_the_styles_inside() -> None:
    content = house_file()
    german = part_of(content, "word/styles.xml").replace(b'"Heading1"', b'"berschrift1"')

    report = written(with_part(content, "word/styles.xml", german))

    heading = styles_of(report).find(f"{W}style[@{W}styleId='Heading1']/{W}rPr/{W}color")
    assert heading is not None
    assert heading.get(f"{W}val") == "006633"
    assert b"berschrift1" not in part_of(report, "word/styles.xml")


def test_a_style_of_the_house_that_has_our_inner_name_keeps_its_own() -> None:
    report = written(house_file(named=("Body Copy", "Table Text", "TableText")))

    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for style in styles_of(report).iter(f"{W}style")
    }
    assert names["TableText"] == "Table Text"
    assert names["BodyCopy"] == "Body Copy"
    assert len(names) == len(list(styles_of(report).iter(f"{W}style")))


def test_styles_lead_only_to_styles_that_are_there_and_one_of_each_kind_is_the_default() -> None:
    sheet = styles_of(written(house_file()))

    there = [style.get(f"{W}styleId") for style in sheet.iter(f"{W}style")]
    led = [
        reference.get(f"{W}val")
        for kind in ("basedOn", "next", "link")
        for reference in sheet.iter(W + kind)
    ]
    defaults = [
        style.get(f"{W}type") for style in sheet.iter(f"{W}style") if style.get(f"{W}default")
    ]
    assert set(led) <= set(there)
    assert len(set(there)) == len(there)
    assert len(set(defaults)) == len(defaults)


def test_paragraphs_are_numbered_by_the_report_and_headings_lead_into_the_contents() -> None:
    sheet = styles_of(written(house_file()))

    numbered = {
        style.get(f"{W}styleId")
        for style in sheet.iter(f"{W}style")
        if style.find(f"{W}pPr/{W}numPr") is not None
    }
    outline = sheet.find(f"{W}style[@{W}styleId='Heading2']/{W}pPr/{W}outlineLvl")
    assert numbered == {"NumberedParagraph", "ListBullet"}
    assert outline is not None
    assert outline.get(f"{W}val") == "1"


def test_nothing_private_of_the_file_is_in_the_report() -> None:
    report = without_marks(written(house_file(), make_content(is_draft=True, period_id=7)))

    with ZipFile(BytesIO(report)) as package:
        names = package.namelist()
        whole = b"".join(package.read(name) for name in names)
    assert PRIVATE.encode() not in whole
    assert not any(word in name for name in names for word in ("comments", "customXml", "vba"))
    assert set(names) == {*OURS, "word/media/drawing1.png", "word/media/drawing1.svg"}


@pytest.mark.parametrize("font", ["Arial", "Calibri", "Fontless"])
def test_the_same_report_has_the_same_bytes(font: str) -> None:
    house = house_file(font)

    assert written(house, nasty_content()) == written(house, nasty_content())


def test_the_file_tells_its_language_whatever_that_of_the_house_is() -> None:
    content = house_file()
    french = part_of(content, "word/styles.xml").replace(b"en-US", b"fr-CH")

    sheet = styles_of(written(with_part(content, "word/styles.xml", french), make_content()))

    assert [mark.get(f"{W}val") for mark in sheet.iter(f"{W}lang")] == ["en-GB"]


# As LibreOffice 7.4 lays out the report of the example on the page of the house.
PAGES_OF_HOUSE = ["3", "3", "4", "4", "4", "5", "5", "5", "5", "6", "6", "6", "7", "8"]


def test_pages_in_the_contents_are_reckoned_for_the_page_of_the_house() -> None:
    opened = docx.Document(BytesIO(written(house_file())))

    lines = [each.text for each in opened.paragraphs if style_of(each).startswith("toc")]
    assert [line.rpartition("\t")[2] for line in lines] == PAGES_OF_HOUSE


@pytest.mark.parametrize("house", [None, house_file()], ids=["ours", "theirs"])
def test_an_editor_begins_from_a_file_with_a_line_in_each_style(house: bytes | None) -> None:
    read = read_house_styles(house) if house else None

    begun = styles_file(OURS, read)

    opened = docx.Document(BytesIO(begun))
    shown = {style_of(each) for each in opened.paragraphs}
    assert {"Heading 1", "Numbered Paragraph", "Cover Logo"} <= shown
    assert b"{{" not in b"".join(parts_of(begun).values())
    assert seen_in(OURS, read_house_styles(begun)).missing == ()


def test_our_own_styles_brought_back_unchanged_change_nothing() -> None:
    begun = styles_file(OURS, None)

    report = written(begun)

    ours = word.write(compose(make_content(), {}))
    assert part_of(report, "word/document.xml") == part_of(ours, "word/document.xml")


@pytest.mark.parametrize("size", [b"abc", b"", b"-4", b"1e999"])
def test_measures_that_nobody_knows_do_not_stop_the_report(size: bytes) -> None:
    content = house_file()
    odd = part_of(content, "word/styles.xml").replace(
        b'w:sz w:val="20"', b'w:sz w:val="' + size + b'"'
    )

    assert docx.Document(BytesIO(written(with_part(content, "word/styles.xml", odd))))


def test_a_style_of_letters_is_no_style_of_paragraphs() -> None:
    document = docx.Document()
    document.styles.add_style("Table Text", WD_STYLE_TYPE.CHARACTER)
    saved = BytesIO()
    document.save(saved)

    assert "Table Text" in seen_in(OURS, read_house_styles(saved.getvalue())).missing
    assert packed(parts_of(written(saved.getvalue())))
