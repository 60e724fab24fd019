"""The styles of a Word file from outside: those alone, and nothing that says who or what."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.house_styles import PRIVATE, house_file, part_of, with_part
from tracker.domain.biennial_report.house_styles import FONTS, PAGE, STYLES, THEME
from tracker.domain.errors import Invalid
from tracker.reading.house_styles import read_house_styles

MAIN = b"wordprocessingml.document.main+xml"
TYPES = "[Content_Types].xml"


def as_kind(kind: bytes) -> bytes:
    content = house_file()
    return with_part(content, TYPES, part_of(content, TYPES).replace(MAIN, kind))


def with_page(width: int) -> bytes:
    content = house_file()
    main = part_of(content, "word/document.xml")
    return with_part(
        content, "word/document.xml", main.replace(b'w:w="9978"', f'w:w="{width}"'.encode())
    )


def test_styles_page_fonts_and_theme_alone_are_read() -> None:
    read = read_house_styles(house_file())

    with ZipFile(BytesIO(read)) as package:
        assert set(package.namelist()) == {STYLES, PAGE, FONTS, THEME}
        whole = b"".join(package.read(name) for name in package.namelist())
    assert b"heading 1" in whole
    assert b'"width": 9978' in whole
    assert PRIVATE.encode() not in whole
    assert b"rsid" not in whole


def test_the_same_file_gives_the_same_bytes() -> None:
    content = house_file()

    assert read_house_styles(content) == read_house_styles(content)


def test_a_template_of_word_is_read_as_a_document_is() -> None:
    read = read_house_styles(as_kind(b"wordprocessingml.template.main+xml"))

    assert read == read_house_styles(house_file())


def test_what_would_hide_printed_text_or_names_who_changed_it_is_left_behind() -> None:
    content = house_file()
    styles = part_of(content, "word/styles.xml").replace(
        b"<w:b/>", b'<w:vanish/><w:b/><w:rPrChange w:id="1" w:author="Ana Tavares"/>', 1
    )

    read = read_house_styles(with_part(content, "word/styles.xml", styles))

    assert b"vanish" in styles
    assert not any(word in part_of(read, STYLES) for word in (b"vanish", b"rPrChange", b"Ana"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (as_kind(b"template.macroEnabledTemplate.main+xml"), "has macros"),
        (with_part(house_file(), "word/vbaProject.bin", b"\xd0\xcf"), "has macros"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "no Word file"),
        (b"PK\x03\x04" + bytes(100), "no Word file"),
        (as_kind(b"spreadsheetml.sheet.main+xml"), "no Word file"),
        (with_part(house_file(), "word/styles.xml", b"<styles/>"), "no Word file"),
        (with_part(house_file(), "word/styles.xml", b"<w:styles"), "no Word file"),
        (with_page(6000), "leaves 6.6 by"),
        (with_page(90_000), "leaves 1"),
        (bytes(10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=[
        "macros by kind", "macros by part", "protected", "damaged", "workbook", "no styles",
        "broken styles", "narrow", "wider than Word knows", "large",
    ],
)  # fmt: skip
def test_what_cannot_give_styles_is_turned_away_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_house_styles(content)

    assert words in str(refusal.value)
