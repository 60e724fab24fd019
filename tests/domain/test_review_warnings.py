"""What a manager is warned of before clearing a text."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.mandates import Implementation, Periodicity
from tracker.domain.progress import ReportText
from tracker.domain.review_warnings import (
    LinkedActivity,
    ReviewFacts,
    ReviewWarning,
    WarningKind,
    review_warnings,
)

TEXT = ReportText(status=Implementation.IN_PROGRESS, done="Two missions were sent.")
MISSION = LinkedActivity("Mission to the islands", date(2025, 9, 30))
FACTS = ReviewFacts(
    periodicity=Periodicity.ONE_OFF,
    adopted_on=date(2025, 5, 16),
    activities=[MISSION],
    evidence_count=1,
)


def kinds(
    text: ReportText, last: ReportText | None = None, facts: ReviewFacts = FACTS
) -> list[str]:
    return [warning.kind for warning in review_warnings(text, last, facts)]


def test_a_text_in_order_gives_no_warning() -> None:
    assert kinds(TEXT) == []


@pytest.mark.parametrize(
    ("language", "done"),
    [
        ("en", "The survey was held. A second one will follow in May."),
        ("en", "The handbook is being printed."),
        ("es", "Se celebró la reunión. La segunda se realizará en mayo."),
        ("es", "Está prevista otra misión."),
        ("fr", "La réunion a eu lieu. La seconde se tiendra en mai."),
        ("fr", "Une autre mission est prévue."),
        ("pt", "A reunião foi realizada. A segunda ocorrerá em maio."),
        ("pt", "Está prevista outra missão."),
    ],
)
def test_a_completed_mandate_of_which_more_is_to_come_is_told_with_the_sentence(
    language: str, done: str
) -> None:
    text = replace(TEXT, status=Implementation.COMPLETED, done=done, language=language)

    (warning,) = review_warnings(text, None, FACTS)

    assert warning.kind is WarningKind.COMPLETED_BUT_GOES_ON
    assert warning.words == done.rsplit(". ", maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("language", "done"),
    [
        ("en", "The survey was held on the willow islands."),
        ("es", "La reunión se celebró en la sede y además participaron diez países."),
        ("fr", "La réunion a eu lieu à Dakar, avec dix pays."),
        ("pt", "A reunião foi realizada na sede com dez países."),
    ],
)
def test_a_completed_mandate_that_speaks_of_the_past_gives_no_warning(
    language: str, done: str
) -> None:
    assert kinds(replace(TEXT, status=Implementation.COMPLETED, done=done, language=language)) == []


def test_next_steps_of_a_completed_mandate_are_told() -> None:
    text = replace(TEXT, status=Implementation.COMPLETED, next_steps="A third mission. And more.")

    assert review_warnings(text, None, FACTS) == (
        ReviewWarning(WarningKind.COMPLETED_BUT_GOES_ON, "A third mission."),
    )


@pytest.mark.parametrize("periodicity", [Periodicity.RECURRING, Periodicity.CONTINUING])
def test_a_task_without_an_end_is_not_closed_unseen(periodicity: Periodicity) -> None:
    text = replace(TEXT, status=Implementation.COMPLETED)

    assert kinds(text, facts=replace(FACTS, periodicity=periodicity)) == ["recurring_closed"]


def test_an_activity_from_before_the_resolution_is_named() -> None:
    older = LinkedActivity("Seminar of 2024", date(2024, 3, 1))

    found = review_warnings(TEXT, None, replace(FACTS, activities=[MISSION, older]))

    assert found == (ReviewWarning(WarningKind.ACTIVITY_BEFORE_ADOPTION, "Seminar of 2024"),)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Implementation.IN_PROGRESS, ["no_activity"]),
        (Implementation.ONGOING, ["no_activity"]),
        (Implementation.NOT_CALLED_UPON, []),
        (Implementation.NOT_STARTED, []),
        (Implementation.NO_INFORMATION, []),
    ],
)
def test_work_that_nothing_shows_is_told(status: Implementation, expected: list[str]) -> None:
    assert kinds(replace(TEXT, status=status), facts=replace(FACTS, activities=())) == expected


def test_a_text_of_last_period_is_told_whatever_its_spaces_and_capitals() -> None:
    assert kinds(replace(TEXT, done="two missions  were sent."), TEXT) == ["same_text"]


def test_figures_of_last_period_in_new_words_are_told() -> None:
    last = replace(TEXT, done="In 2024, 45 officials of 12 countries were trained.")
    text = replace(TEXT, done="In 2026 training reached 45 officials of 12 countries.")

    assert review_warnings(text, last, FACTS) == (
        ReviewWarning(WarningKind.SAME_FIGURES, "45, 12"),
    )


def test_other_figures_or_only_years_give_no_warning() -> None:
    last = replace(TEXT, done="In 2024, 45 officials were trained.")

    assert kinds(replace(TEXT, done="In 2026, 46 officials were trained."), last) == []
    assert kinds(replace(TEXT, done="In 2026 more."), replace(TEXT, done="In 2026 some.")) == []


def test_a_dead_link_is_named_and_a_completed_mandate_without_evidence_is_told() -> None:
    dead = replace(FACTS, dead_link="Report of the mission")
    completed = replace(TEXT, status=Implementation.COMPLETED)

    assert review_warnings(TEXT, None, dead) == (
        ReviewWarning(WarningKind.DEAD_LINK, "Report of the mission"),
    )
    assert kinds(completed, facts=replace(FACTS, evidence_count=0)) == ["no_evidence"]
    assert kinds(TEXT, facts=replace(FACTS, evidence_count=0)) == []
