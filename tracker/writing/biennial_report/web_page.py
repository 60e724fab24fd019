"""The biennial report as a web page that stands alone, and as a fragment for previews."""

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.writing.biennial_report.templates import environment


def write(document: ReportDocument) -> bytes:
    """Return the document as one HTML file in UTF-8 that needs nothing beside it."""
    return environment().get_template("report.html").render(document=document).encode()


def write_fragment(document: ReportDocument) -> str:
    """Return the document as escaped HTML without styles, for a page that has its own ``h1``.

    Paragraphs and tables name the revisions that they stand on in ``data-revisions``.
    """
    return environment().get_template("fragment.html").render(document=document)
