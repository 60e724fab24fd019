"""The goals and their targets."""

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.goals import GOALS, LANGUAGES, TARGETS, find_goal, goal_name, is_target
from tracker.domain.subjects import (
    AboutKind,
    Choice,
    Subject,
    SubjectKind,
    checked_subject,
    read_choice,
)


def test_there_are_17_goals_and_169_targets() -> None:
    assert len(GOALS) == 17
    assert sum(len(targets) for targets in TARGETS.values()) == 169


def test_each_goal_has_a_name_of_its_own_in_each_language() -> None:
    for language in LANGUAGES:
        assert len({goal_name(goal, language) for goal in GOALS}) == 17


@pytest.mark.parametrize("key", ["1.b", "8.10", "14.c", "17.19"])
def test_targets_that_there_are(key: str) -> None:
    assert is_target(key)


@pytest.mark.parametrize("key", ["1.6", "1.c", "17.a", "18.1", "14", "", "14.", "4.01"])
def test_targets_that_there_are_not(key: str) -> None:
    assert not is_target(key)


@pytest.mark.parametrize(
    ("kind", "key"), [("goal", "18"), ("target", "1.6"), ("country", "Peru"), ("colour", "1")]
)
def test_what_is_no_subject_is_refused(kind: str, key: str) -> None:
    with pytest.raises(Invalid, match="no such subject"):
        checked_subject(kind, key)


def test_a_choice_is_read_as_it_is_written() -> None:
    choice = Choice(AboutKind.MANDATE, 12, Subject(SubjectKind.TARGET, "14.a"))

    assert read_choice(str(choice)) == choice


@pytest.mark.parametrize("written", ["", "mandate:1:goal", "person:1:goal:1", "mandate:x:goal:1"])
def test_what_is_no_choice_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        read_choice(written)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SDG 14", "14"),
        ("objetivo  3", "3"),
        ("14.7", "14.7"),
        ("Target 14.b", "14.b"),
        ("Égalité des sexes", "5"),
        ("18", None),
        ("14.99", None),
        ("Goal fourteen", None),
    ],
    ids=str,
)
def test_a_goal_is_found_by_its_name_and_its_number(text: str, found: str | None) -> None:
    assert find_goal(text) == found
