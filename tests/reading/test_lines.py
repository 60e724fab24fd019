"""Lines become one text, broken words whole and compounds with their hyphens."""

import pytest

from tracker.reading.lines import Line, Vocabulary, join_lines

WORDS = ("the cooperation of light-keepers", "a harbour-master _noted_")


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (("for coop-", "eration"), "for cooperation"),
        (("for co-", "oper-", "ation now"), "for cooperation now"),
        (("the light-", "keepers"), "the light-keepers"),
        (("the harbour-", "masters"), "the harbourmasters"),
        (("Santo-", "Domingo"), "Santo- Domingo"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_it_only_broke_a_word(
    broken: tuple[str, ...], whole: str
) -> None:
    assert join_lines(broken, Vocabulary(map(Line, WORDS))) == whole


def test_a_vocabulary_answers_the_hundredth_question_like_the_first() -> None:
    asked = ("cooperation", "light-keepers", "keepers", "operation", "harbour", "noted", "_noted_")
    vocabulary = Vocabulary([Line(words) for words in WORDS])

    first = [word in vocabulary for word in asked]
    later = [[word in vocabulary for word in asked] for _ in range(15)]

    assert first == [True, True, False, False, False, False, True]
    assert later == [first] * 15
