"""The biennial report as a Word file: the template's cover, styles and headers, and our blocks."""

import re
from datetime import UTC, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from tracker.domain.biennial_report.blocks import Cover, Figure, ReportDocument
from tracker.writing.biennial_report.templates import TEMPLATES, environment
from tracker.writing.biennial_report.typesetter import as_picture
from tracker.writing.biennial_report.word_pages import heading_pages

# A private character no cleared text holds by accident marks the place of the body.
_PLACE = "\ue0b0body\ue0b0"
_PLACE_PARAGRAPH = re.compile(rf"<w:p[ >](?:(?!</w:p>).)*?{_PLACE}.*?</w:p>", re.DOTALL)
_DOCUMENT_ELEMENT = re.compile(r"<w:document ")
_DRAWING_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_LOCALES = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-BR"}
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def write(document: ReportDocument) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes.

    The template is filled in a sandbox, since administrators may edit it; the body is put in
    afterwards, because the template engine is slow on large documents.
    """
    parts = _parts_of(_filled_template(document))
    body = (
        environment()
        .get_template("body.xml")
        .render(document=document, pages=heading_pages(document))
    )
    main = parts["word/document.xml"].decode()
    main = _DOCUMENT_ELEMENT.sub(f"<w:document {_DRAWING_NAMESPACES}", main, count=1)
    before, after = _around_place(main)
    parts["word/document.xml"] = f"{before}{body}{after}".encode()
    _add_footnotes(parts, document)
    _add_drawings(parts, document)
    _set_language(parts, document.language)
    return _packed(parts)


def _filled_template(document: ReportDocument) -> bytes:
    template = DocxTemplate(TEMPLATES / "report.docx")
    context = {
        "cover": next(block for block in document.blocks if isinstance(block, Cover)),
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
        parts[f"word/media/drawing{number}.png"] = as_picture(figure.svg)
        parts[f"word/media/drawing{number}.svg"] = figure.svg.encode()
        relations = (
            f'<Relationship Id="rIdDrawing{number}" Type="{_IMAGE}" '
            f'Target="media/drawing{number}.png"/>'
            f'<Relationship Id="rIdVector{number}" Type="{_IMAGE}" '
            f'Target="media/drawing{number}.svg"/>'
        )
        _insert(parts, "word/_rels/document.xml.rels", "</Relationships>", relations)
    if figures:
        _declare(parts, "png", "image/png")
        _declare(parts, "svg", "image/svg+xml")


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


def _parts_of(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a package without the moment of packing."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
    return packed.getvalue()
