"""A reading as plain JSON and back: to keep it, and to hand it from one process to another."""

from collections.abc import Mapping
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


def _words(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is no text")
