"""Where doubtful places of a reading stand in the words of its source."""

import re
from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.clauses import Block

_FIRST_WORDS = 4  # enough to find a paragraph, few enough to stand on one printed line


def places_in_source(lines: Sequence[str], doubtful: Iterable[Block]) -> Mapping[int, int]:
    """Return the number of the doubtful place (from 1) by the index of its line of the source.

    Each is looked for below the one before it, by its first words; what is not found is left out.
    """
    places: dict[int, int] = {}
    begin = 0
    bare = [_bare(line) for line in lines]
    for number, block in enumerate(doubtful, start=1):
        wanted = _bare(" ".join(block.text.split()[:_FIRST_WORDS]))
        found = next((at for at in range(begin, len(bare)) if wanted in bare[at]), None)
        if wanted and found is not None:
            places[found] = number
            begin = found + 1
    return places


def _bare(text: str) -> str:
    """Return the letters and digits of a text alone, since recognition and emphasis differ."""
    return re.sub(r"<[^>]*>|[\W_]+", "", text).lower()
