"""Files as attackers and accidents make them, each with words of the sentence that refuses it."""

import struct
import zlib

from tests.reading.documents import OPENING, make_encrypted_pdf, make_package, make_paragraph

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] {} >>"
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha ha ha ha ha">'
    + "".join(f'<!ENTITY {chr(98 + depth)} "{f"&{chr(97 + depth)};" * 10}">' for depth in range(9))
    + "]>"
)
CLAUSES = ("1. Requests the secretariat to act;", "2. Decides to meet.")
TEXT = "\n\n".join([*OPENING, *CLAUSES])
WEB_PAGE = (
    '<html><head><meta charset="utf-16"></head><body>\0'
    + "".join(f"<p>{words}</p>" for words in (*OPENING, *CLAUSES))
    + "</body></html>"
)


def make_raw_pdf(*objects: str, table_at: int | None = None) -> bytes:
    """Return a PDF of these objects, the first its catalog; ``table_at`` misplaces its table."""
    text, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    start = len(text) if table_at is None else table_at
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return (text + head + trailer).encode()


def make_text_pdf(catalog: str = "", *, table_at: int | None = None) -> bytes:
    """Return a PDF with the words of a resolution; ``catalog`` is put into its catalog."""
    rows = " ".join(f"({_escaped(row)}) Tj 0 -24 Td" for row in TEXT.split("\n\n"))
    stream = f"BT /F1 10 Tf 20 280 Td {rows} ET"
    return make_raw_pdf(
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format("/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"),
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        table_at=table_at,
    )


def make_word_of(document: str, **parts: str) -> bytes:
    """Return a Word document whose main part is this XML, with further parts by their path."""
    return make_package({"word/document.xml": document, **parts})


