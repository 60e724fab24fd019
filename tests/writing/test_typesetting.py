"""The typesetter in a process of its own: the same bytes, refusals told, limits held."""

import pytest

from tracker.domain.errors import Invalid
from tracker.writing.typesetting import BEGINNING as MOMENT
from tracker.writing.typesetting import (
    Limits,
    TypesettingRefused,
    typeset,
    typeset_apart,
    typeset_sheet,
)

TITLED = b'#set document(title: "Sheet")\n'
SHORT = {"main": TITLED + b'#read("words.txt")', "words.txt": "Año nuevo".encode()}
LONG = {"main": TITLED + b"#for i in range(2000000) [ word #i and very many more of them]"}
# A letter of a script of which no font of the project knows any.
NOT_SHOWN = {"main": TITLED + "\U00013000".encode()}


def test_apart_it_sets_the_very_bytes_that_it_sets_here() -> None:
    assert typeset_apart(SHORT, standards=("ua-1",)) == typeset(SHORT, standards=("ua-1",))


def test_what_it_refuses_is_told() -> None:
    with pytest.raises(TypesettingRefused, match="unknown variable: unknown"):
        typeset_apart({"main": b"#unknown"})


def test_what_no_font_shows_is_refused_or_printed_without_the_marks() -> None:
    with pytest.raises(TypesettingRefused, match="could not be displayed"):
        typeset_apart(NOT_SHOWN, standards=("ua-1",))

    assert typeset_sheet(NOT_SHOWN, moment=MOMENT) == typeset(NOT_SHOWN, moment=MOMENT)


@pytest.mark.parametrize(
    "limits",
    [Limits(seconds=1), Limits(memory_bytes=400 * 1024**2)],
    ids=["time", "memory"],
)
def test_what_needs_more_than_it_may_have_is_refused_with_what_to_do(limits: Limits) -> None:
    with pytest.raises(Invalid, match="too long for one PDF"):
        typeset_apart(LONG, limits=limits)
