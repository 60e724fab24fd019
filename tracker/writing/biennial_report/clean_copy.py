"""A hand-over copy of a working copy in Word: the same text without the marks that it bears.

A working copy names its edition among the keywords and has a bookmark around each passage, so that
an edited file can be read. Whoever gets a copy that does not come back needs none of that.
"""

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.domain.biennial_report.editing import passage_of_mark

_START = re.compile(rb'<w:bookmarkStart w:id="(\d+)" w:name="([^"]*)"\s*/>')
_END = re.compile(rb'<w:bookmarkEnd w:id="(\d+)"\s*/>')
_KEYWORDS = re.compile(rb"(<cp:keywords>)[^<]*(</cp:keywords>)")
_MAIN: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/core.xml"


def without_marks(working_copy: bytes) -> bytes:
    """Return a Word file that this program wrote without the marks of passages and of its edition.

    The places to which contents and annexes lead stay: Word numbers pages by them.
    """
    cleaned = BytesIO()
    with ZipFile(BytesIO(working_copy)) as package, ZipFile(cleaned, "w", ZIP_DEFLATED) as written:
        for member in package.infolist():
            content = package.read(member)
            if member.filename == _MAIN:
                content = _unmarked(content)
            elif member.filename == _PROPERTIES:
                content = _KEYWORDS.sub(rb"\1\2", content)
            written.writestr(ZipInfo(member.filename, member.date_time), content, ZIP_DEFLATED)
    return cleaned.getvalue()


def _unmarked(main: bytes) -> bytes:
    marks = {
        found[1]
        for found in _START.finditer(main)
        if passage_of_mark(found[2].decode()) is not None
    }

    def drop(found: re.Match[bytes]) -> bytes:
        return b"" if found[1] in marks else found[0]

    return _END.sub(drop, _START.sub(drop, main))
