"""What a progress text must say before it can be submitted."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.errors import Invalid, NotAllowed
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Actor, Capacity, Role, StandIn
from tracker.domain.progress import (
    Passed,
    ReportText,
    check_clears_other,
    check_reason,
    check_remark,
    check_submittable,
)

TODAY = date(2026, 6, 15)
WHOLE = ReportText(status=Implementation.ONGOING, done="The series was published.")
POSTPONED = replace(
    WHOLE,
    status=Implementation.POSTPONED,
    status_reason="No funds.",
    postponed_to=date(2026, 6, 16),
)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        POSTPONED,
        replace(WHOLE, status=Implementation.NOT_IMPLEMENTED, status_reason="It was refused."),
        replace(WHOLE, done="", difficulties="No request came."),
        replace(WHOLE, status=Implementation.NO_INFORMATION),
    ],
)
def test_a_whole_text_can_be_submitted(text: ReportText) -> None:
    check_submittable(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (replace(WHOLE, status=None), "status"),
        (replace(WHOLE, status=Implementation.NOT_IMPLEMENTED), "status_reason"),
        (replace(POSTPONED, status_reason=" "), "status_reason"),
        (replace(POSTPONED, postponed_to=None), "postponed_to"),
        (replace(POSTPONED, postponed_to=TODAY), "postponed_to"),
        (replace(WHOLE, done=" \n"), "done"),
        (replace(WHOLE, difficulties="x" * 20_001), "difficulties"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(text: ReportText, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_submittable(text, today=TODAY)

    assert refusal.value.field == field


def test_a_text_is_kept_without_what_browsers_and_other_answers_left() -> None:
    text = replace(POSTPONED, status=Implementation.COMPLETED, done=" One.\r\nTwo.\r\n ")

    kept = text.stripped()

    assert (kept.done, kept.postponed_to) == ("One.\nTwo.", None)


@pytest.mark.parametrize("check", [check_remark, check_reason])
def test_a_remark_and_a_reason_say_something(check: type) -> None:
    check("Which islands?")
    with pytest.raises(Invalid):
        check("  ")


UNIT, WRITER, CLEARER = 7, 1, 2


def clearer(*absent: StandIn, roles: frozenset[tuple[Role, int | None]] = frozenset()) -> Actor:
    return Actor(CLEARER, "Olga", "en", "UTC", roles, stands_in_for=absent)


def away(person_id: int) -> StandIn:
    managers = frozenset({(Role.MANAGER, UNIT)})
    return StandIn(person_id, "Mona", Capacity.OFFICER_IN_CHARGE, date(2026, 6, 30), managers)


def test_nobody_clears_their_own_text() -> None:
    actor = clearer(roles=frozenset({(Role.MANAGER, UNIT)}))

    assert check_clears_other(actor, unit_id=UNIT, passed=Passed(WRITER)) is None
    with pytest.raises(NotAllowed, match="yourself"):
        check_clears_other(actor, unit_id=UNIT, passed=Passed(CLEARER))


def test_an_officer_in_charge_clears_in_the_place_of_who_is_away() -> None:
    absent = away(3)

    assert check_clears_other(clearer(absent), unit_id=UNIT, passed=Passed(WRITER)) is absent


def test_an_officer_in_charge_clears_neither_their_own_text_nor_that_of_who_is_away() -> None:
    with pytest.raises(NotAllowed, match="yourself"):
        check_clears_other(clearer(away(3)), unit_id=UNIT, passed=Passed(CLEARER))
    with pytest.raises(NotAllowed, match="in their place"):
        check_clears_other(clearer(away(WRITER)), unit_id=UNIT, passed=Passed(WRITER))


def test_an_officer_for_two_clears_the_text_of_one_in_the_place_of_the_other() -> None:
    actor = clearer(away(WRITER), away(3))

    absent = check_clears_other(actor, unit_id=UNIT, passed=Passed(WRITER))

    assert absent is not None
    assert absent.person_id == 3
