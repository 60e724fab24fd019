"""Which units have their texts cleared at a second level: said, and changed in mid-period."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.models.people import OrganizationalUnit
from tracker.queries.clearance_rules import RULE_CHANGED
from tracker.services import audit
from tracker.services.versions import check_version

_FIELD = "second_unit_id"


def set_second_clearance(
    session: Session,
    *,
    unit_id: int,
    version: int,
    second_unit_id: int | None,
    actor: Actor,
    at: datetime,
) -> OrganizationalUnit:
    """Let the manager of another unit clear the texts of a unit a second time, or (None) nobody.

    It holds for what the unit's own manager clears from now on: a report holds whom its first
    clearance went on to, so what waits at the second level stays there, and what is cleared stays
    cleared. Raises Stale, and Invalid for a unit that cannot be chosen.
    """
    permissions.require(actor, Action.SET_CLEARANCE)
    unit = session.get(OrganizationalUnit, unit_id, with_for_update=True, populate_existing=True)
    if unit is None:
        raise NotFound("There is no such unit. Choose one from the list of units.")
    check_version(unit, version)
    second = _checked(session, unit_id, second_unit_id) if second_unit_id is not None else None
    if unit.second_clearance_unit_id == second_unit_id:
        return unit
    before = (
        session.get_one(OrganizationalUnit, unit.second_clearance_unit_id)
        if unit.second_clearance_unit_id
        else None
    )
    unit.second_clearance_unit_id = second_unit_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action=RULE_CHANGED,
        subject=unit,
        before={"second_level": before.name if before else None},
        after={"second_level": second.name if second else None},
    )
    return unit


def _checked(session: Session, unit_id: int, second_unit_id: int) -> OrganizationalUnit:
    # Locked, so that nobody closes the unit meanwhile.
    second = session.get(
        OrganizationalUnit, second_unit_id, with_for_update=True, populate_existing=True
    )
    if second is None:
        raise Invalid("There is no such unit. Choose one from the list.", field=_FIELD)
    if second_unit_id == unit_id:
        raise Invalid(
            "The second level is cleared by another unit than the one that wrote the text. Choose "
            "another one.",
            field=_FIELD,
        )
    if second.closed_at is not None:
        raise Invalid(
            "%(name)s is closed, so nobody would clear there. Choose another unit.",
            field=_FIELD,
            name=second.name,
        )
    return second
