"""What reads a file: its resolutions and its words, here or in a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.clauses import ReadResolution
from tracker.reading import SIZE_LIMIT, read_bytes, source_text


@dataclass(frozen=True, slots=True)
class Reading:
    """The resolutions of a file in the order printed, and its words as they were found."""

    resolutions: tuple[ReadResolution, ...]
    text: str


# Takes the content and the name of a file; raises UnreadableDocument for what cannot be read.
Reader = Callable[[bytes, str], Reading]


def read_here(content: bytes, file_name: str, *, limit: int = SIZE_LIMIT) -> Reading:
    """Read a file in this process; ``limit`` is its largest size in bytes."""
    resolutions = read_bytes(content, file_name, limit=limit)
    return Reading(tuple(resolutions), source_text(content, file_name, limit=limit))
