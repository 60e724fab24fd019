"""Pictures of pages are cleaned, turned and straightened, and kept within limits."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageStat

from tests.reading.fake_tesseract import picture_of_page
from tests.reading.scanning import Wear, as_file, worn
from tracker.domain.errors import UnreadableDocument
from tracker.reading import page_of_file
from tracker.reading.pictures import page_of_pictures, picture_count, prepared

pytestmark = pytest.mark.slow


def lined_page(shade: int = 0, paper: int = 255) -> Image.Image:
    """Return a page with bars where lines of text would be."""
    page = Image.new("L", (900, 1200), paper)
    for top in range(150, 1050, 40):
        ImageDraw.Draw(page).rectangle((100, top, 800, top + 14), fill=shade)
    return page


def png_of_size(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that says it is so large."""
    body = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    header = struct.pack(">I", 13) + b"IHDR" + body + struct.pack(">I", zlib.crc32(b"IHDR" + body))
    return b"\x89PNG\r\n\x1a\n" + header + struct.pack(">I", 0) + b"IDAT" + bytes(4)


def rows_of(page: Image.Image) -> list[int]:
    """Return how dark the rows of the middle of a page are."""
    middle = page.crop(
        (page.width // 3, page.height // 4, page.width * 2 // 3, page.height * 3 // 4)
    )
    return list(middle.resize((1, middle.height), Image.Resampling.BOX).tobytes())


@pytest.mark.parametrize("skew", [-4.0, -0.6, 1.4, 6.0])
def test_a_page_that_lies_askew_is_straightened(skew: float) -> None:
    askew = lined_page().rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)

    straight = prepared(askew).opened()

    assert min(rows_of(straight)) < 20  # whole rows are ink
    assert max(rows_of(straight)) > 235  # and whole rows are paper


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_is_turned_against_the_clock(turned: int) -> None:
    marked = lined_page()
    ImageDraw.Draw(marked).rectangle((10, 20, 300, 34), fill=0)

    upright = prepared(marked.rotate(-turned, expand=True), turned).opened()

    assert upright.size == marked.size
    assert ImageStat.Stat(upright.crop((40, 24, 260, 30))).mean[0] < 40


@pytest.mark.parametrize(
    "page",
    [
        lined_page(shade=150, paper=200),
        lined_page(shade=255, paper=0),
        worn(lined_page(), Wear(30)),
    ],
    ids=["pale", "light on dark", "grainy"],
)
def test_letters_become_black_and_paper_white(page: Image.Image) -> None:
    clean = prepared(page).opened()

    assert min(rows_of(clean)) < 60
    assert max(rows_of(clean)) > 230


def test_a_shadow_over_half_a_page_goes_away() -> None:
    page = lined_page()
    shadow = page.crop((0, 0, 450, 1200)).point([shade * 6 // 10 for shade in range(256)])
    page.paste(shadow, (0, 0))

    clean = prepared(page).opened()

    paper = clean.crop((150, 1100, 750, 1180))
    assert ImageStat.Stat(paper).mean[0] > 245


@pytest.mark.parametrize(("is_blank"), [True, False])
def test_a_blank_page_is_known(is_blank: bool) -> None:
    page = page_of_pictures(picture_of_page(is_blank=is_blank), 0)

    assert prepared(page).is_blank is is_blank


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_opened() -> None:
    with pytest.raises(UnreadableDocument, match="measures 60000 by 40000 dots"):
        page_of_pictures(png_of_size(60_000, 40_000), 0)


def test_a_page_is_brought_to_the_size_that_recognition_needs() -> None:
    sizes = [
        page_of_pictures(picture_of_page(size=size), 0).size
        for size in ((620, 877), (1240, 1754), (4960, 7016), (1754, 1240), (900, 12_000))
    ]

    assert sizes == [(1550, 2192), (2480, 3508), (2480, 3508), (3508, 2480), (1500, 20_000)]


def test_the_dots_of_a_fax_are_made_square() -> None:
    fax = BytesIO()
    Image.new("L", (1728, 1100), 255).save(fax, "TIFF", dpi=(204, 98))

    assert page_of_pictures(fax.getvalue(), 0).size == (2480, 3287)


def test_what_is_transparent_is_paper() -> None:
    page = Image.new("RGBA", (300, 300), (0, 0, 0, 0))

    assert prepared(page_of_pictures(as_file([page], "PNG"), 0)).is_blank


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_each_page_of_a_file_is_found(kind: str) -> None:
    content = picture_of_page(kind, pages=2)

    pages = [page_of_file(content, f"a.{kind.lower()}", index) for index in (0, 1)]

    assert all(page.width > 1500 for page in pages)


def test_the_pages_of_a_picture_file_are_counted() -> None:
    assert [
        picture_count(picture_of_page(kind, pages=count))
        for kind, count in (("TIFF", 3), ("PNG", 1))
    ] == [3, 1]
