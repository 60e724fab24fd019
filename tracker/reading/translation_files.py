"""Reading of a translation file that came back: XLIFF 1.2, or the Word table of two columns."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from tracker.domain.biennial_report.translations import (
    NEEDS_REVIEW,
    ReturnedFile,
    ReturnedLine,
    TranslationMark,
    find_key,
    find_translation_mark,
    repeated_key,
)
from tracker.domain.errors import Invalid
from tracker.reading.word_tables import is_word, read_word_tables

LARGEST_FILE = 30 * 1024 * 1024
"""Bytes: the texts of two thousand mandates take a tenth of it."""
_XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
_LATER = "urn:oasis:names:tc:xliff:document:2."
# Tags that stand for something in a tool: g holds words, the others hold none of ours.
_HOLDING = frozenset({f"{_XLIFF}g", f"{_XLIFF}mrk", f"{_XLIFF}sub"})
# What XLIFF calls a target that nobody has translated yet.
_UNTRANSLATED = frozenset({"new", "needs-translation"})
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


def read_translation_file(content: bytes) -> ReturnedFile:
    """Return what a file says; raise Invalid, with what to do, for one that is none of ours."""
    if len(content) > LARGEST_FILE:
        raise Invalid(
            "The file is larger than %(limit)s MB, which no translation file is. Choose the file "
            "that was downloaded here and translated.",
            limit=LARGEST_FILE // 1024 // 1024,
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        returned = _read_xliff(content)
    elif is_word(content):
        returned = _read_table(content)
    else:
        raise Invalid(
            "This is neither an XLIFF file nor a Word file (.docx). In the translation tool, save "
            "the translated file in the format in which it was opened."
        )
    twice = repeated_key(returned.lines)
    if twice is not None:
        raise Invalid(
            "The text “%(text)s” stands in the file twice, with different translations. Keep one "
            "and choose the file again.",
            text=_shortened(twice.source),
        )
    return returned


def _read_xliff(content: bytes) -> ReturnedFile:
    root = _parse(content)
    if root.tag != f"{_XLIFF}xliff":
        if (etree.QName(root).namespace or "").startswith(_LATER):
            raise Invalid(
                "The file is in a later version of XLIFF. Let the translation tool save it as "
                "XLIFF 1.2, as it went out, and choose it again."
            )
        raise _foreign()
    mark: TranslationMark | None = None
    lines: list[ReturnedLine] = []
    for file in root.iter(f"{_XLIFF}file"):
        found = find_translation_mark(file.get("original") or "")
        if found is None or (mark is not None and found != mark):
            raise _foreign()
        _check_language(file, found)
        mark = found
        lines.extend(_units(file))
    if mark is None:
        raise _foreign()
    return ReturnedFile(mark, tuple(lines))


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Invalid(
            "The XLIFF file is damaged or was cut off while being copied. Save it anew in the "
            "translation tool and choose it again."
        ) from problem
    if root.getroottree().docinfo.doctype:
        raise Invalid(
            "The file declares a document type of its own, which no XLIFF file of ours does. Save "
            "it anew in the translation tool and choose it again."
        )
    return root


def _check_language(file: etree._Element, mark: TranslationMark) -> None:
    told = (file.get("target-language") or mark.language).replace("_", "-").split("-")[0].lower()
    if told != mark.language:
        raise Invalid(
            "The file says that it is in another language than it was made for. Choose the file "
            "of this language, or set the language in the translation tool right."
        )


def _units(file: etree._Element) -> Iterator[ReturnedLine]:
    for unit in file.iter(f"{_XLIFF}trans-unit"):
        source, target = unit.find(f"{_XLIFF}source"), unit.find(f"{_XLIFF}target")
        codes: list[str] = []
        original = "" if source is None else _words(source, [])
        translation = "" if target is None else _words(target, codes)
        state = "" if target is None else target.get("state") or ""
        # Some tools put the original there, for the translator to write over.
        if state in _UNTRANSLATED and translation == original:
            translation = ""
        yield ReturnedLine(
            key=find_key(unit.get("id") or ""),
            source=original,
            target=translation,
            has_codes=bool(codes),
            is_unreviewed=state == NEEDS_REVIEW and unit.get("approved") != "yes",
        )


def _words(element: etree._Element, codes: list[str]) -> str:
    """Return the words in an element; tags that are no marks of segments are added to ``codes``."""
    return _SPACES.sub(" ", "".join(_pieces(element, codes))).strip()


def _pieces(element: etree._Element, codes: list[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _HOLDING:
            yield from _pieces(child, codes)
        if child.tag != f"{_XLIFF}mrk" and isinstance(child.tag, str):
            codes.append(child.tag)
        yield child.tail or ""


def _read_table(content: bytes) -> ReturnedFile:
    read = read_word_tables(content)
    mark = find_translation_mark(read.words)
    if mark is None:
        raise _foreign()
    return ReturnedFile(mark, tuple(_rows(row for table in read.tables for row in table)))


def _rows(rows: Iterable[Sequence[str]]) -> Iterator[ReturnedLine]:
    """Yield the rows of the table; one without a key that has a translation is told, too."""
    is_begun = False
    for row in rows:
        if len(row) < 2:
            continue
        left, right = row[0], _SPACES.sub(" ", row[1]).strip()
        key = find_key(left)
        is_begun = is_begun or bool(key)
        source = _SPACES.sub(" ", left.replace(key, "", 1) if key else left).strip()
        if key or (is_begun and right):
            is_marked = right.startswith("*")
            words = right.removeprefix("*").strip()
            yield ReturnedLine(key, source, words, is_unreviewed=is_marked)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _foreign() -> Invalid:
    return Invalid(
        "The file does not say which report it translates, so its texts cannot find their places. "
        "Choose a file that was downloaded here and translated."
    )
