"""The biennial report as a web page that stands alone, and as a fragment for previews."""

from lxml import html

from tracker.domain.biennial_report.blocks import ReportDocument
from tracker.writing.biennial_report.house_files import (
    NO_FILES,
    HouseFiles,
    as_address,
    logo_of,
)
from tracker.writing.biennial_report.templates import environment


def write(document: ReportDocument, *, files: HouseFiles = NO_FILES) -> bytes:
    """Return the document as one HTML file in UTF-8 that needs nothing beside it."""
    return _rendered("report.html", document, files).encode()


def write_fragment(document: ReportDocument, *, files: HouseFiles = NO_FILES) -> str:
    """Return the document as escaped HTML without styles, for a page that has its own ``h1``.

    Paragraphs and tables name the revisions that they stand on in ``data-revisions``.
    """
    return _rendered("fragment.html", document, files)


def _rendered(name: str, document: ReportDocument, files: HouseFiles) -> str:
    logo = logo_of(document)
    picture = as_address(logo.media_type, files[logo.digest]) if logo else ""
    return environment().get_template(name).render(document=document, picture=picture)


def fragment_of(page: bytes) -> str:
    """Return what a written page says, word for word, for a page that has its own ``h1``.

    ``page`` is what ``write`` returned; its style sheet, skip link and foot are left out.
    """
    written = html.document_fromstring(page.decode())
    article = html.Element("article")
    article.set("class", "report")
    article.set("lang", written.get("lang", "en"))
    for part in written.xpath("/html/body/*"):
        if part.tag in {"header", "nav"}:
            article.append(part)
        elif part.tag == "main":
            article.extend(list(part))
    for title in article.iter("h1"):
        title.tag = "p"
    return html.tostring(article, encoding="unicode")
