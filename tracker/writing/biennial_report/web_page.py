"""The biennial report as a web page that stands alone, and as a fragment for previews."""

from lxml import html

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
