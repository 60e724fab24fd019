"""The biennial report as a Word file: the template's cover, styles and headers, and our blocks."""

import re
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from tracker.domain.biennial_report.blocks import Cover, Figure, ReportDocument
from tracker.writing.biennial_report.house_files import NO_FILES, HouseFiles, ending_of, logo_of
from tracker.writing.biennial_report.house_styles import page_set_up, with_house_styles
from tracker.writing.biennial_report.templates import TEMPLATES, environment
from tracker.writing.biennial_report.typesetter import as_picture
from tracker.writing.biennial_report.word_layout import AS_DELIVERED, WordLayout, layout_of
from tracker.writing.biennial_report.word_packages import packed, parts_of
from tracker.writing.biennial_report.word_pages import heading_pages

REPORT: Final = TEMPLATES / "report.docx"
# A private character no cleared text holds by accident marks the place of the body.
_PLACE = "\ue0b0body\ue0b0"
_PLACE_PARAGRAPH = re.compile(rf"<w:p[ >](?:(?!</w:p>).)*?{_PLACE}.*?</w:p>", re.DOTALL)
_LOGO_PLACE = "\ue0b0logo\ue0b0"
_LOGO_RUN = re.compile(rf"<w:r[ >](?:(?!</w:r>).)*?{_LOGO_PLACE}.*?</w:r>", re.DOTALL)
_LOGO_NUMBER = 1000  # among the drawings, of which no report has so many
_DOCUMENT_ELEMENT = re.compile(r"<w:document ")
_DRAWING_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_LOCALES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-BR"}


def write(
    document: ReportDocument, *, template: Path = REPORT, files: HouseFiles = NO_FILES
) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes.

    ``template`` is the Word file that gives cover, styles and headers; where the document names
    styles of a house, they stand in the place of its own. It is filled in a sandbox; the body is
    put in afterwards, because the template engine is slow on large documents.
    """
    unfilled, layout = _template(document, template, files)
    parts = parts_of(_filled_template(document, unfilled))
    pages = heading_pages(document, layout)
    body = (
        environment()
        .get_template("body.xml")
        .render(document=document, pages=pages, page=layout.page)
    )
    main = parts["word/document.xml"].decode()
    main = _DOCUMENT_ELEMENT.sub(f"<w:document {_DRAWING_NAMESPACES}", main, count=1)
    before, after = _around_place(main)
    before = _with_logo(parts, before, document, files)
    parts["word/document.xml"] = f"{before}{body}{after}".encode()
    _add_footnotes(parts, document)
    _add_drawings(parts, document)
    _set_language(parts, document.language)
    return packed(parts)


def _template(document: ReportDocument, path: Path, files: HouseFiles) -> tuple[bytes, WordLayout]:
    """Return the template to be filled and the sizes of what stands in it."""
    content = path.read_bytes()
    if not document.word_styles:
        return content, AS_DELIVERED
    house = files[document.word_styles]
    parts = with_house_styles(parts_of(content), house)
    return packed(parts), layout_of(parts, page_set_up(house))


def _filled_template(document: ReportDocument, content: bytes) -> bytes:
    template = DocxTemplate(BytesIO(content))
    context = {
        "cover": next((block for block in document.blocks if isinstance(block, Cover)), None),
        "logo": _LOGO_PLACE if logo_of(document) else "",
        "body": _PLACE,
        "running_head": document.running_head,
        "title": document.title,
        "entity_name": document.entity_name,
        "language": document.language,
    }
    template.render(context, SandboxedEnvironment(autoescape=True))
    moment = datetime.combine(document.issued_on, time(), UTC).replace(tzinfo=None)
    properties = template.docx.core_properties
    properties.created = properties.modified = moment
    # Properties are set as text, not as XML: what was escaped for XML must not be shown so.
    properties.title, properties.author = document.title, document.entity_name
    properties.last_modified_by, properties.revision = document.entity_name, 1
    properties.keywords = document.copy_mark
    filled = BytesIO()
    template.save(filled)
    return filled.getvalue()


def _around_place(main: str) -> tuple[str, str]:
    """Return what stands before and after the paragraph that marks the place of the body."""
    place = _PLACE_PARAGRAPH.search(main)
    if place is None:
        raise ValueError("The Word template has no paragraph with {{ body }}.")
    return main[: place.start()], main[place.end() :]


def _with_logo(
    parts: dict[str, bytes], cover: str, document: ReportDocument, files: HouseFiles
) -> str:
    """Return the cover with the logo in its place, and keep its picture among the parts."""
    logo = logo_of(document)
    if logo is None:
        return cover
    content = files[logo.digest]
    ending = ending_of(logo.media_type)
    if ending == "svg":
        ending = "png"
        _add_picture(parts, "rIdLogoVector", "logo.svg", content)
        content = as_picture(content.decode())
    _add_picture(parts, "rIdLogo", f"logo.{ending}", content)
    drawing = environment().get_template("logo.xml").render(logo=logo, number=_LOGO_NUMBER)
    return _LOGO_RUN.sub(lambda _: drawing, cover, count=1)


def _add_picture(parts: dict[str, bytes], relation: str, name: str, content: bytes) -> None:
    parts[f"word/media/{name}"] = content
    line = f'<Relationship Id="{relation}" Type="{_IMAGE}" Target="media/{name}"/>'
    _insert(parts, "word/_rels/document.xml.rels", "</Relationships>", line)
    ending = name.rpartition(".")[2]
    _declare(parts, ending, _PICTURES[ending])


def _add_footnotes(parts: dict[str, bytes], document: ReportDocument) -> None:
    notes = "".join(
        f'<w:footnote w:id="{note.number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
        for note in document.footnotes
    )
    _insert(parts, "word/footnotes.xml", "</w:footnotes>", notes)


def _add_drawings(parts: dict[str, bytes], document: ReportDocument) -> None:
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    for number, figure in enumerate(figures, start=1):
        picture, vector = as_picture(figure.svg), figure.svg.encode()
        _add_picture(parts, f"rIdDrawing{number}", f"drawing{number}.png", picture)
        _add_picture(parts, f"rIdVector{number}", f"drawing{number}.svg", vector)


def _declare(parts: dict[str, bytes], extension: str, media_type: str) -> None:
    """Name a kind of file in the package, unless the template has named it."""
    name = "[Content_Types].xml"
    if f'Extension="{extension}"'.encode() not in parts[name]:
        line = f'<Default Extension="{extension}" ContentType="{media_type}"/>'
        _insert(parts, name, "</Types>", line)


def _set_language(parts: dict[str, bytes], language: str) -> None:
    """Make the document's language that of its default style, for spelling and for voices."""
    locale = _LOCALES.get(language, language)
    styles = parts["word/styles.xml"].decode()
    styles = re.sub(r'(<w:lang [^>]*?w:val=")[^"]*', rf"\g<1>{locale}", styles, count=1)
    parts["word/styles.xml"] = styles.encode()


def _insert(parts: dict[str, bytes], name: str, before: str, addition: str) -> None:
    head, end, tail = parts[name].decode().rpartition(before)
    parts[name] = f"{head}{addition}{end}{tail}".encode()
