"""The typesetter with the project's fonts alone, for the PDF and for pictures of drawings."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from tracker.domain.errors import Invalid
from tracker.writing.biennial_report.house_files import ending_of
from tracker.writing.biennial_report.templates import TEMPLATES

_DRAWING = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", width: 480pt)'
_PIXELS_PER_INCH = 220
_TRIAL = (
    b'#set document(title: "-")\n#let it = json("picture.json")\n'
    b'#image(bytes(it.bytes), format: it.format, alt: "-", width: 6cm)'
)
Json = str | int | None | Sequence["Json"] | Mapping[str, "Json"]
Standard = Literal["a-3a", "ua-1"]
# PDF/A-3a for archives and PDF/UA-1 for accessibility, enforced by the typesetter.
STANDARDS: Final[tuple[Standard, ...]] = ("a-3a", "ua-1")
_BEGINNING: Final = datetime(1980, 1, 1, tzinfo=UTC)


def typeset(
    sources: Mapping[str, bytes],
    *,
    form: Literal["pdf", "png"] = "pdf",
    standards: Sequence[Standard] = (),
    moment: datetime = _BEGINNING,
) -> bytes:
    """Return what the file named ``main`` gives; raises ``typst.TypstError`` where it cannot."""
    compiler = typst.Compiler(
        input=dict(sources),  # type: ignore[type-var] # files by name: the stubs leave them out
        font_paths=_fonts(TEMPLATES / "fonts"),
    )
    made = compiler.compile(
        format=form, pdf_standards=list(standards), timestamp=moment, ppi=_PIXELS_PER_INCH
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave several files in place of one.")
    return made


def as_picture(svg: str) -> bytes:
    """Return a drawing as PNG, for readers that cannot show the vectors."""
    return typeset({"main": _DRAWING, "drawing.svg": svg.encode()}, form="png")


def as_source(content: bytes, media_type: str) -> Json:
    """Return a picture as a template reads it from JSON: its kind, and its bytes as numbers.

    The typesetter takes texts alone as files.
    """
    return {"format": ending_of(media_type), "bytes": list(content)}


def try_picture(content: bytes, media_type: str) -> None:
    """Raise Invalid for a picture that the typesetter cannot put into a document for archives."""
    source = json.dumps(as_source(content, media_type)).encode()
    try:
        typeset({"main": _TRIAL, "picture.json": source}, standards=STANDARDS)
    except typst.TypstError as refusal:
        raise Invalid(
            "The picture cannot be put into a PDF for archives. Save it anew, as plain SVG or as "
            "PNG, and choose that."
        ) from refusal


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of the typesetter and of the project, and no others.

    A font of the machine would give other bytes on another machine.
    """
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
