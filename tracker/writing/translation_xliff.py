"""A translation file as XLIFF 1.2, which the tools of translators read: a unit a paragraph."""

from typing import Final

from lxml import etree

from tracker.domain.biennial_report.translations import (
    NEEDS_REVIEW,
    TranslationFile,
    TranslationState,
)
from tracker.domain.biennial_report.wording import plain

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"
_X: Final = f"{{{NAMESPACE}}}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_TOOL: Final = "mandate-tracker"
# Tools ask which variety of a language it is; these are the ones our Word files are checked in.
LOCALES: Final = {"en": "en-GB", "es": "es-ES", "fr": "fr-FR", "pt": "pt-BR"}
_STATES: Final = {
    TranslationState.CURRENT: "translated",
    TranslationState.OUT_OF_DATE: NEEDS_REVIEW,
}


def write_xliff(file: TranslationFile) -> bytes:
    """Return the file as XLIFF; the same file gives the same bytes."""
    root = etree.Element(f"{_X}xliff", version="1.2", nsmap={None: NAMESPACE})
    source, target = _locale(file.mark.source_language), _locale(file.mark.language)
    held = etree.SubElement(
        root,
        f"{_X}file",
        {
            "original": str(file.mark),
            "source-language": source,
            "target-language": target,
            "datatype": "plaintext",
            "tool-id": _TOOL,
        },
    )
    head = etree.SubElement(held, f"{_X}header")
    etree.SubElement(head, f"{_X}tool", {"tool-id": _TOOL, "tool-name": "Mandate tracker"})
    etree.SubElement(head, f"{_X}note").text = plain(file.title)
    body = etree.SubElement(held, f"{_X}body")
    for line in file.lines:
        told = {"id": line.key, f"{_XML}space": "preserve"}
        unit = etree.SubElement(body, f"{_X}trans-unit", told)
        etree.SubElement(unit, f"{_X}source", {f"{_XML}lang": source}).text = plain(line.source)
        if line.target:
            told = {f"{_XML}lang": target, "state": _STATES.get(line.state, "translated")}
            etree.SubElement(unit, f"{_X}target", told).text = plain(line.target)
        if line.heading:
            etree.SubElement(unit, f"{_X}note").text = plain(line.heading)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _locale(language: str) -> str:
    return LOCALES.get(language, language)
