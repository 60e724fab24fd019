"""Recognition of a page: read, read again where that went badly, its numbers looked at twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from tracker.reading.page_language import language_of_page
from tracker.reading.pictures import Picture
from tracker.reading.printed_numbers import with_numbers_joined, with_numbers_read_again
from tracker.reading.recognised import RecognisedLine, RecognisedPage
from tracker.reading.specks import without_specks
from tracker.reading.tesseract import Tesseract

GOOD = 80.0  # certainty of a page that need not be read again
_AS_WELL = 0.97
_FEWEST_LETTERS = 40  # a page with fewer may be one that lies on its side

# Gives the picture of the page, turned by so many degrees against the clock.
PictureOf = Callable[[int], Picture]


@dataclass(frozen=True, slots=True)
class Habits:
    """What the pages before were like: those that follow most often are like them."""

    turned: int = 0
    language: str | None = None


def recognise_page(
    tesseract: Tesseract, picture_of: PictureOf, habits: Habits = Habits()
) -> tuple[RecognisedPage, Picture, Habits]:
    """Return what stands on a page, its upright picture, and what to expect of the next page.

    Raises RecognitionFailed.
    """
    picture = picture_of(habits.turned)
    if picture.is_blank:
        return RecognisedPage(picture.width, picture.height), picture, habits
    first = _Attempt.made(tesseract, picture, habits.turned, _expected(tesseract, habits))
    best = first
    if not best.is_good:
        best = _turned(tesseract, picture_of, best)
    if not best.is_good and best.page.languages != tesseract.languages:
        best = _better(best, best.again(tesseract, languages=tesseract.languages))
    if not best.is_good:
        best = _better(best, best.again(tesseract, adapts=True))
    language = language_of_page(best.page.text)
    if language in tesseract.languages and (language,) != best.page.languages[:1]:
        best = _in_its_language(best, best.again(tesseract, languages=(language,)))
    page = with_numbers_read_again(best.page, best.image, tesseract)
    known = language if language in tesseract.languages else habits.language
    return page, best.picture, Habits(page.turned, known)


@dataclass(frozen=True, slots=True)
class _Attempt:
    page: RecognisedPage
    picture: Picture
    image: Image.Image

    @classmethod
    def made(
        cls, tesseract: Tesseract, picture: Picture, turned: int, languages: Sequence[str]
    ) -> "_Attempt":
        image = picture.opened()
        lines = _tidy(tesseract.lines(image, languages))
        page = RecognisedPage(picture.width, picture.height, lines, turned, tuple(languages))
        return cls(page, picture, image)

    @property
    def is_good(self) -> bool:
        letters = sum(word.letters for word in self.page.words)
        return letters >= _FEWEST_LETTERS and self.page.confidence >= GOOD

    def again(
        self, tesseract: Tesseract, *, languages: Sequence[str] = (), adapts: bool = False
    ) -> "_Attempt":
        spoken = tuple(languages or self.page.languages)
        lines = _tidy(tesseract.lines(self.image, spoken, adapts=adapts))
        return replace(self, page=replace(self.page, lines=lines, languages=spoken))


def _tidy(lines: Sequence[RecognisedLine]) -> tuple[RecognisedLine, ...]:
    return tuple(without_specks(with_numbers_joined(lines)))


def _expected(tesseract: Tesseract, habits: Habits) -> tuple[str, ...]:
    return (habits.language,) if habits.language else tesseract.languages


def _turned(tesseract: Tesseract, picture_of: PictureOf, attempt: _Attempt) -> _Attempt:
    """Return the page turned upright, where that makes it better."""
    turn = tesseract.turn_of(attempt.image)
    if not turn:
        return attempt
    turned = (attempt.page.turned - turn) % 360
    languages = attempt.page.languages
    return _better(attempt, _Attempt.made(tesseract, picture_of(turned), turned, languages))


def _in_its_language(mixed: _Attempt, own: _Attempt) -> _Attempt:
    """Return a page read in its own language, which knows its accents, if that goes as well."""
    return own if own.page.worth >= mixed.page.worth * _AS_WELL else mixed


def _better(first: _Attempt, second: _Attempt) -> _Attempt:
    return second if second.page.worth > first.page.worth else first
