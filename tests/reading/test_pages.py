"""Running heads: found whatever else stands before the opener."""

import pytest

from tracker.reading.lines import Line
from tracker.reading.pages import without_furniture

FRONT = (
    "Cooperation between the islands and other bodies: cooperation between the islands and them",
    "12/3. Cooperation between the islands and the League of Harbours",
)


@pytest.mark.parametrize("second", ["and the League of Harbours", "and other bodies: cooperation"])
def test_a_head_of_two_lines_may_repeat_either_of_two_that_begin_alike(second: str) -> None:
    head = [Line("COI/RES/12/3  Cooperation between the islands"), Line(second)]
    lines = [*map(Line, FRONT), Line("The Commission,"), Line("Notes the"), *head, Line("fog;")]

    kept = without_furniture(lines, 2, FRONT)

    assert [line.text for line in kept[3:]] == ["Notes the", "fog;"]
