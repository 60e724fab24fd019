"""Make report.docx and brief.docx, the Word templates of report and brief, from what stands here.

Run ``.venv/bin/python templates/biennial_report/make_report_docx.py`` after a change. The results
are ordinary Word files: their styles, cover, header and footer can as well be edited in Word. What
the writer needs is the paragraph with ``{{ body }}`` and the names of the styles.
"""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
PARTS = ("styles", "numbering", "settings", "footnotes", "header", "footer", "fontTable", "theme")
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1A1A1A",
    "lt2": "F2F2F2",
    "accent1": "1F6699",
    "accent2": "5B92E5",
    "accent3": "505A5F",
    "accent4": "7A9E9F",
    "accent5": "8C6D31",
    "accent6": "6B5B95",
    "hlink": "14568A",
    "folHlink": "4C2C92",
}


def paragraph(text: str, style: str) -> str:
    """Return a paragraph of that style."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def optional(name: str, style: str) -> str:
    """Return a paragraph that is printed only where the cover has that line."""
    return (
        paragraph(f"{{%p if cover.{name} %}}", style)
        + paragraph(f"{{{{ cover.{name} }}}}", style)
        + paragraph("{%p endif %}", style)
    )


def cell(width: int, content: str) -> str:
    """Return a cell of the cover's head."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def document() -> str:
    """Return the cover, the place of the body, and the page set-up."""
    issue = (
        paragraph("{{ cover.distribution }}", "CoverIssue")
        + optional("symbol", "CoverSymbol")
        + paragraph("{{ cover.issued }}", "CoverIssue")
        + optional("language", "CoverIssue")
        + paragraph("{{ cover.original }}", "CoverIssue")
    )
    logo = (
        paragraph("{%p if logo %}", "CoverLogo")
        + paragraph("{{ logo }}", "CoverLogo")
        + paragraph("{%p endif %}", "CoverLogo")
    )
    head = (
        '<w:tbl><w:tblPr><w:tblW w:w="9071" w:type="dxa"/><w:tblBorders>'
        '<w:bottom w:val="single" w:sz="12" w:space="0" w:color="1F6699"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblGrid><w:gridCol w:w="5671"/><w:gridCol w:w="3400"/></w:tblGrid><w:tr>'
        + cell(5671, logo + paragraph("{{ cover.entity }}", "CoverEntity"))
        + cell(3400, issue)
        + "</w:tr></w:tbl>"
    )
    lines = (
        optional("session", "CoverText")
        + optional("place_and_dates", "CoverText")
        + paragraph("{{ cover.title }}", "Title")
        + optional("subtitle", "Subtitle")
        + optional("edition", "Subtitle")
        + paragraph("{%p for notice in cover.notices %}", "CoverNotice")
        + paragraph("{{ notice }}", "CoverNotice")
        + paragraph("{%p endfor %}", "CoverNotice")
    )
    body = head + lines + paragraph("{{ body }}", "BodyText") + page_set_up()
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def brief() -> str:
    """Return the head of a brief, the place of its body, and the page set-up."""
    body = (
        paragraph("{{ running_head }}", "BriefHead")
        + paragraph("{{ title }}", "BriefTitle")
        + paragraph("{{ body }}", "BodyText")
        + page_set_up()
    )
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def page_set_up() -> str:
    """Return the page, A4, with a running head and a number from the second one on."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1417" w:bottom="1361" w:left="1418" w:header="737" '
        'w:footer="624" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def style(
    identifier: str,
    name: str,
    *,
    based_on: str = "Normal",
    following: str = "",
    paragraph_form: str = "",
    run_form: str = "",
    kind: str = "paragraph",
) -> str:
    """Return one style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    form = f"<w:pPr>{paragraph_form}</w:pPr>" if paragraph_form else ""
    run = f"<w:rPr>{run_form}</w:rPr>" if run_form else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{base}{after}<w:qFormat/>{form}{run}</w:style>"
    )


