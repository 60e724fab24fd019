"""Files that cannot be read: each is refused with one sentence that says what to do."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.reading.documents import (
    OPENING,
    make_encrypted_pdf,
    make_package,
    make_paragraph,
    make_pdf,
    make_word,
)
from tracker.domain.errors import UnreadableDocument
from tracker.reading import lines, packages, read, read_bytes

WORD = make_word(make_paragraph("1. Requests the secretariat to act."))
PDF = make_pdf("12(III) LIGHTHOUSES\n\nThe Commission for the Ostral Islands,\n\nRecalling it,")
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
ENCRYPTED_WORD = OLE + "EncryptedPackage".encode("utf-16-le")
TEXT = "\n\n".join([*OPENING, "1. Requests the secretariat to act."]).encode()
PICTURE = bytes.fromhex("89504E470D0A1A0A0000000D49484452") + bytes(200)

REFUSED = {
    "empty": (b"", "a.txt", "is empty"),
    "only spaces": (b"  \n\t\r\n ", "a.txt", "is empty"),
    "binary": (PICTURE, "a.png", "picture is damaged"),
    "binary named as text": (bytes(range(256)) * 9, "a.txt", "not a document"),
    "pdf named as word": (PDF, "a.docx", "says Word, but the file is PDF"),
    "word named as pdf": (WORD, "a.pdf", "says PDF, but the file is Word"),
    "text named as html": (TEXT, "a.html", "says HTML, but the file is plain text"),
    "another office file": (make_package({"xl/workbook.xml": "<a/>"}), "a.docx", "not a document"),
    "encrypted word": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "without a password",
    ),
    "old word": (OLE, "a.doc", "Save it as .docx"),
    "rich text": (rb"{\rtf1 Requests}", "a.rtf", "Save it as .docx"),
    "encrypted pdf": (make_encrypted_pdf(), "a.pdf", "without a password"),
    "truncated word": (WORD[: len(WORD) // 2], "a.docx", "damaged"),
    "truncated pdf": (PDF[:400], "a.pdf", "damaged"),
    "word without its text": (make_package({"word/document.xml": "<w:p"}), "a.docx", "damaged"),
    "scan": (make_pdf("#rect(width: 5cm, height: 5cm)"), "a.pdf", "No words were found"),
    "no opener": (
        b"Dear colleagues,\n\n1. Requests are welcome.",
        "a.txt",
        "No resolution was found",
    ),
    "no clause": ("\n\n".join(OPENING).encode(), "a.txt", "No operative clause was found"),
}


@pytest.mark.parametrize(("content", "filename", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    content: bytes, filename: str, told: str
) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(content, filename)

    assert told in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_a_file_larger_than_the_limit_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="larger than 1 MB"):
        read_bytes(TEXT + b" " * 1024 * 1024, "a.txt", limit=1024 * 1024)


def test_a_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(TEXT)

    with pytest.raises(UnreadableDocument, match="larger than 0 MB"):
        read(source, limit=10)


def test_a_package_that_unpacks_too_large_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packages, "_UNPACKED_LIMIT", 1000)  # a real bomb would slow every run
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<a>" + " " * 5000 + "</a>")

    with pytest.raises(UnreadableDocument, match="unpacks to more than"):
        read_bytes(packed.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (make_word(*map(make_paragraph, "abcdefgh")), "a.docx"),
        (b"<html><body><ol>" + b"<li>Requests it</li>" * 11, "a.html"),
    ],
    ids=["Word", "HTML"],
)
def test_more_paragraphs_than_a_resolution_has_are_refused(
    content: bytes, filename: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 10)

    with pytest.raises(UnreadableDocument, match="more than 10 lines or paragraphs"):
        read_bytes(content, filename)


def test_entities_in_a_word_file_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(map(make_paragraph, [*OPENING, "1. Requests the secretariat to act."]))
    document = (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{namespace}">'
        f"<w:body>{paragraphs}<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )

    (resolution,) = read_bytes(make_package({"word/document.xml": document}), "a.docx")

    assert "hidden" not in " ".join(block.text for block in resolution.blocks)
