"""A reading as plain JSON and back: to keep it, and to hand it from one process to another."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.domain.clauses import (
    Block,
    BlockKind,
    Citation,
    CitationKind,
    Doubt,
    DoubtReason,
    ReadResolution,
    Relation,
)
from tracker.domain.page_places import NO_PLACES, Box, LinePlace, PagePlaces

# What a field of JSON holds; the functions below look at each value before they take it.
Stored = dict[str, Any]


def to_stored(resolution: ReadResolution) -> Stored:
    """Return a resolution as what JSON can hold; ``from_stored`` gives an equal one back."""
    return {
        "number": resolution.number,
        "symbol": resolution.symbol,
        "title": resolution.title,
        "body": resolution.body,
        "language": resolution.language,
        "session": resolution.session,
        "adopted_on": resolution.adopted_on.isoformat() if resolution.adopted_on else None,
        "blocks": [block_to_stored(block) for block in resolution.blocks],
        "citations": [_citation_to_stored(citation) for citation in resolution.citations],
        "annexes": [to_stored(annex) for annex in resolution.annexes],
    }


def from_stored(stored: Mapping[str, Any]) -> ReadResolution:
    """Return the resolution that was stored; raise ValueError where this is none."""
    try:
        adopted_on = stored["adopted_on"]
        return ReadResolution(
            number=_words(stored["number"]),
            symbol=_words(stored["symbol"]),
            title=_words(stored["title"]),
            body=_words(stored["body"]),
            language=str(stored["language"]),
            session=_words(stored["session"]),
            adopted_on=None if adopted_on is None else date.fromisoformat(adopted_on),
            blocks=tuple(block_from_stored(block) for block in stored["blocks"]),
            citations=tuple(_citation_from_stored(each) for each in stored["citations"]),
            annexes=tuple(from_stored(annex) for annex in stored.get("annexes", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is no stored reading: {error!r}.") from error


def places_to_stored(places: PagePlaces) -> Stored | None:
    """Return the places of lines on scanned pages as what JSON can hold, None where none are."""
    if not places:
        return None
    return {
        "sizes": {str(page): list(size) for page, size in places.sizes.items()},
        "lines": [None if line is None else _place_to_stored(line) for line in places.lines],
    }


def places_from_stored(stored: Mapping[str, Any] | None) -> PagePlaces:
    """Return the places that were stored; nothing stored is a source without scanned pages."""
    if not stored:
        return NO_PLACES
    sizes = {int(page): (int(size[0]), int(size[1])) for page, size in stored["sizes"].items()}
    lines = (None if line is None else _place_from_stored(line) for line in stored["lines"])
    return PagePlaces(sizes, tuple(lines))


def block_to_stored(block: Block) -> Stored:
    """Return one paragraph as what JSON can hold."""
    return {
        "kind": block.kind.value,
        "text": block.text,
        "number": block.number,
        "path": block.path,
        "level": block.level,
        "verb": block.verb,
        "doubts": [[doubt.reason.value, doubt.words] for doubt in block.doubts],
    }


def block_from_stored(stored: Mapping[str, Any]) -> Block:
    """Return the paragraph that was stored; raises KeyError, TypeError or ValueError."""
    level = stored["level"]
    return Block(
        BlockKind(stored["kind"]),
        str(stored["text"]),
        number=_words(stored["number"]),
        path=_words(stored["path"]),
        level=None if level is None else int(level),
        verb=_words(stored["verb"]),
        doubts=tuple(Doubt(DoubtReason(reason), str(words)) for reason, words in stored["doubts"]),
    )


def _citation_to_stored(citation: Citation) -> Stored:
    return {
        "symbol": citation.symbol,
        "kind": citation.kind.value,
        "organ": citation.organ,
        "relation": citation.relation.value,
        "words": citation.words,
        "path": citation.path,
        "block_index": citation.block_index,
    }


def _citation_from_stored(stored: Mapping[str, Any]) -> Citation:
    return Citation(
        symbol=str(stored["symbol"]),
        kind=CitationKind(stored["kind"]),
        organ=_words(stored["organ"]),
        relation=Relation(stored["relation"]),
        words=str(stored["words"]),
        path=_words(stored["path"]),
        block_index=int(stored["block_index"]),
    )


def _place_to_stored(place: LinePlace) -> list[object]:
    unsure = [[word, *_sides(box)] for word, box in place.unsure]
    return [place.page, *_sides(place.box), unsure]


def _place_from_stored(stored: Sequence[Any]) -> LinePlace:
    page, *sides, unsure = stored
    words = ((str(word), Box(*map(int, box))) for word, *box in unsure)
    return LinePlace(int(page), Box(*map(int, sides)), tuple(words))


def _sides(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def _words(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is no text")
