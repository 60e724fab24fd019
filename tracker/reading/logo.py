"""A logo as it comes from outside: its real kind, its size, and nothing in it but the picture."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from tracker.domain.errors import Invalid
from tracker.reading.drawing import clean_drawing
from tracker.reading.pictures import DAMAGE

LARGEST_LOGO: Final = 300 * 1024
"""Bytes, as it comes and as it is kept: every preview and every web page carries it."""
_MOST_DOTS: Final = 4_000_000
_FEWEST_DOTS: Final = 40  # across or down
_QUALITY: Final = 92  # of 100
_SVG, _PNG, _JPEG = "image/svg+xml", "image/png", "image/jpeg"


@dataclass(frozen=True, slots=True)
class ReadLogo:
    """A picture without anything beside it; ``width`` and ``height`` as ``Logo`` has them."""

    content: bytes
    media_type: str
    width: int
    height: int


def read_logo(content: bytes) -> ReadLogo:
    """Return the picture that a file holds; raise Invalid, with what to do, for any other file.

    Its kind is told by what it holds, not by its name. What it carries beside the picture (who made
    it, with what, where) is left behind.
    """
    if len(content) > LARGEST_LOGO:
        raise Invalid(
            "The picture has %(size)s kB; a logo may have %(limit)s kB. Save it smaller and choose "
            "it again.",
            size=-(-len(content) // 1024),
            limit=LARGEST_LOGO // 1024,
        )
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _picture(content)
    if b"<svg" in content or b":svg" in content:
        drawing, width, height = clean_drawing(content)
        return ReadLogo(drawing, _SVG, width, height)
    raise Invalid("This is no PNG, JPEG or SVG file. Save the logo as one of these and choose it.")


def _picture(content: bytes) -> ReadLogo:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            _check_size(*picture.size)
            media_type = _PNG if picture.format == "PNG" else _JPEG
            cleaned = _cleaned(picture, media_type)
            return ReadLogo(cleaned[0], media_type, *cleaned[1])
    except DAMAGE as problem:
        raise Invalid(
            "The picture is damaged or was cut off while being copied. Save it anew and choose it "
            "again."
        ) from problem


def _cleaned(picture: Image.Image, media_type: str) -> tuple[bytes, tuple[int, int]]:
    """Return the dots alone, upright, in colours that every reader shows, and how many."""
    upright = ImageOps.exif_transpose(picture)
    is_transparent = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if is_transparent and media_type == _PNG else "RGB"
    dots = Image.new(mode, upright.size)
    dots.paste(upright.convert(mode))
    file = BytesIO()
    if media_type == _PNG:
        dots.save(file, "PNG", optimize=True)
    else:
        dots.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue(), dots.size


def _check_size(width: int, height: int) -> None:
    if width * height > _MOST_DOTS:
        raise Invalid(
            "The picture measures %(width)s by %(height)s dots, more than %(limit)s million in "
            "all. On the cover it is six centimetres wide at most: make it smaller.",
            width=width,
            height=height,
            limit=_MOST_DOTS // 1_000_000,
        )
    if min(width, height) < _FEWEST_DOTS:
        raise Invalid(
            "The picture measures %(width)s by %(height)s dots, too few to be printed. Choose one "
            "with at least %(limit)s each way.",
            width=width,
            height=height,
            limit=_FEWEST_DOTS,
        )
