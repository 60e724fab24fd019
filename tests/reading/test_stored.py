"""A reading that was stored comes back as it was."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.trees import SAMPLES
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
from tracker.reading import read
from tracker.reading.stored import from_stored, to_stored

TEXTS = sorted(SAMPLES.glob("*.txt"))
WORDS = st.text(max_size=40)
MAYBE_WORDS = st.none() | WORDS
BLOCKS = st.builds(
    Block,
    st.sampled_from(BlockKind),
    WORDS,
    number=MAYBE_WORDS,
    path=MAYBE_WORDS,
    level=st.none() | st.integers(1, 9),
    verb=MAYBE_WORDS,
    doubts=st.lists(st.builds(Doubt, st.sampled_from(DoubtReason), WORDS), max_size=3).map(tuple),
)
CITATIONS = st.builds(
    Citation,
    symbol=WORDS,
    kind=st.sampled_from(CitationKind),
    organ=MAYBE_WORDS,
    relation=st.sampled_from(Relation),
    words=WORDS,
    path=MAYBE_WORDS,
    block_index=st.integers(0, 999),
)
RESOLUTIONS = st.builds(
    ReadResolution,
    number=MAYBE_WORDS,
    symbol=MAYBE_WORDS,
    title=MAYBE_WORDS,
    body=MAYBE_WORDS,
    language=st.sampled_from(["en", "es", "fr", "pt"]),
    session=MAYBE_WORDS,
    adopted_on=st.none() | st.dates(),
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    citations=st.lists(CITATIONS, max_size=3).map(tuple),
)


@given(RESOLUTIONS)
def test_any_reading_comes_back_from_json_as_it_was(resolution: ReadResolution) -> None:
    assert from_stored(json.loads(json.dumps(to_stored(resolution)))) == resolution


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_the_reading_of_a_document_comes_back_as_it_was(sample: Path) -> None:
    resolutions = read(sample)

    assert [from_stored(to_stored(each)) for each in resolutions] == resolutions


def test_no_field_of_a_reading_is_left_out() -> None:
    block = Block(BlockKind.OPERATIVE, "Requests it", doubts=(Doubt(DoubtReason.UNKNOWN_VERB, ""),))
    citation = Citation("1(I)", CitationKind.RESOLUTION, None, Relation.CITES, "", None, 0)
    made = ReadResolution(None, None, None, None, "en", None, None, (block,), (citation,))

    stored = to_stored(made)

    assert set(stored) == {field.name for field in fields(ReadResolution)}
    assert set(stored["blocks"][0]) == {field.name for field in fields(Block)}
    assert set(stored["citations"][0]) == {field.name for field in fields(Citation)}


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": None},
        {"blocks": [{"kind": "operative"}]},
        {"blocks": ["words"]},
        {"title": 5},
        {"adopted_on": "yesterday"},
        {"citations": 1},
    ],
    ids=["no blocks", "half a block", "words", "a number", "no day", "no list"],
)
def test_what_is_no_stored_reading_is_refused(change: dict[str, Any]) -> None:
    stored = to_stored(ReadResolution(None, None, None, None, "en", None, None, ()))

    with pytest.raises(ValueError, match=r"reading|isoformat"):
        from_stored(stored | change)
