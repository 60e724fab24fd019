"""Scans that the tests make: texts set on pages, then worn as paper and scanners wear them."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import NormalDist

import typst
from PIL import Image, ImageChops, ImageFilter

_A_PAGE = """
#let document = json(bytes(sys.inputs.document))
#set page(
  paper: "a4", margin: (x: 25mm, y: 24mm), columns: document.columns,
  header: context if counter(page).get().first() > 1 { text(9pt, document.head) },
  footer: context align(center, text(9pt)[#counter(page).display()]),
)
#set text(document.size * 1pt, font: "Libertinus Serif", lang: document.language)
#set par(justify: true, spacing: 1.1em, leading: 0.62em)
#for paragraph in document.paragraphs {
  let words = {
    if paragraph.number != "" { box(width: 2.6em, paragraph.number) }
    paragraph.text
  }
  let large = if paragraph.kind == "title" { text(14pt, weight: "bold", words) } else { words }
  pad(left: paragraph.depth * 2.6em, large)
}
"""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it is set: a number before a gap, a depth from 0, "title" or nothing."""

    text: str
    number: str = ""
    depth: int = 0
    kind: str = ""


@dataclass(frozen=True)
class Wear:
    """What happened to a page: noise and blur in dots, degrees against the clock, lost contrast.

    The same ``seed`` puts the same noise on a page.
    """

    noise: float = 12.0
    blur: float = 0.6
    skew: float = 0.0
    turned: int = 0
    contrast: float = 1.0
    seed: int = 0


def set_pages(
    paragraphs: Iterable[Paragraph],
    *,
    dots: int = 150,
    head: str = "",
    language: str = "en",
    columns: int = 1,
    size: float = 11.0,
) -> list[Image.Image]:
    """Return the pages of a text as clean pictures of so many dots an inch."""
    document = {
        "paragraphs": [vars(each) for each in paragraphs],
        "head": head,
        "language": language,
        "columns": columns,
        "size": size,
    }
    pages = typst.compile(
        _A_PAGE.encode(), format="png", ppi=dots, sys_inputs={"document": json.dumps(document)}
    )
    listed = pages if isinstance(pages, list) else [pages]
    return [Image.open(BytesIO(page)).convert("L") for page in listed]


def worn(page: Image.Image, wear: Wear = Wear()) -> Image.Image:
    """Return a page as a scanner would make it of worn paper."""
    if wear.skew:
        page = page.rotate(wear.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.contrast < 1:
        page = page.point([round(140 + (shade - 128) * wear.contrast) for shade in range(256)])
    if wear.noise:
        page = ImageChops.add(page, _noise(page.size, wear), 1, -128)
    return page.rotate(wear.turned, expand=True) if wear.turned else page


def _noise(size: tuple[int, int], wear: Wear) -> Image.Image:
    """Return grey dots around the shade 128; Pillow's own noise never comes twice."""
    shades = NormalDist(128, wear.noise)
    table = bytes(min(255, max(0, round(shades.inv_cdf((x + 0.5) / 256)))) for x in range(256))
    dots = random.Random(wear.seed).randbytes(size[0] * size[1])  # noqa: S311 - no secret
    return Image.frombytes("L", size, dots.translate(table))


def as_file(pages: Sequence[Image.Image], kind: str, *, dots: int = 150) -> bytes:
    """Return pages as one file of a kind that Pillow writes; PNG and JPEG hold the first page."""
    file = BytesIO()
    first, *others = pages
    several = {"save_all": True, "append_images": others} if kind in {"PDF", "TIFF"} else {}
    packed = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    if kind == "PDF":
        several["resolution"] = dots
    first.save(file, kind, dpi=(dots, dots), **several, **packed)
    return file.getvalue()
