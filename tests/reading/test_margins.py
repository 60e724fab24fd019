"""What stands in the margin before a line is found where recognition saw nothing."""

import pytest
from PIL import Image, ImageDraw

from tracker.domain.page_places import Box
from tracker.reading.margins import sign_before
from tracker.reading.recognised import RecognisedLine, RecognisedWord

FIRST = Box(400, 100, 500, 140)
LINE = RecognisedLine((RecognisedWord("Takes", FIRST, 96),), size=50.0, baseline=140)
DIGIT, POINT = (260, 104, 280, 139), (290, 132, 296, 139)


def margin_with(*bars: tuple[int, int, int, int]) -> Image.Image:
    """Return a page with the first word of a line and so many bars of ink."""
    page = Image.new("L", (1000, 300), 255)
    for left, top, right, bottom in (*bars, (400, 100, 499, 139)):
        ImageDraw.Draw(page).rectangle((left, top, right, bottom), fill=0)
    return page


def test_a_number_in_the_margin_is_found_whole() -> None:
    assert sign_before(FIRST, LINE, margin_with(DIGIT, POINT)) == Box(260, 104, 297, 140)


@pytest.mark.parametrize(
    "bars",
    [
        [],
        [(260, 128, 270, 139)],
        [(260, 60, 280, 95)],
        [(100, 104, 296, 139)],
        [(260, 0, 264, 299)],
        [(350, 104, 380, 139)],
    ],
    ids=["nothing", "a speck", "a line above", "a word", "a rule", "a word close by"],
)
def test_what_is_no_number_is_passed_over(bars: list[tuple[int, int, int, int]]) -> None:
    assert sign_before(FIRST, LINE, margin_with(*bars)) is None


def test_a_line_at_the_edge_of_the_page_has_no_margin() -> None:
    at_edge = Box(20, 100, 120, 140)

    assert sign_before(at_edge, LINE, margin_with(DIGIT)) is None
