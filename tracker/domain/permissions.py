"""Who may do what: the six roles, every action, and the one table that joins them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    CHECK_DRAFT = "check_draft"
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
    SIGN_EDITION = "sign_edition"
    SET_SIGN_OFF = "set_sign_off"
    SET_TEMPLATES = "set_templates"
    SUBMIT_EDITION = "submit_edition"
    INVITE_PERSON = "invite_person"
    HAND_OVER = "hand_over"
    SET_CLEARANCE = "set_clearance"
    KEEP_ABSENCES = "keep_absences"
    KEEP_FOCAL_POINTS = "keep_focal_points"
    KEEP_COOPERATION = "keep_cooperation"
    SET_UP_HOUSE = "set_up_house"
    REQUEST_REPORTS = "request_reports"
    REVIEW_MANDATE = "review_mandate"
    KEEP_PUBLIC_PAGES = "keep_public_pages"
    ESCALATE = "escalate"
    SEE_DELIVERIES = "see_deliveries"
    SETTLE_DELIVERY = "settle_delivery"
    SET_REMINDERS = "set_reminders"
    PAUSE_REMINDERS = "pause_reminders"
    SHARE_VIEW = "share_view"
    CONFIRM_SUBJECT = "confirm_subject"
    KEEP_SUBJECT_WORDS = "keep_subject_words"


_ALL = Scope.EVERYWHERE
_OWN = Scope.OWN_UNIT

ALLOWED: Mapping[Action, Mapping[Role, Scope]] = {
    Action.READ: dict.fromkeys(Role, _ALL),
    Action.IMPORT_RESOLUTION: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.REVIEW_ANY_IMPORT: {Role.COORDINATOR: _ALL},
    Action.CHECK_DRAFT: {Role.COORDINATOR: _ALL, Role.EDITOR: _ALL},
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
    # Whoever holds a post of the chain, whatever else they are: the post decides.
    Action.SIGN_EDITION: dict.fromkeys(Role, _ALL),
    Action.SET_SIGN_OFF: {Role.ADMINISTRATOR: _ALL},
    Action.SET_TEMPLATES: {Role.ADMINISTRATOR: _ALL},
    Action.SUBMIT_EDITION: {Role.EDITOR: _ALL, Role.COORDINATOR: _ALL},
    Action.INVITE_PERSON: {Role.ADMINISTRATOR: _ALL},
    # The work of who leaves; closing their account is the administrator's.
    Action.HAND_OVER: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SET_CLEARANCE: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.KEEP_ABSENCES: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.KEEP_FOCAL_POINTS: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.KEEP_COOPERATION: {
        Role.COORDINATOR: _ALL,
        Role.MANAGER: _ALL,
        Role.FOCAL_POINT: _ALL,
    },
    Action.SET_UP_HOUSE: {Role.ADMINISTRATOR: _ALL},
    Action.REQUEST_REPORTS: {Role.COORDINATOR: _ALL},
    Action.REVIEW_MANDATE: {Role.COORDINATOR: _ALL, Role.MANAGER: _OWN},
    Action.KEEP_PUBLIC_PAGES: {Role.COORDINATOR: _ALL},
    Action.ESCALATE: {Role.COORDINATOR: _ALL},
    Action.SEE_DELIVERIES: {Role.ADMINISTRATOR: _ALL, Role.COORDINATOR: _ALL},
    Action.SETTLE_DELIVERY: {Role.ADMINISTRATOR: _ALL},
    Action.SET_REMINDERS: {Role.ADMINISTRATOR: _ALL},
    Action.PAUSE_REMINDERS: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.CONFIRM_SUBJECT: {
        Role.COORDINATOR: _ALL,
        Role.MANAGER: _OWN,
        Role.FOCAL_POINT: _OWN,
    },
    Action.KEEP_SUBJECT_WORDS: {Role.COORDINATOR: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.SHARE_VIEW: {
        Role.COORDINATOR: _ALL,
        Role.EDITOR: _ALL,
        Role.ADMINISTRATOR: _ALL,
        Role.MANAGER: _OWN,
        Role.FOCAL_POINT: _OWN,
    },
}


class Capacity(StrEnum):
    """As what somebody stands in for a person who is away."""

    DEPUTY = "deputy"
    OFFICER_IN_CHARGE = "officer_in_charge"


_ANSWERING = frozenset({Action.ANSWER_ASSIGNMENT, Action.WRITE_PROGRESS, Action.SUBMIT_REPORT})
_CLEARING = frozenset({Action.CLEAR_REPORT, Action.RETURN_REPORT, Action.EXTEND_DUE_DATE})
# Which actions of which roles pass to whoever stands in; all others wait for the person.
LENT: Mapping[Capacity, Mapping[Role, frozenset[Action]]] = {
    Capacity.DEPUTY: {Role.FOCAL_POINT: _ANSWERING, Role.MANAGER: _ANSWERING},
    Capacity.OFFICER_IN_CHARGE: {Role.MANAGER: _CLEARING},
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who is away until a day (included), with the roles that they lend meanwhile."""

    person_id: int
    name: str
    capacity: Capacity
    until: date
    roles: frozenset[tuple[Role, int | None]]

    def lends(self, action: Action, unit_id: int | None) -> bool:
        """Tell whether their roles reach the action in the unit and pass to the stand-in."""
        return any(
            action in LENT[self.capacity].get(role, ()) and _reaches(role, held_in, action, unit_id)
            for role, held_in in self.roles
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with roles, each in one unit or (None) in the whole house.

    Behind a shared mailbox (``is_mailbox``) stand several people, who are asked for their names.
    ``stands_in_for`` are those who are away now and whom the actor represents.
    """

    person_id: int
    name: str
    language: str
    time_zone: str
    roles: frozenset[tuple[Role, int | None]]
    is_mailbox: bool = False
    stands_in_for: tuple[StandIn, ...] = ()

    @property
    def answers_for(self) -> frozenset[int]:
        """Return the ids of those in whose name the actor answers: their own and as deputy."""
        absent = {each.person_id for each in self.stands_in_for if each.capacity is Capacity.DEPUTY}
        return frozenset({self.person_id, *absent})

    def units_acting_as(self, role: Role) -> frozenset[int | None]:
        """Return the units of ``units_as``, and those of absent people who lend that part.

        A deputy acts as focal point, an officer-in-charge as manager.
        """
        part = {Role.FOCAL_POINT: Capacity.DEPUTY, Role.MANAGER: Capacity.OFFICER_IN_CHARGE}
        lent = {
            unit_id
            for each in self.stands_in_for
            for held, unit_id in each.roles
            if held is role and each.capacity is part.get(role)
        }
        return self.units_as(role) | lent

    def units_as(self, role: Role) -> frozenset[int | None]:
        """Return the ids of the units in which the actor holds ``role``; None is the house."""
        return frozenset(unit_id for held, unit_id in self.roles if held is role)


def is_allowed(actor: Actor, action: Action, *, unit_id: int | None = None) -> bool:
    """Tell whether ``actor`` may do ``action`` on an item of the unit ``unit_id``.

    A role held in the whole house reaches every unit; an item without a unit is reached only so.
    What somebody who is away lends to the actor counts as well.
    """
    return is_own_right(actor, action, unit_id=unit_id) or bool(
        lenders(actor, action, unit_id=unit_id)
    )


def is_own_right(actor: Actor, action: Action, *, unit_id: int | None = None) -> bool:
    """Tell whether the actor's own roles suffice, whoever is away."""
    return any(_reaches(role, held_in, action, unit_id) for role, held_in in actor.roles)


def lenders(actor: Actor, action: Action, *, unit_id: int | None = None) -> tuple[StandIn, ...]:
    """Return those who are away and in whose place the actor may do ``action`` in the unit."""
    return tuple(each for each in actor.stands_in_for if each.lends(action, unit_id))


def in_place_of(actor: Actor, action: Action, *, unit_id: int | None = None) -> StandIn | None:
    """Return in whose place the actor does ``action``; None where their own roles suffice."""
    if is_own_right(actor, action, unit_id=unit_id):
        return None
    return next(iter(lenders(actor, action, unit_id=unit_id)), None)


def absent_answerer(actor: Actor, *, unit_id: int, focal_point_id: int | None) -> int | None:
    """Return in whose place the actor submits a report: the focal point's, who is away, or another.

    None where the report is the actor's, or their own roles let them submit it.
    """
    if focal_point_id is not None and focal_point_id in actor.answers_for - {actor.person_id}:
        return focal_point_id
    absent = in_place_of(actor, Action.SUBMIT_REPORT, unit_id=unit_id)
    return absent.person_id if absent else None


def may_ever(actor: Actor, action: Action) -> bool:
    """Tell whether any role of ``actor``, or one that is lent to them, includes ``action``."""
    return any(role in ALLOWED[action] for role, _ in actor.roles) or any(
        action in LENT[each.capacity].get(role, ())
        for each in actor.stands_in_for
        for role, _ in each.roles
    )


def require(actor: Actor, action: Action, *, unit_id: int | None = None) -> None:
    """Refuse with NotAllowed unless ``actor`` may do ``action`` on an item of the unit."""
    if not is_allowed(actor, action, unit_id=unit_id):
        raise NotAllowed(
            "Your roles do not include this step. Ask the coordinator, who can do it or give you "
            "the role."
        )


def _reaches(role: Role, held_in: int | None, action: Action, unit_id: int | None) -> bool:
    scope = ALLOWED[action].get(role)
    return scope is Scope.EVERYWHERE or (
        scope is Scope.OWN_UNIT and (held_in is None or held_in == unit_id)
    )
