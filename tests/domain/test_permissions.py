"""Who may do what: every action and role, in one's own unit, another's and nobody's."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tracker.domain.errors import NotAllowed
from tracker.domain.permissions import (
    Action,
    Actor,
    Capacity,
    Role,
    StandIn,
    is_allowed,
    is_own_right,
    may_ever,
    require,
)

EVERYWHERE, OWN_UNIT, NOWHERE = "everywhere", "own unit", "nowhere"
OWN, OTHER = 1, 2

# One line for each action: viewer, focal point, manager, coordinator, editor, administrator.
LETTERS = {"e": EVERYWHERE, "o": OWN_UNIT, "-": NOWHERE}
TABLE = {
    Action.READ: "eeeeee",
    Action.IMPORT_RESOLUTION: "---e-e",
    Action.REVIEW_ANY_IMPORT: "---e--",
    Action.CHECK_DRAFT: "---ee-",
    Action.CORRECT_CLAUSE: "---e--",
    Action.CONFIRM_MANDATE: "---e--",
    Action.ASSIGN_MANDATE: "--oe--",
    Action.ANSWER_ASSIGNMENT: "-oo---",
    Action.EDIT_ACTIVITY: "-ooe--",
    Action.LINK_ACTIVITY: "-ooe--",
    Action.KEEP_DELIVERABLES: "---e--",
    Action.WRITE_PROGRESS: "-ooe--",
    Action.SUBMIT_REPORT: "-ooe--",
    Action.CLEAR_REPORT: "--o---",
    Action.RETURN_REPORT: "--oe--",
    Action.EXTEND_DUE_DATE: "--oe--",
    Action.OPEN_PERIOD: "---e--",
    Action.WRITE_NAME: "---eee",
    Action.SCHEDULE_SESSION: "---e-e",
    Action.SEE_COMPLIANCE: "--eeee",
    Action.GENERATE_REPORT: "---ee-",
    Action.SIGN_EDITION: "eeeeee",
    Action.SET_SIGN_OFF: "-----e",
    Action.SET_TEMPLATES: "-----e",
    Action.SUBMIT_EDITION: "---ee-",
    Action.INVITE_PERSON: "-----e",
    Action.SET_CLEARANCE: "---e-e",
    Action.KEEP_ABSENCES: "---e-e",
    Action.KEEP_FOCAL_POINTS: "---e-e",
    Action.KEEP_COOPERATION: "-eee--",
    Action.SET_UP_HOUSE: "-----e",
    Action.REQUEST_REPORTS: "---e--",
    Action.REVIEW_MANDATE: "--oe--",
    Action.KEEP_PUBLIC_PAGES: "---e--",
    Action.ESCALATE: "---e--",
    Action.SEE_DELIVERIES: "---e-e",
    Action.SETTLE_DELIVERY: "-----e",
    Action.SET_REMINDERS: "-----e",
    Action.PAUSE_REMINDERS: "---e-e",
    Action.HAND_OVER: "---e-e",
    Action.SHARE_VIEW: "-ooeee",
    Action.CONFIRM_SUBJECT: "-ooe--",
    Action.KEEP_SUBJECT_WORDS: "---e-e",
}
# In the own unit, in another, everywhere, and at all.
AS_TOLD = {
    EVERYWHERE: (True, True, True, True),
    OWN_UNIT: (True, False, False, True),
    NOWHERE: (False, False, False, False),
}
CASES = [
    pytest.param(
        action,
        {role: LETTERS[letter] for role, letter in zip(Role, letters, strict=True)},
        id=str(action),
    )
    for action, letters in TABLE.items()
]


def somebody(*roles: tuple[Role, int | None]) -> Actor:
    return Actor(person_id=1, name="Ana", language="en", time_zone="UTC", roles=frozenset(roles))


def reach_of(actor: Actor, action: Action) -> tuple[bool, ...]:
    """Tell whether it is allowed in the own unit, in another, everywhere, and at all."""
    return (
        is_allowed(actor, action, unit_id=OWN),
        is_allowed(actor, action, unit_id=OTHER),
        is_allowed(actor, action),
        may_ever(actor, action),
    )


def test_the_table_names_every_action() -> None:
    assert set(TABLE) == set(Action)


@pytest.mark.parametrize(("action", "reaches"), CASES)
def test_a_role_in_a_unit_reaches_as_far_as_the_table_says(
    action: Action, reaches: dict[Role, str]
) -> None:
    found = {role: reach_of(somebody((role, OWN)), action) for role in Role}

    assert found == {role: AS_TOLD[reach] for role, reach in reaches.items()}


@pytest.mark.parametrize(("action", "reaches"), CASES)
def test_a_role_in_the_whole_house_reaches_every_unit(
    action: Action, reaches: dict[Role, str]
) -> None:
    found = {role: reach_of(somebody((role, None)), action) for role in Role}

    assert found == {
        role: AS_TOLD[NOWHERE if reach == NOWHERE else EVERYWHERE]
        for role, reach in reaches.items()
    }


@pytest.mark.parametrize("action", Action)
def test_whoever_holds_no_role_may_do_nothing(action: Action) -> None:
    with pytest.raises(NotAllowed, match="Ask the coordinator"):
        require(somebody(), action, unit_id=OWN)


def test_roles_in_several_units_add_up() -> None:
    actor = somebody((Role.MANAGER, OWN), (Role.FOCAL_POINT, OTHER))

    reached = {
        (action, unit_id)
        for action, unit_id in product((Action.CLEAR_REPORT, Action.SUBMIT_REPORT), (OWN, OTHER))
        if is_allowed(actor, action, unit_id=unit_id)
    }

    assert reached == {
        (Action.CLEAR_REPORT, OWN),
        (Action.SUBMIT_REPORT, OWN),
        (Action.SUBMIT_REPORT, OTHER),
    }
    assert actor.units_as(Role.MANAGER) == {OWN}


LENT_ACTIONS = {
    Capacity.DEPUTY: {Action.ANSWER_ASSIGNMENT, Action.WRITE_PROGRESS, Action.SUBMIT_REPORT},
    Capacity.OFFICER_IN_CHARGE: {
        Action.CLEAR_REPORT,
        Action.RETURN_REPORT,
        Action.EXTEND_DUE_DATE,
    },
}


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("action", Action)
def test_who_stands_in_for_a_manager_may_do_what_is_lent_in_that_unit_and_nothing_else(
    action: Action, capacity: Capacity
) -> None:
    absent = StandIn(2, "Mona", capacity, date(2026, 6, 30), frozenset({(Role.MANAGER, OWN)}))
    actor = replace(somebody(), stands_in_for=(absent,))

    is_lent = action in LENT_ACTIONS[capacity]
    assert is_allowed(actor, action, unit_id=OWN) is is_lent
    assert may_ever(actor, action) is is_lent
    assert not is_allowed(actor, action, unit_id=OTHER)
    assert not is_own_right(actor, action, unit_id=OWN)


def test_a_coordinator_who_is_away_lends_nothing() -> None:
    roles = frozenset({(Role.COORDINATOR, None), (Role.ADMINISTRATOR, None)})
    absent = tuple(StandIn(2, "Carla", capacity, date(2026, 6, 30), roles) for capacity in Capacity)
    actor = replace(somebody(), stands_in_for=absent)

    assert not [action for action in Action if is_allowed(actor, action, unit_id=OWN)]


def test_what_is_allowed_passes() -> None:
    require(somebody((Role.MANAGER, OWN)), Action.CLEAR_REPORT, unit_id=OWN)
