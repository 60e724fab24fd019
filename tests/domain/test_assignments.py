"""Who may accept or decline an assignment, and what counts as accepted from the start."""

import pytest

from tracker.domain.assignments import (
    Acceptance,
    Answerers,
    acceptance_of,
    check_answer,
    may_answer,
)
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Actor, Role

UNIT, OTHER = 1, 2
ANA, BEN, MONA = 11, 12, 13


def somebody(person_id: int, role: Role = Role.FOCAL_POINT, unit_id: int | None = UNIT) -> Actor:
    return Actor(person_id, "Somebody", "en", "UTC", frozenset({(role, unit_id)}))


@pytest.mark.parametrize(
    ("actor", "answerers", "may"),
    [
        pytest.param(somebody(ANA), Answerers(UNIT, ANA), True, id="the focal point named"),
        pytest.param(somebody(BEN), Answerers(UNIT, ANA, BEN), True, id="the deputy"),
        pytest.param(somebody(BEN), Answerers(UNIT, ANA), False, id="a colleague"),
        pytest.param(somebody(BEN), Answerers(UNIT), True, id="a colleague where nobody is named"),
        pytest.param(somebody(MONA, Role.MANAGER), Answerers(UNIT, ANA), True, id="the manager"),
        pytest.param(
            somebody(MONA, Role.MANAGER, None), Answerers(UNIT, ANA), True, id="of the house"
        ),
        pytest.param(
            somebody(MONA, Role.MANAGER, OTHER), Answerers(UNIT, ANA), False, id="of another unit"
        ),
        pytest.param(
            somebody(ANA, Role.FOCAL_POINT, OTHER), Answerers(UNIT, ANA), False, id="who moved"
        ),
        pytest.param(
            somebody(BEN, Role.COORDINATOR, None), Answerers(UNIT), False, id="the coordinator"
        ),
    ],
)
def test_those_named_answer_or_the_unit_where_nobody_is(
    actor: Actor, answerers: Answerers, may: bool
) -> None:
    assert may_answer(actor, answerers) is may


@pytest.mark.parametrize(
    ("actor", "answerers", "acceptance"),
    [
        pytest.param(
            somebody(ANA), Answerers(UNIT, ANA), Acceptance.ACCEPTED, id="given to oneself"
        ),
        pytest.param(
            somebody(MONA, Role.MANAGER), Answerers(UNIT), Acceptance.ACCEPTED, id="to one's unit"
        ),
        pytest.param(
            somebody(MONA, Role.MANAGER),
            Answerers(UNIT, ANA),
            Acceptance.WAITING,
            id="to one's own",
        ),
        pytest.param(
            somebody(BEN, Role.COORDINATOR, None),
            Answerers(UNIT),
            Acceptance.WAITING,
            id="by the coordinator",
        ),
    ],
)
def test_what_one_gives_to_oneself_is_accepted(
    actor: Actor, answerers: Answerers, acceptance: Acceptance
) -> None:
    assert acceptance_of(actor, answerers) is acceptance


def test_to_decline_takes_a_reason() -> None:
    with pytest.raises(Invalid, match="Say why you decline") as refused:
        check_answer(is_accepted=False, reason="  ")

    assert refused.value.field == "reason"


def test_to_accept_takes_none() -> None:
    assert check_answer(is_accepted=True, reason="") == ""


def test_a_reason_has_its_limit() -> None:
    with pytest.raises(Invalid, match="longer than 2000 characters"):
        check_answer(is_accepted=False, reason="x" * 2001)
