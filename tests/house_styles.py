"""An invented Word file of a house, with styles, a page of its own and much that is private."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

PRIVATE = "Ana Tavares"


def house_file(font: str = "Arial", *, named: tuple[str, ...] = ("Numbered Paragraph",)) -> bytes:
    """Return a Word file with green headings in a font, a narrow page, and private words."""
    document = docx.Document()
    document.core_properties.author = PRIVATE
    paragraph = document.add_paragraph(f"Letter to {PRIVATE}")
    document.add_comment(paragraph.runs, text="Really?", author=PRIVATE)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(17.6), Cm(25)
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = PRIVATE
    for name in named:
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = document.styles["Normal"]
    document.styles["Normal"].font.name = font
    document.styles["Normal"].font.size = Pt(10)
    heading = document.styles["Heading 1"].font
    heading.size, heading.color.rgb = Pt(18), RGBColor(0, 0x66, 0x33)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a package with a further part, or another one in the place of its own."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return packed.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """Return a part of a package."""
    with ZipFile(BytesIO(content)) as package:
        return package.read(name)
