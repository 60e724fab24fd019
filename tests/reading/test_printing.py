"""Invented resolutions of every layout: clean, printed on pages, and recognised from them."""

import re
from collections.abc import Callable, Sequence

import pytest
from rapidfuzz import fuzz

from tests.reading.printing import Text, print_pages
from tests.reading.recognition import recognise_lines, recognise_paragraphs
from tests.reading.trees import SAMPLES, tree_of
from tracker.domain.clauses import BlockKind, ReadResolution
from tracker.reading import read_bytes

LAYOUTS = SAMPLES / "layouts"
NAMES = sorted(sample.stem for sample in LAYOUTS.glob("*.txt"))
PAGE_LINES = 24  # so few that short samples have page breaks
MISREAD = 0.05  # of the recognised documents, where a number or its heading is beyond repair
COMPARED = {BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.HEADING}


@pytest.mark.parametrize("name", NAMES)
def test_a_layout_is_read_as_its_tree_says(name: str) -> None:
    expected = (LAYOUTS / f"{name}.tree").read_text(encoding="utf-8")

    assert tree_of(read_text(clean_text(name))) == expected


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_a_layout_on_printed_pages_gives_the_same_clauses(name: str, seed: int) -> None:
    printed = print_pages(parts_of(clean_text(name)), seed=f"{name} {seed}", page_lines=PAGE_LINES)

    assert differences(read_text(printed), read_text(clean_text(name))) == []


@pytest.mark.parametrize("recognise", [recognise_paragraphs, recognise_lines])
def test_nearly_all_recognised_layouts_give_the_same_clauses(
    recognise: Callable[..., str],
) -> None:
    trials = [(name, seed) for name in NAMES for seed in range(5)]

    differing = [trial for trial in trials if _differs(recognise, *trial)]

    assert len(differing) <= len(trials) * MISREAD, differing


def _differs(recognise: Callable[..., str], name: str, seed: int) -> bool:
    noisy = recognise(parts_of(clean_text(name)), seed=f"{name} {seed}", page_lines=PAGE_LINES)
    return bool(differences(read_text(noisy), read_text(clean_text(name))))


def clean_text(name: str) -> str:
    """Return a sample as its author wrote it."""
    return (LAYOUTS / f"{name}.txt").read_text(encoding="utf-8")


def parts_of(text: str) -> Text:
    """Return the lines before the first opener, it included, and the paragraphs after it."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    opener = next(
        place for place, words in enumerate(paragraphs) if re.match(r"^The .{5,60},$", words)
    )
    front = [line for words in paragraphs[: opener + 1] for line in ("", words)]
    return Text(front, paragraphs[opener + 1 :])


def read_text(text: str) -> list[ReadResolution]:
    """Return what is read from a text."""
    return read_bytes(text.encode(), "sample.txt")


def differences(
    found: Sequence[ReadResolution], expected: Sequence[ReadResolution]
) -> list[tuple[str, str]]:
    """Return the paragraphs that differ in kind, path or, by more than a tenth, in their text."""
    seen, wanted = _outline(found), _outline(expected)
    labels = [label for label, _ in seen]
    if labels != [label for label, _ in wanted]:
        return [pair for pair in wanted if pair[0] not in labels] or [("order", str(labels))]
    return [a for a, b in zip(seen, wanted, strict=True) if fuzz.ratio(a[1], b[1]) < 90]


def _outline(resolutions: Sequence[ReadResolution]) -> list[tuple[str, str]]:
    return [
        (
            f"{resolution.number} {block.kind} {block.path or ''}",
            re.sub(r"\W+", "", block.text).lower(),
        )
        for resolution in resolutions
        for block in resolution.blocks
        if block.kind in COMPARED
    ]
