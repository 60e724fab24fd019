"""Who answers for a mandate, and whether they have taken it on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, Actor, Role, is_allowed

LONGEST_REASON = 2000  # characters
LONGEST_JOINT_LEAD = 200  # characters


class Acceptance(StrEnum):
    """What became of an assignment, by the newest answer to it."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Answerers:
    """Who answers for a mandate: the lead unit, those named in it, and units that contribute.

    ``joint_lead`` names an entity outside the house that leads as well: it has no account and is
    never written to.
    """

    unit_id: int
    focal_point_id: int | None = None
    deputy_id: int | None = None
    contributing_unit_ids: frozenset[int] = frozenset()
    joint_lead: str = ""

    @property
    def people(self) -> Collection[int]:
        """Return the people who are named."""
        return {key for key in (self.focal_point_id, self.deputy_id) if key is not None}


def may_answer(actor: Actor, answerers: Answerers) -> bool:
    """Tell whether ``actor`` may accept or decline an assignment.

    Those who are named may, and the managers of the unit; where nobody is named, its focal points.
    """
    if not is_allowed(actor, Action.ANSWER_ASSIGNMENT, unit_id=answerers.unit_id):
        return False
    managed = actor.units_as(Role.MANAGER)
    is_manager = answerers.unit_id in managed or None in managed
    return is_manager or not answerers.people or bool(actor.answers_for & set(answerers.people))


def acceptance_of(actor: Actor, answerers: Answerers) -> Acceptance:
    """Return how a new assignment stands: what somebody gives to themselves is accepted.

    A manager who names somebody else waits for them.
    """
    is_own = actor.person_id in answerers.people
    is_own_unit = not answerers.people and may_answer(actor, answerers)
    return Acceptance.ACCEPTED if is_own or is_own_unit else Acceptance.WAITING


def check_joint_lead(name: str) -> str:
    """Return the name of an outside entity without blanks around it; refuse one too long."""
    plain = " ".join(name.split())
    if len(plain) > LONGEST_JOINT_LEAD:
        raise Invalid(
            "The name has %(length)s characters; at most %(longest)s are kept. Shorten it.",
            field="joint_lead",
            length=len(plain),
            longest=LONGEST_JOINT_LEAD,
        )
    return plain


def check_answer(*, is_accepted: bool, reason: str) -> str:
    """Return the reason without blanks around it; refuse one that is missing or too long."""
    plain = reason.strip()
    if not is_accepted and not plain:
        raise Invalid(
            "Say why you decline, so that the coordinator knows whom to ask instead.",
            field="reason",
        )
    if len(plain) > LONGEST_REASON:
        raise Invalid(
            "The reason is longer than %(longest)s characters. Shorten it.",
            field="reason",
            longest=LONGEST_REASON,
        )
    return plain


@dataclass(frozen=True, slots=True)
class AssignmentOrder:
    """Who shall answer for one mandate, and by when; ``version`` is the one the person saw."""

    mandate_id: int
    version: int | None
    answerers: Answerers
    due_on: date | None = None
