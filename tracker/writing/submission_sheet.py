"""The submission sheet of a report, as Word and as PDF: what a conference service asks for."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
from docx.shared import Mm, Pt

from tracker.domain.biennial_report.wording import capitalised
from tracker.domain.errors import N_
from tracker.domain.submissions import Sheet
from tracker.i18n import date_in_words, translate_into
from tracker.labels import label_of
from tracker.writing.typesetting import typeset_sheet

_TEMPLATE: Final = Path(__file__).resolve().parents[2] / "templates" / "submissions" / "sheet.typ"
TITLE: Final = N_("Submission sheet")


@dataclass(frozen=True, slots=True)
class SubmittedDocument:
    """What the sheet tells besides what was entered."""

    sheet: Sheet
    symbol: str
    session: str
    original_language: str
    word_count: int
    word_limit: int
    slot_on: date | None
    submitted_on: date | None
    files: tuple[tuple[str, str], ...]  # name and digest


def sheet_lines(
    document: SubmittedDocument,
    language: str,
    *,
    language_name: Callable[[str], str],
    number: Callable[[int], str],
) -> Sequence[tuple[str, str]]:
    """Return the lines of the sheet in ``language``, each as label and value, "–" for nothing."""
    say = translate_into(language)
    sheet = document.sheet
    words = say(N_("%(words)s of at most %(limit)s")) % {
        "words": number(document.word_count),
        "limit": number(document.word_limit),
    }
    if not document.word_limit:
        words = number(document.word_count)
    lines = (
        (N_("Title"), sheet.title),
        (N_("Document symbol"), document.symbol),
        (N_("Session"), document.session),
        (N_("Agenda item"), sheet.agenda_item),
        (N_("Mandate"), sheet.mandate),
        (N_("Distribution"), say(label_of(sheet.distribution))),
        (N_("Original language"), capitalised(language_name(document.original_language))),
        (
            N_("Languages that it is to be issued in"),
            capitalised(", ".join(language_name(code) for code in sheet.targets)),
        ),
        (N_("Number of words"), words),
        (N_("Slot"), _day(document.slot_on, language)),
        (N_("Submitted on"), _day(document.submitted_on, language)),
        *(
            (say(N_("Digest (SHA-256) of %(file)s")) % {"file": name}, digest)
            for name, digest in document.files
        ),
    )
    return [(say(label), value or "–") for label, value in lines]


def write_word(lines: Sequence[tuple[str, str]], *, entity: str, language: str) -> bytes:
    """Return the sheet as a Word file: a table of two columns, without names of people."""
    document = docx.Document()
    for style in ("Normal", "Heading 1"):
        document.styles[style].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(11)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    document.add_paragraph(entity)
    title = translate_into(language)(TITLE)
    document.add_heading(title, level=1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, value in lines:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].paragraphs[0].runs[0].bold = True
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, entity, language
    properties.last_modified_by, properties.comments = entity, ""
    filled = BytesIO()
    document.save(filled)
    return filled.getvalue()


def write_pdf(
    lines: Sequence[tuple[str, str]], *, entity: str, language: str, written_on: date
) -> bytes:
    """Return the sheet as PDF; marked as accessible unless its fonts lack a character."""
    told = {
        "entity": entity,
        "language": language,
        "title": translate_into(language)(TITLE),
        "lines": lines,
    }
    sources = {
        "main": _TEMPLATE.read_bytes(),
        "sheet.json": json.dumps(told, ensure_ascii=False).encode(),
    }
    moment = datetime.combine(written_on, time(), UTC)
    return typeset_sheet(sources, moment=moment)


def _day(day: date | None, language: str) -> str:
    return date_in_words(day, language) if day else ""
