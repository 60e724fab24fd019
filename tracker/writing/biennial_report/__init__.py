"""The biennial report as a file: one document, three forms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.domain.errors import N_
from tracker.writing.biennial_report import pdf, web_page, word

CHARACTERS_NOT_SHOWN: Final = N_(
    "The PDF shows empty boxes for characters that its fonts do not have (%(characters)s), and is "
    "therefore not marked as accessible. Take the Word file or the web page for them."
)


class ReportForm(StrEnum):
    """The forms of the report, by the end of the file's name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"

    @property
    def media_type(self) -> str:
        """Return the media type by which browsers and mail programs know the form."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final = {
    ReportForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportForm.PDF: "application/pdf",
    ReportForm.HTML: "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A written report; ``characters_not_shown`` fill the sentence ``CHARACTERS_NOT_SHOWN``."""

    name: str
    media_type: str
    content: bytes
    characters_not_shown: tuple[str, ...] = ()


def write(document: ReportDocument, form: ReportForm) -> ReportFile:
    """Write the document in that form; the same document gives the same bytes."""
    characters: tuple[str, ...] = ()
    match form:
        case ReportForm.DOCX:
            content = word.write(document)
        case ReportForm.PDF:
            content, characters = pdf.write_and_tell(document)
        case ReportForm.HTML:
            content = web_page.write(document)
    return ReportFile(file_name(document, form), form.media_type, content, characters)


def file_name(document: ReportDocument, form: ReportForm) -> str:
    """Return a name that tells period, edition from the second on, and language."""
    period = re.sub(r"[^\w-]+", "-", document.period_name.replace("–", "-"), flags=re.ASCII)
    period = re.sub(r"-{2,}", "-", period).strip("-")
    edition = f"_edition_{document.edition_number}" if document.edition_number > 1 else ""
    return f"biennial_report_{period}{edition}_{document.language}.{form.value}"
