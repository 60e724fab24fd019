"""Translation files come back as tools and people leave them; hostile ones are refused."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from lxml import etree
from translate.storage.placeables import StringElem
from translate.storage.placeables.xliff import G, X
from translate.storage.xliff import xlifffile

from tracker.domain.biennial_report.translations import (
    FileLine,
    ReturnedLine,
    TranslationFile,
    TranslationMark,
    TranslationState,
)
from tracker.domain.errors import Invalid
from tracker.reading import translation_files
from tracker.reading.translation_files import read_translation_file
from tracker.writing.translation_table import write_table
from tracker.writing.translation_xliff import write_xliff

KEYS = ("mandate1.done.1/1.2/aaaaaaaaaa", "mandate1.done.1/2.2/bbbbbbbbbb")
FILE = TranslationFile(
    TranslationMark(3, "en", "es"),
    "Report & more",
    (
        FileLine(KEYS[0], "Water < 5 & fire", "", "A. Resolution 12", TranslationState.MISSING),
        FileLine(
            KEYS[1], "A third =1+1", "Una tercera", "A. Resolution 12", TranslationState.OUT_OF_DATE
        ),
    ),
)
XLIFF = write_xliff(FILE)
TABLE = write_table(FILE, names=("inglés", "español"))


def edited(content: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """Change the text of a Word file's document."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(changed, "w", ZIP_DEFLATED) as written:
        for name in package.namelist():
            part = package.read(name)
            written.writestr(name, edit(part) if name == "word/document.xml" else part)
    return changed.getvalue()


@pytest.mark.parametrize("content", [XLIFF, TABLE], ids=["xliff", "word"])
def test_a_file_says_what_went_out(content: bytes) -> None:
    returned = read_translation_file(content)

    assert returned.mark == FILE.mark
    assert returned.lines == (
        ReturnedLine(KEYS[0], "Water < 5 & fire", ""),
        ReturnedLine(KEYS[1], "A third =1+1", "Una tercera", is_unreviewed=True),
    )


def test_the_units_of_xliff_stand_in_the_order_of_its_schema() -> None:
    root = etree.fromstring(XLIFF)

    names = [etree.QName(each).localname for each in root.iter(etree.Element)]

    assert names == [
        "xliff", "file", "header", "tool", "note", "body",
        "trans-unit", "source", "note",
        "trans-unit", "source", "target", "note",
    ]  # fmt: skip
    (file,) = root
    assert (
        dict(file.attrib).items()
        >= {
            "original": "tracker-translation-3-en-es",
            "source-language": "en-GB",
            "target-language": "es-ES",
            "datatype": "plaintext",
        }.items()
    )
    target = root.find(".//{*}target")
    assert target is not None
    assert target.get("state") == "needs-review-translation"


@pytest.mark.parametrize(
    ("state", "target"), [("needs-translation", ""), ("final", "Water < 5 & fire")]
)
def test_an_original_that_a_tool_put_into_the_target_is_no_translation(
    state: str, target: str
) -> None:
    source = b"Water &lt; 5 &amp; fire"
    told = XLIFF.replace(
        source + b"</source>",
        source + b'</source><target state="' + state.encode() + b'">' + source + b"</target>",
    )

    line = read_translation_file(told).lines[0]

    assert line.target == target


def test_a_translators_tool_reads_translates_and_saves_the_file_without_a_loss() -> None:
    tool = xlifffile.parsestring(XLIFF)  # type: ignore[no-untyped-call]  # it carries no types
    first, second = tool.units
    read = [(unit.source, unit.target, unit.getnotes(), unit.isfuzzy()) for unit in tool.units]
    first.target = "Agua < 5 y fuego"
    second.rich_target = [StringElem(["Una ", G(["tercera"], id="1"), X(id="2")])]
    second.markapproved(True)

    returned = read_translation_file(bytes(tool))

    heading = "A. Resolution 12"
    assert (tool.getsourcelanguage(), tool.gettargetlanguage()) == ("en-GB", "es-ES")
    assert [unit.getid().partition("\x04")[2] for unit in tool.units] == list(KEYS)
    assert read == [
        ("Water < 5 & fire", None, heading, False),
        ("A third =1+1", "Una tercera", heading, True),
    ]
    assert returned.mark == FILE.mark
    assert returned.lines == (
        ReturnedLine(KEYS[0], "Water < 5 & fire", "Agua < 5 y fuego"),
        ReturnedLine(KEYS[1], "A third =1+1", "Una tercera", has_codes=True),
    )


def test_segments_of_a_tool_are_joined_and_its_tags_are_told() -> None:
    told = XLIFF.replace(
        b'state="needs-review-translation">Una tercera<',
        b'state="final"><mrk mtype="seg" mid="0">Una <g id="1">ter</g></mrk>cera<ph id="2">x</ph><',
    )

    (_, line) = read_translation_file(told).lines

    assert (line.target, line.has_codes) == ("Una tercera", True)


def test_a_translation_typed_in_two_paragraphs_is_one_line() -> None:
    document = Document(BytesIO(TABLE))
    document.tables[0].rows[2].cells[1].text = "Agua\ny fuego"
    saved = BytesIO()
    document.save(saved)

    (line, _) = read_translation_file(saved.getvalue()).lines

    assert line.target == "Agua y fuego"


def test_a_row_whose_key_is_gone_is_told_without_one() -> None:
    lines = read_translation_file(
        edited(TABLE, lambda part: part.replace(KEYS[1].encode(), b""))
    ).lines

    assert [line.key for line in lines] == [KEYS[0], ""]


def many_entities(content: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return content.replace(b"<xliff", declared + b"<xliff", 1).replace(b"Water", b"&b;", 1)


def twice(content: bytes) -> bytes:
    return content.replace(KEYS[0].encode(), KEYS[1].encode())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "neither an XLIFF file nor a Word file"),
        (b"<xliff", "damaged or was cut off"),
        (XLIFF[: len(XLIFF) // 2], "damaged or was cut off"),
        (many_entities(XLIFF), "declares a document type"),
        (b"<html/>", "does not say which report"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"/>', "XLIFF 1.2"),
        (XLIFF.replace(b"tracker-translation-3-en-es", b"brochure.docx"), "which report"),
        (XLIFF.replace(b'target-language="es-ES"', b'target-language="fr-FR"'), "another language"),
        (twice(XLIFF), "stands in the file twice"),
        (edited(TABLE, lambda part: part.replace(b"tracker-translation", b"x")), "which report"),
        (TABLE[:2000], "neither an XLIFF file nor a Word file"),
    ],
    ids=range(11),
)
def test_a_file_that_is_none_of_ours_is_refused_with_what_to_do(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        read_translation_file(content)

    assert sentence in str(refusal.value)


def test_a_file_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.reading.word_tables.UNPACKED_LIMIT", 1000)

    with pytest.raises(Invalid, match="unpacks to more"):
        read_translation_file(TABLE)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation_files, "LARGEST_FILE", 100)

    with pytest.raises(Invalid, match="larger than"):
        read_translation_file(XLIFF)
