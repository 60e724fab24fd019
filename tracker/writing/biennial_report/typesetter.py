"""The typesetter with the project's fonts alone, for the PDF and for pictures of drawings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from tracker.writing.biennial_report.templates import TEMPLATES

_DRAWING = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", width: 480pt)'
_PIXELS_PER_INCH = 220
Standard = Literal["a-3a", "ua-1"]
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


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Return the fonts of the typesetter and of the project, and no others.

    A font of the machine would give other bytes on another machine.
    """
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
