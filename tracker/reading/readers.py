"""What reads a file: its resolutions and its words, here or in a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.clauses import ReadResolution
from tracker.domain.page_places import NO_PLACES, PagePlaces
from tracker.reading import SIZE_LIMIT, Recognised, lines_of_file
from tracker.reading.resolutions import read_resolutions
from tracker.reading.unsure_words import with_unsure_words


@dataclass(frozen=True, slots=True)
class Reading:
    """The resolutions of a file in the order printed, and its words as they were found.

    ``places`` are those of the lines of ``text`` on the pictures of scanned pages.
    """

    resolutions: tuple[ReadResolution, ...]
    text: str
    places: PagePlaces = NO_PLACES


# Takes the content and the name of a file; raises UnreadableDocument for what cannot be read.
Reader = Callable[[bytes, str], Reading]


def read_here(
    content: bytes,
    file_name: str,
    *,
    limit: int = SIZE_LIMIT,
    recognised: Recognised | None = None,
) -> Reading:
    """Read a file in this process; ``limit`` is its largest size in bytes.

    Raises ScannedDocument where pages have to be recognised first; ``recognised`` are those.
    """
    found = lines_of_file(content, file_name, limit=limit, recognised=recognised)
    resolutions = read_resolutions(found.lines, found.footnotes)
    if not found.places or not recognised:
        return Reading(tuple(resolutions), found.text)
    lines = [line.text for line in found.lines]
    doubted = with_unsure_words(resolutions, lines, found.places)
    sizes = {index + 1: (page.width, page.height) for index, page in recognised.items()}
    return Reading(tuple(doubted), found.text, PagePlaces(sizes, tuple(found.places)))
