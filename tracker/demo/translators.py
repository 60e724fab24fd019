"""The demo's translators: they open a translation file and write a translation beside each text."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from tracker.demo.calendar import filled_in

FOLDER = Path(__file__).resolve().parent / "translations"
_XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def translations(language: str, words: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the translators know: texts in English with their translations."""
    table = tomllib.loads(filled_in((FOLDER / f"{language}.toml").read_text("utf-8"), words))
    return {original: text for part in table.values() for original, text in part.items()}


def translated(file: bytes, known: Mapping[str, str]) -> bytes:
    """Return an XLIFF file with the translation of each text, as a translator's tool saves it."""
    root = etree.fromstring(file)
    for source in root.iter(f"{_XLIFF}source"):
        target = etree.Element(f"{_XLIFF}target", state="final")
        target.text = known[" ".join((source.text or "").split())]
        source.addnext(target)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
