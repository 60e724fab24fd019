"""Who may do what: the six roles, every action, and the one table that joins them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import NotAllowed


class Role(StrEnum):
    """What a person is in the house or in a unit."""

    VIEWER = "viewer"
    FOCAL_POINT = "focal_point"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """How far a role reaches."""

    EVERYWHERE = "everywhere"
    OWN_UNIT = "own_unit"


class Action(StrEnum):
    """One thing that a person can do; each route names one."""

    READ = "read"
    IMPORT_RESOLUTION = "import_resolution"
    REVIEW_ANY_IMPORT = "review_any_import"
    CORRECT_CLAUSE = "correct_clause"
    CONFIRM_MANDATE = "confirm_mandate"
    ASSIGN_MANDATE = "assign_mandate"
    ANSWER_ASSIGNMENT = "answer_assignment"
    EDIT_ACTIVITY = "edit_activity"
    LINK_ACTIVITY = "link_activity"
    KEEP_DELIVERABLES = "keep_deliverables"
    WRITE_PROGRESS = "write_progress"
    SUBMIT_REPORT = "submit_report"
    CLEAR_REPORT = "clear_report"
    RETURN_REPORT = "return_report"
    EXTEND_DUE_DATE = "extend_due_date"
    OPEN_PERIOD = "open_period"
    WRITE_NAME = "write_name"
    SCHEDULE_SESSION = "schedule_session"
    SEE_COMPLIANCE = "see_compliance"
    GENERATE_REPORT = "generate_report"
    INVITE_PERSON = "invite_person"
    SET_UP_HOUSE = "set_up_house"
    SEE_DELIVERIES = "see_deliveries"
    SETTLE_DELIVERY = "settle_delivery"


_ALL = Scope.EVERYWHERE
_OWN = Scope.OWN_UNIT

ALLOWED: Mapping[Action, Mapping[Role, Scope]] = {
    Action.READ: dict.fromkeys(Role, _ALL),
    Action.IMPORT_RESOLUTION: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.REVIEW_ANY_IMPORT: {Role.COORDINATOR: _ALL},
    Action.CORRECT_CLAUSE: {Role.COORDINATOR: _ALL},
    Action.CONFIRM_MANDATE: {Role.COORDINATOR: _ALL},
    Action.ASSIGN_MANDATE: {Role.COORDINATOR: _ALL, Role.MANAGER: _OWN},
    Action.ANSWER_ASSIGNMENT: {Role.FOCAL_POINT: _OWN, Role.MANAGER: _OWN},
    Action.EDIT_ACTIVITY: {Role.COORDINATOR: _ALL, Role.MANAGER: _OWN, Role.FOCAL_POINT: _OWN},
    Action.LINK_ACTIVITY: {Role.COORDINATOR: _ALL, Role.MANAGER: _OWN, Role.FOCAL_POINT: _OWN},
    Action.KEEP_DELIVERABLES: {Role.COORDINATOR: _ALL},
    Action.WRITE_PROGRESS: {Role.COORDINATOR: _ALL, Role.FOCAL_POINT: _OWN, Role.MANAGER: _OWN},
    Action.SUBMIT_REPORT: {Role.COORDINATOR: _ALL, Role.FOCAL_POINT: _OWN, Role.MANAGER: _OWN},
    Action.CLEAR_REPORT: {Role.MANAGER: _OWN},
    Action.RETURN_REPORT: {Role.MANAGER: _OWN, Role.COORDINATOR: _ALL},
    Action.EXTEND_DUE_DATE: {Role.COORDINATOR: _ALL, Role.MANAGER: _OWN},
    Action.OPEN_PERIOD: {Role.COORDINATOR: _ALL},
    Action.WRITE_NAME: {Role.COORDINATOR: _ALL, Role.EDITOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SCHEDULE_SESSION: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SEE_COMPLIANCE: {
        Role.COORDINATOR: _ALL,
        Role.MANAGER: _ALL,
        Role.EDITOR: _ALL,
        Role.ADMINISTRATOR: _ALL,
    },
    Action.GENERATE_REPORT: {Role.EDITOR: _ALL, Role.COORDINATOR: _ALL},
    Action.INVITE_PERSON: {Role.ADMINISTRATOR: _ALL},
    Action.SET_UP_HOUSE: {Role.ADMINISTRATOR: _ALL},
    Action.SEE_DELIVERIES: {Role.ADMINISTRATOR: _ALL, Role.COORDINATOR: _ALL},
    Action.SETTLE_DELIVERY: {Role.ADMINISTRATOR: _ALL},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with roles, each in one unit or (None) in the whole house.

    Behind a shared mailbox (``is_mailbox``) stand several people, who are asked for their names.
    """

    person_id: int
    name: str
    language: str
    time_zone: str
    roles: frozenset[tuple[Role, int | None]]
    is_mailbox: bool = False

    def units_as(self, role: Role) -> frozenset[int | None]:
        """Return the ids of the units in which the actor holds ``role``; None is the house."""
        return frozenset(unit_id for held, unit_id in self.roles if held is role)


def is_allowed(actor: Actor, action: Action, *, unit_id: int | None = None) -> bool:
    """Tell whether ``actor`` may do ``action`` on an item of the unit ``unit_id``.

    A role held in the whole house reaches every unit; an item without a unit is reached only so.
    """
    for role, held_in in actor.roles:
        scope = ALLOWED[action].get(role)
        if scope is Scope.EVERYWHERE or (
            scope is Scope.OWN_UNIT and (held_in is None or held_in == unit_id)
        ):
            return True
    return False


def may_ever(actor: Actor, action: Action) -> bool:
    """Tell whether any role of ``actor`` includes ``action`` somewhere."""
    return any(role in ALLOWED[action] for role, _ in actor.roles)


def require(actor: Actor, action: Action, *, unit_id: int | None = None) -> None:
    """Refuse with NotAllowed unless ``actor`` may do ``action`` on an item of the unit."""
    if not is_allowed(actor, action, unit_id=unit_id):
        raise NotAllowed(
            "Your roles do not include this step. Ask the coordinator, who can do it or give you "
            "the role."
        )
