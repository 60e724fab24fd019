"""Numbers of clauses on recognised pages, looked at twice: recognition misreads what stands alone.

A "3." that a wide gap parts from its paragraph is read as "ae" or "Ze", cut in two, or not seen at
all; moved up to the first words of the paragraph it is read right. All of a page are put below each
other and read in one go.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from tracker.domain.page_places import Box, box_around
from tracker.reading.margins import sign_before
from tracker.reading.recognised import RecognisedLine, RecognisedPage, RecognisedWord
from tracker.reading.tesseract import RecognitionFailed, Tesseract

# What may stand before a paragraph, as printed or as it is misread: "3.", "(viii)", "ae", "+".
_MAYBE_NUMBER = re.compile(r"^\S{1,7}$")
_ALONE = re.compile(r"^[^\w\s]{0,2}\w{1,5}[^\w\s]{0,2}$")
_NUMBER = re.compile(r"^\(?(?:\d{1,3}|[a-zñ]{1,2}|[ivxl]{1,5}|[IVXL]{1,5}|[A-Z])[.)°º]{1,2}$")
_WIDEST_SPACE = 0.7  # of the letters' height: what is wider is a gap
_WIDEST_GAP = 8.0  # of the letters' height: behind it stands something else
_BLOCK_OF_TEXT = 6  # Tesseract's page segmentation mode for one block of lines
_WORDS_AFTER = 3  # that show recognition what the number stands before
_SAME = 4  # letters that tell that two words are the same
_MARGIN = 40  # dots around the numbers on their sheet
_LARGEST = 20_000_000  # dots of the sheet


@dataclass(frozen=True, slots=True)
class _Slip:
    """A number with the first words behind it, cut out; ``top`` is its place on the sheet.

    ``was_seen`` tells whether recognition took the number for a word of the line.
    """

    line: int
    number: Box
    was_seen: bool
    image: Image.Image
    top: int

    @property
    def bottom(self) -> int:
        return self.top + self.image.height


def with_numbers_joined(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return lines in which a number taken for a column of its own stands before its paragraph."""
    alone = {
        index
        for index, line in enumerate(lines)
        if len(line.words) == 1 and _ALONE.match(line.words[0].text)
    }
    joined = list(lines)
    for index in sorted(alone):
        beside = _beside(
            lines[index], [each for each in range(len(lines)) if each not in alone], joined
        )
        if beside is not None:
            words = (*lines[index].words, *joined[beside].words)
            joined[beside] = replace(joined[beside], words=words)
            joined[index] = replace(lines[index], words=())
    return [line for line in joined if line.words]


def with_numbers_read_again(
    page: RecognisedPage, picture: Image.Image, tesseract: Tesseract
) -> RecognisedPage:
    """Return a page with the numbers before its paragraphs as a second look reads them."""
    slips = list(_slips(page, picture))
    if not slips:
        return page
    sheet = _sheet(slips)
    if sheet.width * sheet.height > _LARGEST:
        return page
    try:
        read = tesseract.lines(sheet, page.languages, layout=_BLOCK_OF_TEXT)
    except RecognitionFailed:  # the first look remains
        return page
    lines = list(page.lines)
    for slip in slips:
        seen = next((line for line in read if slip.top <= _middle(line) < slip.bottom), None)
        if seen is not None:
            lines[slip.line] = _with_number(lines[slip.line], seen, slip)
    found = [slip.number for slip in slips if lines[slip.line] is not page.lines[slip.line]]
    return page.with_lines(tuple(line for line in lines if not _is_piece(line, found)))


def _beside(
    number: RecognisedLine, others: Sequence[int], lines: Sequence[RecognisedLine]
) -> int | None:
    """Return the line that goes on to the right of a number, the nearest if there are several."""
    at_height = [
        (lines[index].box.left - number.box.right, index)
        for index in others
        if lines[index].box.top <= _middle(number) <= lines[index].box.bottom
    ]
    near = [(gap, index) for gap, index in at_height if 0 <= gap <= lines[index].size * _WIDEST_GAP]
    return min(near)[1] if near else None


def _slips(page: RecognisedPage, picture: Image.Image) -> Iterator[_Slip]:
    top = _MARGIN
    for index, line in enumerate(page.lines):
        is_seen = _has_number_apart(line)
        words = line.words[is_seen:]
        number = sign_before(words[0].box, line, picture)
        if is_seen:
            number = box_around(filter(None, (number, line.words[0].box)))
        elif number is not None and _is_read(number, page.lines):
            number = None
        if number is not None:
            image = _slip_image(number, words, line.size, picture)
            yield _Slip(index, number, is_seen, image, top)
            top += image.height


def _has_number_apart(line: RecognisedLine) -> bool:
    if len(line.words) < 2 or not _MAYBE_NUMBER.match(line.words[0].text):
        return False
    gap = line.words[1].box.left - line.words[0].box.right
    return line.size * _WIDEST_SPACE < gap <= line.size * _WIDEST_GAP


def _is_read(place: Box, lines: Sequence[RecognisedLine]) -> bool:
    """Tell whether words of a line were read there; a single one may be a piece of a number."""
    return any(len(line.words) > 1 and line.box.overlaps(place) for line in lines)


def _is_piece(line: RecognisedLine, numbers: Sequence[Box]) -> bool:
    """Tell whether a line is nothing but a piece of a number that was found whole."""
    return len(line.words) == 1 and any(line.box.overlaps(number) for number in numbers)


def _slip_image(
    number: Box, words: Sequence[RecognisedWord], size: float, picture: Image.Image
) -> Image.Image:
    """Return the number and the first words behind it, moved together."""
    margin = round(size / 3)
    first, last = words[0].box, words[:_WORDS_AFTER][-1].box
    around = number.joined(first).joined(last)
    top, bottom = around.top - margin, around.bottom + margin
    before = picture.crop((max(0, number.left - margin), top, number.right + margin // 2, bottom))
    behind = picture.crop((first.left - margin // 2, top, last.right + margin, bottom))
    slip = Image.new("L", (before.width + behind.width, before.height + margin), 255)
    slip.paste(before, (0, 0))
    slip.paste(behind, (before.width, 0))
    return slip


def _sheet(slips: Sequence[_Slip]) -> Image.Image:
    width = max(slip.image.width for slip in slips) + 2 * _MARGIN
    sheet = Image.new("L", (width, slips[-1].bottom + _MARGIN), 255)
    for slip in slips:
        sheet.paste(slip.image, (_MARGIN, slip.top))
    return sheet


def _middle(line: RecognisedLine) -> int:
    return (line.box.top + line.box.bottom) // 2


def _with_number(line: RecognisedLine, seen: RecognisedLine, slip: _Slip) -> RecognisedLine:
    """Return a line with the number that the second look read before the same first word."""
    words = line.words[slip.was_seen :]
    first = words[0].text[:_SAME].lower()
    for place, word in enumerate(seen.words[1:], start=1):
        if word.text[:_SAME].lower() == first:
            text = "".join(each.text for each in seen.words[:place])
            if _NUMBER.match(text):
                certainty = min(each.confidence for each in seen.words[:place])
                return replace(line, words=(RecognisedWord(text, slip.number, certainty), *words))
            break
    return line
