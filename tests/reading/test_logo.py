"""Logos from outside: their real kind, nothing beside the picture, nothing that acts."""

from io import BytesIO

import pytest
from PIL import Image

from tests.logos import SVG, picture, signed_picture
from tracker.domain.errors import Invalid
from tracker.reading.logo import LARGEST_LOGO, read_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'


def drawing(inside: str, head: str = HEAD) -> bytes:
    return f"{head}\n{inside}\n</svg>".encode()


@pytest.mark.parametrize(
    ("content", "media_type", "size"),
    [
        (picture("PNG"), "image/png", (240, 80)),
        (picture("JPEG"), "image/jpeg", (240, 80)),
        (SVG, "image/svg+xml", (1000, 333)),
    ],
    ids=["png", "jpeg", "svg"],
)
def test_the_kind_and_the_size_are_those_of_the_content(
    content: bytes, media_type: str, size: tuple[int, int]
) -> None:
    read = read_logo(content)

    assert (read.media_type, (read.width, read.height)) == (media_type, size)
    assert read_logo(read.content).media_type == media_type


def test_what_a_picture_says_beside_its_dots_is_left_behind() -> None:
    assert b"Ana" in signed_picture("Ana Tavares")
    assert b"Ana" not in read_logo(signed_picture("Ana Tavares")).content


def test_a_photograph_is_turned_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    exif[0x010F] = "Ana's camera"

    read = read_logo(picture("JPEG", exif=exif))

    assert (read.width, read.height) == (80, 240)
    assert b"Ana" not in read.content


def test_a_picture_in_colours_for_printing_becomes_one_for_screens() -> None:
    file = BytesIO()
    Image.new("CMYK", (100, 100)).save(file, "JPEG")

    assert Image.open(BytesIO(read_logo(file.getvalue()).content)).mode == "RGB"


def test_a_drawing_keeps_its_shapes_and_nothing_else() -> None:
    cleaned = read_logo(SVG).content

    assert b"linearGradient" in cleaned
    assert b"stroke-width: 6" in cleaned
    assert not any(word in cleaned for word in (b"Ana", b"ana", b"Secret", b"inkscape", b"<!--"))


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert read_logo(SVG) == read_logo(SVG)


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<rect onload="alert(1)" width="9" height="9"/>', "onload"),
        ('<image href="https://example.org/a.png"/>', "<image>"),
        ('<use href="https://example.org/a.svg#b"/>', "href=https://example.org"),
        ('<rect fill="url(https://example.org/a)"/>', "fill=url"),
        ("<rect style=\"fill: url( '//example.org')\"/>", "style=fill"),
        ('<style>@import "a.css";</style>', "<style>"),
        ("<style>rect { fill: \\75rl(a) }</style>", "<style>"),
        ("<text>Commission</text>", "<text>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ('<a href="#b"><rect/></a>', "<a>"),
        ('<rect><animate attributeName="x"/></rect>', "<animate>"),
        ('<g id="a"><use href="#b"/></g><use href="#a"/>', "<use>"),
        ('<clipPath id="a"><rect clip-path="url(#a)"/></clipPath>', "<rect>"),
    ],
)
def test_what_acts_or_leads_elsewhere_is_turned_away_with_its_line(inside: str, what: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_logo(drawing(inside))

    assert refusal.value.values["line"] == 2
    assert str(refusal.value.values["what"]).startswith(what)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + bytes(20), "no PNG, JPEG or SVG"),
        (b"%PDF-1.7", "no PNG, JPEG or SVG"),
        (picture()[:150], "damaged or was cut off"),
        (b"\x89PNG" + bytes(40), "damaged or was cut off"),
        (picture(size=(3000, 2000)), "measures 3000 by 2000 dots"),
        (picture(size=(30, 30)), "too few to be printed"),
        (bytes(LARGEST_LOGO + 1), "has 301 kB"),
        (b"<svg", "cannot be read"),
        (drawing("<rect/>", '<svg xmlns="http://www.w3.org/2000/svg">'), "how wide and how high"),
        (b"<html><svg/></html>", "no SVG drawing"),
        (drawing("<rect/>" * 3001), "more than 3000 shapes"),
    ],
)
def test_what_is_no_logo_is_turned_away_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        read_logo(content)

    assert str(refusal.value)


def test_an_entity_stands_for_nothing() -> None:
    laughing = b'<!DOCTYPE svg [<!ENTITY ha "hahaha">]>' + drawing("<g>&ha;</g>")

    with pytest.raises(Invalid, match="entities"):
        read_logo(laughing)
