"""Who may see a confidential record; what is internal, everybody who can sign in may see."""

from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor, Role

# Roles that see what is confidential wherever it is; in their unit focal points and managers do.
_TRUSTED = frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR})
_OF_THE_UNIT = frozenset({Role.FOCAL_POINT, Role.MANAGER})


def sees_everything(actor: Actor) -> bool:
    """Tell whether no record is too sensitive for ``actor``."""
    return any(
        role in _TRUSTED or (role in _OF_THE_UNIT and held_in is None)
        for role, held_in in actor.roles
    )


def units_seen(actor: Actor) -> frozenset[int]:
    """Return the ids of the units whose confidential records ``actor`` may see."""
    return frozenset(
        held_in for role, held_in in actor.roles if role in _OF_THE_UNIT and held_in is not None
    )


def may_see(actor: Actor, sensitivity: Sensitivity, unit_id: int | None) -> bool:
    """Tell whether ``actor`` may see a record of the unit that is as sensitive as that."""
    return (
        sensitivity is not Sensitivity.CONFIDENTIAL
        or sees_everything(actor)
        or unit_id in units_seen(actor)
    )
