"""Documents of an invented body in every format, built anew by the tests that read them."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import typst

OPENING = (
    "12(III) LIGHTHOUSES",
    "The Commission for the Ostral Islands,",
    "Recalling its resolution 7(I),",
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LEVELS = (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
_NUMBERING = f"""<w:numbering {_W}><w:abstractNum w:abstractNumId="4">{
    "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, (number_format, pattern) in enumerate(_LEVELS)
    )
}</w:abstractNum><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="·"/></w:lvl></w:abstractNum>
<w:num w:numId="8"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>"""
_STYLES = f"""<w:styles {_W}><w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr>
<w:numId w:val="9"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="LastClause">
<w:basedOn w:val="Clause"/></w:style></w:styles>"""


def make_paragraph(
    words: str,
    *,
    level: int | None = None,
    style: str = "",
    runs: str = "",
    bullet: bool = False,
) -> str:
    """Return a Word paragraph; ``level`` counts list levels from 0, ``runs`` is ready XML."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="9"/></w:numPr>'
    if bullet:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(words)}</w:t></w:r>{runs}</w:p>"


def make_word(*paragraphs: str, footnotes: str = "") -> bytes:
    """Return a Word document of these paragraphs behind the opening of a resolution."""
    body = "".join([*map(make_paragraph, OPENING), *paragraphs])
    namespaces = f'{_W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts = {
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": _NUMBERING,
        "word/styles.xml": _STYLES,
    }
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {_W}>{footnotes}</w:footnotes>"
    return make_package(parts)


def make_package(parts: dict[str, str]) -> bytes:
    """Return a ZIP file with these members."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def make_pdf(source: str) -> bytes:
    """Return the PDF of a Typst source set in the fonts that come with Typst."""
    pdf = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


def make_encrypted_pdf() -> bytes:
    """Return a PDF whose password nobody knows: its check value fits no password."""
    check = "ab" * 32
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< /Filter /Standard /V 1 /R 2 /O <{check}> /U <{check}> /P -4 >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<{check}> <{check}>] >>"
    text += f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n{trailer}\n"
    return f"{text}startxref\n{text.index('xref')}\n%%EOF\n".encode()
