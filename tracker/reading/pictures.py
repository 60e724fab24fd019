"""Pictures of scanned pages: opened within limits, cleaned, turned upright and straightened."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from tracker.domain.errors import UnreadableDocument

# Pillow's own limit says nothing that a person could act on; ours is looked at first.
Image.MAX_IMAGE_PIXELS = None

PAGE_WIDTH = 2480  # pixels of an A4 page of 300 dots an inch, for which recognition is made
PIXEL_LIMIT = 100_000_000  # of a picture as it comes: A3 at 600 dots an inch has 70 million
_FORMATS = ("PNG", "JPEG", "TIFF")
_MADE_LIMIT = 30_000_000  # pixels of a picture as it is recognised
_LARGEST_GROWTH = 2.5
_QUALITY = 60  # of 100: letters stay sharp
_QUARTERS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}
_BILINEAR = Image.Resampling.BILINEAR
_DARK_GROUND = 100  # mean shade of 255
_SOFTENED, _MUCH_SOFTENED = 0.8, 1.5  # dots: a little always, more where the grain is coarse
_COARSE_GRAIN = 4.0  # of 255, where the ink is black
_PALEST, _PALEST_IN_GRAIN = 0.15, 0.3  # of the ink's darkness: what is paler becomes paper
_PALEST_INK = 215  # shade: what is paler is no ink
_BLANK_SHARE = 0.000_01  # of a page's dots: less ink than a page number has
_INK = 90  # of 255: what is so much darker than the paper around it
_STEEPEST = 10.0  # degrees up to which a page is straightened
_LEAST_SKEW = 0.2  # degrees that do no harm
_LEAST_GAIN = 1.02
# What libraries raise on files that are damaged or made to do harm.
DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError,
    ArithmeticError, AssertionError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as 256 shades of grey, a byte each, row by row; blank where nothing stands on it."""

    width: int
    height: int
    pixels: bytes
    is_blank: bool = False

    def opened(self) -> Image.Image:
        """Return it as a picture that can be cut and drawn on."""
        return Image.frombytes("L", (self.width, self.height), self.pixels)

    def as_jpeg(self) -> bytes:
        """Return it as a file that browsers show, in half the size."""
        file = BytesIO()
        self.opened().reduce(2).save(file, "JPEG", quality=_QUALITY, optimize=True)
        return file.getvalue()


def picture_count(content: bytes) -> int:
    """Return how many pages a picture file has; raise UnreadableDocument for a damaged one."""
    with _opened(content) as picture:
        return int(getattr(picture, "n_frames", 1))


def page_of_pictures(content: bytes, index: int) -> Image.Image:
    """Return a page (from 0) of a picture file in grey and in the size that recognition needs.

    Raises UnreadableDocument for a damaged file and for a picture that is too large.
    """
    with _opened(content) as picture:
        picture.seek(index)
        _check_size(picture.size)
        wanted = _size_wanted(picture)
        picture.draft("L", wanted)  # lets JPEG files be opened in a smaller size
        upright = ImageOps.exif_transpose(picture)  # as the camera was held
        if upright.size != picture.size:
            wanted = wanted[::-1]
        return _in_grey(upright).resize(wanted, Image.Resampling.LANCZOS, reducing_gap=2.0)


def prepared(picture: Image.Image, turned: int = 0) -> Picture:
    """Return a page cleaned, turned by so many degrees against the clock, and straightened."""
    if turned:
        picture = picture.transpose(_QUARTERS[turned])
    clean = _on_white(picture)
    is_blank = _ink_share(clean) < _BLANK_SHARE
    if not is_blank:
        skew = _skew_of(clean)
        if abs(skew) >= _LEAST_SKEW:
            clean = clean.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    return Picture(clean.width, clean.height, clean.tobytes(), is_blank)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tags that make no sense
            with Image.open(BytesIO(content), formats=_FORMATS) as picture:
                yield picture
    except DAMAGE as problem:
        raise _damaged() from problem


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > PIXEL_LIMIT:
        raise UnreadableDocument(
            "The picture measures %(width)s by %(height)s dots, more than %(limit)s million in "
            "all. Scan the page anew at 300 dots an inch, or make the picture smaller.",
            width=size[0],
            height=size[1],
            limit=PIXEL_LIMIT // 1_000_000,
        )


