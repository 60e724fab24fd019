"""The number and title above a resolution, in the forms in which people write them."""

import pytest

from tracker.domain.clauses import ReadResolution
from tracker.reading import read_bytes

TEXT = """

The Commission for the Ostral Islands,

Recalling its resolution 7(I) of 5 May 1962,

1. Requests the Executive Secretary to light the lamps."""


def read_below(heading: str) -> ReadResolution:
    (resolution,) = read_bytes((heading + TEXT).encode(), "resolution.txt")
    return resolution


@pytest.mark.parametrize(
    "heading",
    [
        "Resolution 12 (V)",
        "RESOLUTION 12(V)",
        "Resolución 12(V)",
        "RESOLUCIÓN N.º 12 (V)",
        "Résolution 12 (V)",
        "Resolução 12 (V)",
        "**Resolution 12 (V)**",
    ],
)
def test_a_number_after_the_word_for_a_resolution_is_read_without_a_title(heading: str) -> None:
    resolution = read_below(heading)

    assert (resolution.number, resolution.title) == ("12(V)", None)


@pytest.mark.parametrize(
    "heading",
    [
        "12(V) Lamps of the coast",
        "Resolution 12 (V) Lamps of the coast",
        "Resolución 12(V): Lamps of the coast",
        "RÉSOLUTION 12 (V) – Lamps of the coast",
        "Resolução 12 (V)\n\nLamps of the coast",
        "Lamps of the coast\n\nResolution 12 (V)",
    ],
)
def test_the_title_is_read_beside_below_or_above_the_number(heading: str) -> None:
    resolution = read_below(heading)

    assert (resolution.number, resolution.title) == ("12(V)", "Lamps of the coast")


def test_a_sentence_that_begins_with_a_resolution_is_no_number() -> None:
    assert read_below("Resolution 12 (V) of the fifth session was read.").number is None