def space(before: int, after: int) -> str:
    """Return the space around a paragraph, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def heading(level: int, before: int, size: int, more: str = "") -> str:
    """Return a heading style whose number stands before a tab."""
    form = (
        "<w:keepNext/><w:keepLines/><w:tabs>"
        f'<w:tab w:val="left" w:pos="{737 if level == 1 else 567}"/></w:tabs>'
        f'{space(before, 160)}<w:outlineLvl w:val="{level - 1}"/>'
    )
    return style(
        f"Heading{level}",
        f"heading {level}",
        following="NumberedParagraph",
        paragraph_form=form,
        run_form=f'<w:b/>{more}<w:sz w:val="{size}"/>',
    )


def contents_line(level: int) -> str:
    """Return the style of a line of the contents, with a dotted tab to the page number."""
    form = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9071"/></w:tabs>'
        f'<w:spacing w:before="{120 if level == 1 else 20}" w:after="20" w:line="240" '
        f'w:lineRule="auto"/><w:ind w:left="{(level - 1) * 340}"/>'
    )
    return style(f"TOC{level}", f"toc {level}", following="Normal", paragraph_form=form)


def styles(chapter: str, more: str = "") -> str:
    """Return the styles by the names that the writer and the editors use.

    ``chapter`` is the style of headings of the first level, ``more`` are those of one template.
    """
    table_lines = (
        '<w:top w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/>'
        '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/>'
        '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    )
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"'
        ' w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="259" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        "</w:style>"
        '<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{table_lines}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/></w:tcBorders></w:tcPr>'
        "</w:tblStylePr></w:style>"
        + chapter
        + heading(2, 360, 25)
        + heading(3, 280, 22, "<w:i/>")
        + style("BodyText", "Body Text")
        + style(
            "NumberedParagraph",
            "Numbered Paragraph",
            paragraph_form='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        )
        + style(
            "ListBullet",
            "List Bullet",
            paragraph_form=(
                '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
                f"{space(0, 60)}<w:contextualSpacing/>"
            ),
        )
        + style(
            "Quote",
            "Quote",
            paragraph_form=(
                '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="BFBFBF"/></w:pBdr>'
                f'{space(60, 100)}<w:ind w:left="284" w:right="284"/>'
            ),
            run_form='<w:sz w:val="21"/>',
        )
        + style(
            "Caption",
            "caption",
            following="BodyText",
            paragraph_form=f"<w:keepNext/>{space(240, 80)}",
            run_form='<w:b/><w:sz w:val="20"/>',
        )
        + style(
            "TableText", "Table Text", paragraph_form=space(0, 0), run_form='<w:sz w:val="18"/>'
        )
        + style(
            "TableHead",
            "Table Head",
            based_on="TableText",
            paragraph_form="<w:keepNext/>",
            run_form="<w:b/>",
        )
        + style(
            "TableTotal",
            "Table Total",
            based_on="TableText",
            paragraph_form="<w:keepNext/>",
            run_form="<w:b/>",
        )
        + style("TableNote", "Table Note", based_on="TableText", paragraph_form=space(60, 200))
        + style("FigureDrawing", "Figure Drawing", paragraph_form=space(60, 60))
        + style("TOCHeading", "TOC Heading", run_form='<w:b/><w:sz w:val="30"/>')
        + "".join(contents_line(level) for level in (1, 2, 3))
        + style("Header", "header", paragraph_form=_header_form(), run_form='<w:sz w:val="18"/>')
        + style(
            "Footer",
            "footer",
            paragraph_form='<w:jc w:val="center"/>',
            run_form='<w:sz w:val="18"/>',
        )
        + style(
            "FootnoteText",
            "footnote text",
            paragraph_form=space(0, 40),
            run_form='<w:sz w:val="18"/>',
        )
        + style(
            "FootnoteReference",
            "footnote reference",
            based_on="DefaultParagraphFont",
            run_form='<w:vertAlign w:val="superscript"/>',
            kind="character",
        )
        + style("CoverLogo", "Cover Logo", paragraph_form=space(0, 120))
        + style("CoverEntity", "Cover Entity", run_form='<w:b/><w:sz w:val="26"/>')
        + style(
            "CoverIssue", "Cover Issue", paragraph_form=space(0, 20), run_form='<w:sz w:val="20"/>'
        )
        + style("CoverSymbol", "Cover Symbol", based_on="CoverIssue", run_form="<w:b/>")
        + style("CoverText", "Cover Text", paragraph_form=space(120, 0))
        + style(
            "Title",
            "Title",
            following="Subtitle",
            paragraph_form=f'{space(3600, 360)}<w:jc w:val="center"/>',
            run_form='<w:b/><w:sz w:val="42"/>',
        )
        + style(
            "Subtitle",
            "Subtitle",
            paragraph_form=f'{space(0, 160)}<w:jc w:val="center"/>',
            run_form='<w:sz w:val="26"/>',
        )
        + style("CoverNotice", "Cover Notice", based_on="Subtitle", run_form="<w:b/>")
        + more
        + "</w:styles>"
    )


def brief_styles() -> str:
    """Return the styles of a brief: those of the report with smaller headings and its own head."""
    head = style(
        "BriefHead",
        "Brief Head",
        paragraph_form=(
            '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="2" w:color="1F6699"/></w:pBdr>'
            f"{space(0, 120)}"
        ),
        run_form='<w:sz w:val="20"/>',
    ) + style(
        "BriefTitle",
        "Brief Title",
        paragraph_form='<w:keepNext/><w:spacing w:before="60" w:after="120" w:line="240" '
        'w:lineRule="auto"/>',
        run_form='<w:b/><w:sz w:val="32"/>',
    )
    return styles(heading(1, 240, 25), head)


def _header_form() -> str:
    return (
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="1A1A1A"/></w:pBdr>'
        '<w:jc w:val="right"/>'
    )


def numbering() -> str:
    """Return the numbering of paragraphs through the document, and the bullets."""
    return (
        f"<w:numbering {NAMESPACES}>"
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="NumberedParagraph"/><w:suff w:val="tab"/><w:lvlText w:val="%1."/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs>'
        '<w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        '<w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="851" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Return the settings of a document of today's Word."""
    return (
        f'<w:settings {NAMESPACES}><w:defaultTabStop w:val="567"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def footnotes() -> str:
    """Return the two lines that part notes from text."""
    close = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1"><w:p>{close}<w:r>'
        '<w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" '
        f'w:id="0"><w:p>{close}<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )


def header() -> str:
    """Return the running head."""
    return f"<w:hdr {NAMESPACES}>{paragraph('{{ running_head }}', 'Header')}</w:hdr>"


def footer() -> str:
    """Return the page number."""
    return (
        f'<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:ftr>'
    )


def font_table() -> str:
    """Return the one font that the styles name."""
    return (
        f'<w:fonts {NAMESPACES}><w:font w:name="Times New Roman"><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def theme() -> str:
    """Return the colours and fonts that Word offers first."""
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items()
    )
    font = '<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{DRAWING}" name="Report"><a:themeElements>'
        f'<a:clrScheme name="Report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Report"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Report"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def content_types() -> str:
    """Return the kinds of the parts."""
    kinds = {part: f"{TYPES}.{part}+xml" for part in PARTS}
    kinds["theme"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}"/>'
        for part, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="svg" ContentType="image/svg+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def package_relations() -> str:
    """Return what the package consists of."""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def document_relations() -> str:
    """Return what the document refers to: rId1, rId2 ... in the order of PARTS."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(PARTS, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def properties() -> str:
    """Return the properties that the writer fills."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{ title }}</dc:title>'
        "<dc:creator>{{ entity_name }}</dc:creator><dc:language>{{ language }}</dc:language>"
        "</cp:coreProperties>"
    )


def write(name: str, main: str, style_sheet: str) -> None:
    """Write a template with this main part beside this file."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": package_relations(),
        "docProps/core.xml": properties(),
        "word/document.xml": main,
        "word/_rels/document.xml.rels": document_relations(),
        "word/styles.xml": style_sheet,
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/footnotes.xml": footnotes(),
        "word/header.xml": header(),
        "word/footer.xml": footer(),
        "word/fontTable.xml": font_table(),
        "word/theme.xml": theme(),
    }
    with ZipFile(Path(__file__).with_name(name), "w", ZIP_DEFLATED) as package:
        for part, content in parts.items():
            entry = ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            package.writestr(entry, HEAD + content, ZIP_DEFLATED)


def main() -> None:
    """Write both templates."""
    write("report.docx", document(), styles(heading(1, 480, 30)))
    write("brief.docx", brief(), brief_styles())


if __name__ == "__main__":
    main()
