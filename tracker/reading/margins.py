"""Ink in the margin before a line, where recognition saw nothing or cut a number in pieces."""

from PIL import Image

from tracker.domain.page_places import Box
from tracker.reading.recognised import RecognisedLine

# All in heights of the line's letters.
_NARROWEST_GAP = 0.7  # between a number and its paragraph
_WIDEST_GAP = 8.0
_WIDEST = 3.0  # of a number: "(xviii)"
_SPACE = 0.6  # inside a number at most
_LOWEST, _HIGHEST = 0.35, 1.2  # of the signs of a number
_ABOVE, _BELOW = 0.9, 0.35  # the line that its letters stand on
_SUNK = 0.25  # by which a number stands higher or lower than its line
_INK = 128  # shade: what is darker is ink
_DARKENED = 3  # of 255, the mean of a column of dots with some ink in it


def sign_before(first: Box, line: RecognisedLine, picture: Image.Image) -> Box | None:
    """Return the place of what stands alone before the first word of a line, as a number would.

    None where nothing does, or something that is too large or stands elsewhere.
    """
    size = line.size
    left = max(0, round(first.left - size * (_WIDEST_GAP + _WIDEST)))
    right = round(first.left - size * _NARROWEST_GAP)
    top, bottom = round(line.baseline - size * _ABOVE), round(line.baseline + size * _BELOW)
    if right <= left or top < 0 or bottom > picture.height:
        return None
    strip = picture.crop((left, top, right, bottom)).point(lambda shade: 255 * (shade < _INK))
    sides = _last_sides(strip, round(size * _SPACE))
    if sides is None or sides[0] == 0 or sides[1] == strip.width:
        return None
    if sides[1] - sides[0] > size * _WIDEST:
        return None
    sign = strip.crop((sides[0], 0, sides[1], strip.height))
    _, above, _, below = sign.getbbox() or (0, 0, 0, 0)
    is_low = abs(top + below - line.baseline) <= size * _SUNK
    if not is_low or not size * _LOWEST <= below - above <= size * _HIGHEST:
        return None
    return Box(left + sides[0], top + above, left + sides[1], top + below)


def _last_sides(strip: Image.Image, space: int) -> tuple[int, int] | None:
    """Return where the last group of dark columns begins and ends, None where all are white."""
    columns = strip.resize((strip.width, 1), Image.Resampling.BOX).tobytes()
    dark = [place for place, shade in enumerate(columns) if shade >= _DARKENED]
    if not dark:
        return None
    begins = dark[-1]
    for place in reversed(dark):
        if begins - place > space:
            break
        begins = place
    return begins, dark[-1] + 1
