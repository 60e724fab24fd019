"""What recognition found on a scanned page: lines of words, each with its place and certainty."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from tracker.domain.page_places import Box, box_around


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word as it was recognised; ``confidence`` goes from 0 to 100."""

    text: str
    box: Box
    confidence: int

    @property
    def letters(self) -> int:
        """Return how many letters and digits it has."""
        return sum(sign.isalnum() for sign in self.text)


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """The words of a line, the height of its letters and the height it stands at, in pixels.

    ``baseline`` is where its letters stand, measured from the top of the page.
    """

    words: tuple[RecognisedWord, ...]
    size: float
    baseline: int

    @property
    def text(self) -> str:
        """Return its words with single spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """Return the place of all its words."""
        return box_around(word.box for word in self.words)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What was found on a page, in the order in which it is read.

    ``width`` and ``height`` are those of the upright picture, ``turned`` the degrees by which the
    page had to be turned against the clock, ``languages`` those it was recognised in.
    """

    width: int
    height: int
    lines: tuple[RecognisedLine, ...] = ()
    turned: int = 0
    languages: tuple[str, ...] = ()

    @property
    def words(self) -> Iterator[RecognisedWord]:
        """Yield its words in their order."""
        for line in self.lines:
            yield from line.words

    @property
    def text(self) -> str:
        """Return its lines as text."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Return how certain its letters are, from 0 to 100; a page without words is at 0."""
        letters = sum(word.letters for word in self.words)
        return self.worth / letters if letters else 0.0

    @property
    def worth(self) -> float:
        """Return the certainty of all its letters added up, to compare two readings of a page."""
        return float(sum(word.letters * word.confidence for word in self.words))

    @property
    def line_size(self) -> float:
        """Return the usual height of its letters in pixels, 0 where it has none."""
        return median([line.size for line in self.lines] or [0.0])

    def with_lines(self, lines: tuple[RecognisedLine, ...]) -> "RecognisedPage":
        """Return the page with other lines."""
        return replace(self, lines=lines)


def page_to_stored(page: RecognisedPage) -> dict[str, Any]:
    """Return a page as what JSON can hold; ``page_from_stored`` gives an equal one back."""
    return {
        "width": page.width,
        "height": page.height,
        "turned": page.turned,
        "languages": list(page.languages),
        "lines": [
            [line.size, line.baseline, [_word_to_stored(word) for word in line.words]]
            for line in page.lines
        ],
    }


def page_from_stored(stored: Mapping[str, Any]) -> RecognisedPage:
    """Return the page that was stored; raise ValueError where this is none."""
    try:
        return RecognisedPage(
            width=int(stored["width"]),
            height=int(stored["height"]),
            turned=int(stored["turned"]),
            languages=tuple(str(code) for code in stored["languages"]),
            lines=tuple(
                RecognisedLine(tuple(map(_word_from_stored, words)), float(size), int(baseline))
                for size, baseline, words in stored["lines"]
            ),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"This is no stored page: {error!r}.") from error


def _word_to_stored(word: RecognisedWord) -> list[object]:
    box = word.box
    return [word.text, word.confidence, box.left, box.top, box.right, box.bottom]


def _word_from_stored(stored: list[Any]) -> RecognisedWord:
    text, confidence, *sides = stored
    left, top, right, bottom = map(int, sides)
    return RecognisedWord(str(text), Box(left, top, right, bottom), int(confidence))