def make_picture() -> bytes:
    """Return a PNG of one white pixel."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _escaped(words: str) -> str:
    return words.replace("(", r"\(").replace(")", r"\)")


def _word_body(prologue: str, last: str) -> str:
    paragraphs = "".join(map(make_paragraph, (*OPENING, *CLAUSES)))
    return (
        f"{prologue}<w:document {_W}><w:body>{paragraphs}<w:p><w:r><w:t>{last}</w:t></w:r></w:p>"
        "</w:body></w:document>"
    )


def _with_broken_packing() -> bytes:
    """Return a Word package whose main part no longer unpacks."""
    sound = bytearray(make_word_of(_word_body("", "")))
    start = sound.index(b"word/document.xml") + len(b"word/document.xml")
    sound[start : start + 60] = bytes(60)[:30] + b"\xff" * 30
    return bytes(sound)


def _of_a_later_time() -> bytes:
    """Return a Word package whose directory asks for a program that is not yet written."""
    sound = bytearray(make_word_of(_word_body("", "")))
    sound[sound.index(b"PK\x01\x02") + 6] = 148
    return bytes(sound)


_OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)

REFUSED_FILES = {
    "empty": (b"", "a.txt", "is empty"),
    "only NUL bytes": (bytes(4096), "a.txt", "is empty"),
    "a sound": (
        b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
        "a.wav",
        "not a document but a file of type",
    ),
    "a picture named as PDF": (make_picture(), "a.pdf", "says PDF, but the file is a picture"),
    "a picture that is cut off": (make_picture()[:20], "a.png", "picture is damaged"),
    "a TIFF whose directory is missing": (b"II*\0\xff\xff\xff\x7f", "a.tif", "picture is damaged"),
    "a TIFF of noise": (b"MM\0*\0\0\0\x08" + bytes(range(256)) * 4, "a.tif", "picture is damaged"),
    "billion laughs in Word": (make_word_of(_word_body(_LAUGHS, "&j;")), "a.docx", "damaged"),
    "billion laughs in HTML": (
        f"<!DOCTYPE html>{_LAUGHS}<html><body><p>&j;</p></body></html>".encode(),
        "a.html",
        "No resolution was found",
    ),
    "a hundred thousand pages": (
        make_raw_pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{'3 0 R ' * 100_000}] /Count 100000 >>",
            _PAGE.format(""),
        ),
        "a.pdf",
        "more than 2000 pages",
    ),
    "ten thousand scanned pages": (
        make_raw_pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{'3 0 R ' * 10_000}] /Count 10000 >>",
            _PAGE.format("/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"),
            "<< /Length 26 >>\nstream\n300 0 0 300 0 0 cm /I Do\nendstream",
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
            " /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream",
        ),
        "a.pdf",
        "more than 2000 pages",
    ),
    "pages that hold themselves": (
        make_raw_pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>",
            table_at=99_999,
        ),
        "a.pdf",
        "damaged",
    ),
    "a password on the PDF": (make_encrypted_pdf(), "a.pdf", "Save it without a password"),
    "a password on the Word file": (
        _OLE + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "Save it without a password",
    ),
    "packing of a later time": (_of_a_later_time(), "a.docx", "damaged"),
    "packing that is broken": (_with_broken_packing(), "a.docx", "damaged"),
    "a ZIP named as Word": (make_package({"notes.txt": TEXT}), "a.docx", "package of other files"),
    "a text of very many lines": (
        f"{TEXT}\n".encode() + b"a\n" * 100_000,
        "a.txt",
        "more than 100000 lines or paragraphs",
    ),
    "numbers that look like wide letters": (
        bytes(255 * (place % 2) and 1 + place % 9 for place in range(5000)),
        "a.txt",
        "not a document",
    ),
    "right-to-left text": (
        "اللجنة الاقتصادية،\n\n1. تطلب إلى الأمانة أن تقدم تقريرا".encode(),
        "a.txt",
        "No resolution was found",
    ),
}

READ_FILES = {
    "UTF-16": (TEXT.encode("utf-16"), "a.txt", CLAUSES[0]),
    "UTF-16 without its mark": (TEXT.encode("utf-16-le"), "a.txt", CLAUSES[0]),
    "UTF-16 the other way round": (TEXT.encode("utf-16-be") + b"\0", "a.txt", CLAUSES[0]),
    "a web page in UTF-16 without its mark": (WEB_PAGE.encode("utf-16-le"), "a.html", CLAUSES[0]),
    "a web page that says it is UTF-16": (WEB_PAGE.encode(), "a.html", CLAUSES[0]),
    "NUL bytes within words": (TEXT.replace("act", "a\0ct").encode(), "a.txt", CLAUSES[0]),
    "NUL bytes behind the text": (TEXT.encode() + bytes(9000), "a.txt", CLAUSES[0]),
    "Latin-1": (TEXT.replace("act", "señalar").encode("latin-1"), "a.txt", "to señalar"),
    "mixed encodings": (
        f"{TEXT[:-1]};\n\n3. Requests “Ñandú” to ".encode() + "señalar.".encode("latin-1"),
        "a.txt",
        "Requests “Ñandú” to señalar.",
    ),
    "right-to-left words": (
        TEXT.replace("to act", "to translate «تقرير اللجنة»").encode(),
        "a.txt",
        "to translate «تقرير اللجنة»",
    ),
    "marks that turn the writing": (
        TEXT.replace("act", "\u202etca\u202c").encode(),
        "a.txt",
        "Requests the secretariat to tca;",
    ),
    "a macro in Word": (
        make_word_of(_word_body("", ""), **{"word/vbaProject.bin": "Sub AutoOpen()"}),
        "a.docm",
        "Requests the secretariat to act;",
    ),
    "an external entity in Word": (
        make_word_of(_word_body('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;")),
        "a.docx",
        "Decides to meet.",
    ),
    "a script in the PDF": (
        make_text_pdf("/OpenAction << /S /JavaScript /JS (while \\(1\\) {}) >>"),
        "a.pdf",
        "Requests the secretariat to act;",
    ),
    "a broken table of the PDF": (make_text_pdf(table_at=7), "a.pdf", "Decides to meet."),
}