def _size_wanted(picture: Image.Image) -> tuple[int, int]:
    """Return the size in which letters are as large as recognition knows them.

    What a file says of its dots an inch is often wrong; it is believed only in what it says of
    their shape, since those of a fax are twice as high as wide.
    """
    width, height = picture.size
    across, down = map(float, picture.info.get("dpi") or (1, 1))
    if across > 0 and down > 0 and 1.5 < across / down < 3:
        height = round(height * across / down)
    shorter, longer = sorted((width, height))
    growth = min(PAGE_WIDTH / max(1, shorter), _LARGEST_GROWTH)
    if longer * shorter * growth**2 > _MADE_LIMIT:
        growth = (_MADE_LIMIT / (longer * shorter)) ** 0.5
    return max(1, round(width * growth)), max(1, round(height * growth))


def _in_grey(picture: Image.Image) -> Image.Image:
    """Return a picture in grey; what is transparent becomes paper."""
    if picture.mode in {"I", "I;16", "I;16B", "F"}:  # 16 bits a dot
        return picture.convert("F").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("L")
    return picture.convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a page as black letters on white paper, whatever its shadows, grain and contrast."""
    if _mean(picture.reduce(8)) < _DARK_GROUND:  # light letters on dark ground
        picture = ImageOps.invert(picture)
    clean = _without_paper(picture, _SOFTENED)
    darkest = _darkness_of_ink(clean)
    if _grain_of(picture) * 255 < _COARSE_GRAIN * (255 - darkest):
        return _stretched(clean, darkest, _PALEST)
    clean = _without_paper(picture, _MUCH_SOFTENED)
    return _stretched(clean, _darkness_of_ink(clean), _PALEST_IN_GRAIN)


def _without_paper(picture: Image.Image, radius: float) -> Image.Image:
    """Return a softened page on which the paper, light or shadowed, has become white."""
    softened = picture.filter(ImageFilter.GaussianBlur(radius))
    # three quarters up among the shades around is paper, however many letters stand there
    paper = picture.reduce(8).filter(ImageFilter.RankFilter(9, 60))
    spread = paper.filter(ImageFilter.GaussianBlur(6)).resize(picture.size, _BILINEAR)
    return ImageOps.invert(ImageChops.subtract(spread, softened))


def _stretched(clean: Image.Image, darkest: int, palest: float) -> Image.Image:
    """Return a page whose ink is black, and white what is at most so little of its darkness."""
    white = 255 - palest * (255 - darkest)
    reach = white - darkest
    return clean.point(
        [round(min(1.0, max(0.0, (shade - darkest) / reach)) * 255) for shade in range(256)]
    )


def _grain_of(picture: Image.Image) -> float:
    """Return by how many shades the dots of the paper usually differ from those around them."""
    width, height = picture.size
    middle = picture.crop((width // 4, height // 4, width - width // 4, height - height // 4))
    differences = ImageChops.difference(middle, middle.filter(ImageFilter.MedianFilter(3)))
    return float(ImageStat.Stat(differences).median[0])


def _mean(picture: Image.Image) -> float:
    return float(ImageStat.Stat(picture).mean[0])


def _darkness_of_ink(clean: Image.Image) -> int:
    """Return the shade that one dot in three hundred of a page has or is darker than."""
    wanted = clean.width * clean.height // 300
    seen = 0
    for shade, count in enumerate(clean.histogram()):
        seen += count
        if seen > wanted:
            return min(shade, _PALEST_INK)
    return _PALEST_INK


def _ink_share(clean: Image.Image) -> float:
    halved = clean.reduce(2)  # single dots are dirt
    return sum(halved.histogram()[: 256 - _INK]) / (halved.width * halved.height)


def _skew_of(clean: Image.Image) -> float:
    """Return by how many degrees a page must be turned against the clock so that lines are level.

    Lines are level where rows of ink and rows of paper differ most.
    """
    ink = ImageOps.invert(clean.reduce(max(1, clean.width // 620)))
    level = _sharpness(ink, 0.0)
    coarse = max((step * 1.0 for step in range(-10, 11)), key=lambda angle: _sharpness(ink, angle))
    fine = max(
        (coarse + step * 0.2 for step in range(-4, 5)), key=lambda angle: _sharpness(ink, angle)
    )
    gains = _sharpness(ink, fine) >= level * _LEAST_GAIN
    return fine if gains and abs(fine) < _STEEPEST else 0.0


def _sharpness(ink: Image.Image, angle: float) -> float:
    turned = ink.rotate(angle, _BILINEAR) if angle else ink
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((above - below) ** 2 for above, below in pairwise(rows)))


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "The picture is damaged or was cut off while being copied. Scan the page anew, or open it "
        "in another program, save it as PDF, and upload that."
    )


def no_words() -> UnreadableDocument:
    """Return the refusal of pages on which nothing stands, or nothing that could be read."""
    return UnreadableDocument(
        "No words were found: the pages are empty, or they show only pictures. Check that it is "
        "the right file; a scan must be sharp and its letters at least two millimetres high."
    )
