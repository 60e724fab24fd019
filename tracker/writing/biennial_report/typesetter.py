"""Pictures and the typesetter: drawings made into pictures, and pictures tried in a document."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from tracker.domain.errors import Invalid
from tracker.writing.biennial_report.house_files import ending_of
from tracker.writing.typesetting import Standard, TypesettingRefused, typeset, typeset_apart

_DRAWING = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg", width: 480pt)'
_TRIAL = (
    b'#set document(title: "-")\n#let it = json("picture.json")\n'
    b'#image(bytes(it.bytes), format: it.format, alt: "-", width: 6cm)'
)
Json = str | int | None | Sequence["Json"] | Mapping[str, "Json"]
# PDF/A-3a for archives and PDF/UA-1 for accessibility, enforced by the typesetter.
STANDARDS: Final[tuple[Standard, ...]] = ("a-3a", "ua-1")


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
        typeset_apart({"main": _TRIAL, "picture.json": source}, standards=STANDARDS)
    except TypesettingRefused as refusal:
        raise Invalid(
            "The picture cannot be put into a PDF for archives. Save it anew, as plain SVG or as "
            "PNG, and choose that."
        ) from refusal
