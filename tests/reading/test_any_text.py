"""Whatever happens to a text on its way: it gives a sound tree or is refused with a sentence."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.trees import SAMPLES
from tracker.domain.errors import UnreadableDocument
from tracker.reading import read_bytes
from tracker.reading.score import to_json

TEXTS = [sample.read_text(encoding="utf-8") for sample in sorted(SAMPLES.glob("*.txt"))]
PIECES = ["\n1. ", "\n(a) ", ":\n", "\n\n", "(i) ", "\n99. Requests ", "\nAnnex\n", "\f", "((", "¹"]


@given(
    text=st.sampled_from(TEXTS),
    cuts=st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 200)), max_size=5),
    additions=st.lists(st.tuples(st.integers(0, 1500), st.sampled_from(PIECES)), max_size=5),
)
@settings(max_examples=150)
def test_a_mangled_text_gives_unique_paths_or_a_sentence(
    text: str, cuts: list[tuple[int, int]], additions: list[tuple[int, str]]
) -> None:
    for place, length in cuts:
        text = text[:place] + text[place + length :]
    for place, piece in additions:
        text = text[:place] + piece + text[place:]

    try:
        resolutions = read_bytes(text.encode(), "mangled.txt")
    except UnreadableDocument as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - both ends are right
        return

    for resolution in resolutions:
        paths = Counter(clause.path for clause in resolution.operative_clauses)
        assert set(paths.values()) == {1}
        assert all(block.text.strip() for block in resolution.blocks)
        assert to_json(resolution)
