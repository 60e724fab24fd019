"""Invented resolutions beside the trees they must give."""

import pytest

from tests.reading.trees import SAMPLES, tree_of
from tracker.reading import read

NAMES = sorted(sample.stem for sample in SAMPLES.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_its_tree_says(name: str) -> None:
    expected = (SAMPLES / f"{name}.tree").read_text(encoding="utf-8")

    assert tree_of(read(SAMPLES / f"{name}.txt")) == expected
