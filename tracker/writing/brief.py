"""A brief as a file: two pages in Word, or a web page that stands alone."""

import re
from collections.abc import Iterator

from tracker.domain.biennial_report.blocks import Paragraph, ReportDocument, Table
from tracker.writing.biennial_report import ReportForm, word
from tracker.writing.biennial_report.line_widths import line_count
from tracker.writing.biennial_report.templates import TEMPLATES, environment
from tracker.writing.biennial_report.word_pages import page_count

MOST_PAGES = 2
BRIEF_FORMS = (ReportForm.DOCX, ReportForm.HTML)
_TEMPLATE = TEMPLATES / "brief.docx"
# The head of brief.docx: a line of the house and the title, in points.
_HEAD = 10 * 1.24 + 10
_TITLE_SIZE, _TITLE_SPACE = 16.0, 9.0
_TEXT_WIDTH = 9071 / 20
# What Word may need more than was reckoned: a few lines on each page.
_RESERVE = 24.0


def write_brief(document: ReportDocument, form: ReportForm) -> bytes:
    """Return the brief in that form; the same document gives the same bytes."""
    if form is ReportForm.DOCX:
        return word.write(document, template=_TEMPLATE)
    return environment().get_template("brief.html").render(document=document).encode()


# Fonts that stand in where Times New Roman has no letters are a quarter higher.
_OTHER_SCRIPTS = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\uffef]")
_HIGHER = 260.0


def fits(document: ReportDocument) -> bool:
    """Tell whether the brief fills no more than its two pages in Word."""
    lines = line_count(document.title, _TEXT_WIDTH, _TITLE_SIZE, is_bold=True)
    above = _HEAD + lines * _TITLE_SIZE * 1.15 + _TITLE_SPACE + _RESERVE
    if any(map(_OTHER_SCRIPTS.search, _texts(document))):
        above += _HIGHER
    return page_count(document, above=above) <= MOST_PAGES


def _texts(document: ReportDocument) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield f"{block.lead} {block.text}"
        elif isinstance(block, Table):
            yield from (str(cell) for row in block.rows for cell in row)
