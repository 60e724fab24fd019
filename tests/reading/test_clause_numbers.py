"""Numbers that recognition damaged are given back by what must come next."""

import pytest

from tracker.domain.clauses import DoubtReason
from tracker.reading import read_bytes

OPENING = (
    "The Commission for the Ostral Islands,\n\nRecalling it,\n\n1. Requests:\n\n(a) Lamps:\n\n"
)


def paths_of(*items: str) -> list[str | None]:
    text = OPENING + "".join(f"{item} Lamp;\n\n" for item in items) + "2. Decides to meet.\n"
    (resolution,) = read_bytes(text.encode(), "a.txt")
    return [clause.path for clause in resolution.operative_clauses[2:-1]]


@pytest.mark.parametrize(
    ("printed", "last"),
    [
        (("(i)", "(ii)", "(ii)"), ["i", "ii", "iii"]),
        (("(i)", "(ii)", "(ii)", "(iv)"), ["i", "ii", "iii", "iv"]),
        (("(i)", "(i)", "(iii)"), ["i", "ii", "iii"]),
        (("(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)", "(vi)"), ["v", "vi", "vii"]),
        (("(i)", "(ii)", "(ii)", "(iii)"), ["i", "ii", "ii-2", "iii"]),
    ],
    ids=["last", "within", "first", "behind five", "printed twice"],
)
def test_a_numeral_that_lost_a_stroke_gets_it_back(
    printed: tuple[str, ...], last: list[str]
) -> None:
    paths = paths_of(*printed)

    assert paths[-len(last) :] == [f"1.a.{label}" for label in last]


def test_a_numeral_that_got_its_stroke_back_is_a_doubtful_place() -> None:
    text = f"{OPENING}(i) Red;\n\n(ii) Green;\n\n(ii) Blue.\n"

    (resolution,) = read_bytes(text.encode(), "a.txt")

    (doubt,) = resolution.operative_clauses[-1].doubts
    assert (doubt.reason, doubt.words) == (DoubtReason.NUMBER_REPAIRED, "(ii)")
