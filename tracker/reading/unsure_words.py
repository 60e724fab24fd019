"""Words that were hard to recognise: which they are, and the paragraphs they make doubtful."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from tracker.domain.clauses import Block, Doubt, DoubtReason, ReadResolution
from tracker.domain.page_places import LinePlace
from tracker.domain.source_places import places_of, spans_of
from tracker.reading.recognised import RecognisedPage, RecognisedWord

_UNSURE = 60  # certainty below which a word must be looked at
_SURE = 85  # certainty from which on a word vouches for others like it
_FEWEST_LETTERS = 2
_MOST_NAMED = 5  # words of a paragraph that its doubt names
_NOT_LETTERS = re.compile(r"[\W_]+")


def sure_words(pages: Iterable[RecognisedPage]) -> frozenset[str]:
    """Return the words that were recognised with certainty somewhere, in their bare letters."""
    return frozenset(
        _bare(word.text) for page in pages for word in page.words if word.confidence >= _SURE
    )


def is_unsure(word: RecognisedWord, sure: Container[str]) -> bool:
    """Tell whether a word was hard to recognise and stands nowhere else for certain."""
    bare = _bare(word.text)
    return word.confidence < _UNSURE and len(bare) >= _FEWEST_LETTERS and bare not in sure


def with_unsure_words(
    resolutions: Sequence[ReadResolution],
    lines: Sequence[str],
    places: Sequence[LinePlace | None],
) -> list[ReadResolution]:
    """Return resolutions in which each paragraph with unsure words is a doubtful place.

    ``places`` are those of ``lines``, from which the resolutions were read.
    """
    spans = spans_of(lines, [[block.text for block in each.blocks] for each in resolutions])
    return [
        replace(each, blocks=tuple(_doubted(each.blocks, lines[first:end], places[first:end])))
        for each, (first, end) in zip(resolutions, spans, strict=True)
    ]


def _doubted(
    blocks: Sequence[Block], lines: Sequence[str], places: Sequence[LinePlace | None]
) -> Iterable[Block]:
    begins = places_of(lines, [block.text for block in blocks])
    ends = _ends(begins, len(lines))
    for block, first, end in zip(blocks, begins, ends, strict=True):
        bare = _bare(block.text)
        words = [
            word
            for place in places[first:end]
            if first is not None and place is not None
            for word, _ in place.unsure
            if _bare(word) in bare
        ]
        if not words:
            yield block
            continue
        told = ", ".join(dict.fromkeys(words[:_MOST_NAMED]))
        yield replace(block, doubts=(*block.doubts, Doubt(DoubtReason.UNSURE_WORD, told)))


def _ends(begins: Sequence[int | None], count: int) -> list[int]:
    """Return for each paragraph the line on which the next one begins, or the one behind it."""
    ends: list[int] = []
    upcoming = count
    for begin in reversed(begins):
        ends.append(upcoming)
        if begin is not None:
            # two paragraphs on one line share it
            upcoming = begin + 1 if ends and begin == upcoming else begin
    return ends[::-1]


def _bare(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()
