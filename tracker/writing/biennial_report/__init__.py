"""The biennial report as a file: one document, three forms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.domain.errors import N_
from tracker.writing.biennial_report import pdf, web_page, word
from tracker.writing.biennial_report.house_files import NO_FILES, HouseFiles
from tracker.writing.biennial_report.pdf_parts import packed_parts

PARTS_END: Final = "_pdf.zip"  # of the name of a PDF in parts

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


def media_type_of(file_name: str, form: ReportForm) -> str:
    """Return the media type of a written file: a long PDF comes in parts, packed together."""
    return "application/zip" if file_name.endswith(PARTS_END) else form.media_type


def write(
    document: ReportDocument, form: ReportForm, *, files: HouseFiles = NO_FILES
) -> ReportFile:
    """Write the document in that form; the same document gives the same bytes.

    ``files`` are those of the body that the document names, by digest.
    """
    name = file_name(document, form)
    characters: tuple[str, ...] = ()
    match form:
        case ReportForm.DOCX:
            content = word.write(document, files=files)
        case ReportForm.PDF:
            (content, *others), characters = pdf.write_parts(document, files=files)
            if others:
                stem = name.removesuffix(".pdf")
                content = packed_parts(stem, (content, *others))
                name = f"{stem}{PARTS_END}"
        case ReportForm.HTML:
            content = web_page.write(document, files=files)
    return ReportFile(name, media_type_of(name, form), content, characters)


def file_name(document: ReportDocument, form: ReportForm) -> str:
    """Return a name that tells period, edition from the second on, language, annex of sources."""
    period = re.sub(r"[^\w-]+", "-", document.period_name.replace("–", "-"), flags=re.ASCII)
    period = re.sub(r"-{2,}", "-", period).strip("-")
    edition = f"_edition_{document.edition_number}" if document.edition_number > 1 else ""
    sources = "_with_sources" if document.has_sources else ""
    return f"biennial_report_{period}{edition}_{document.language}{sources}.{form.value}"
