"""Assignment of mandates: which unit leads, who writes for it, and by when."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.deadlines import check_due_date
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.people import actor_of
from tracker.services import audit
from tracker.services.asking import ask_in_open_periods
from tracker.services.mandates import CHOOSE_SOME, mandates_of_versions, reference

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Lead:
    """Who is to answer, and by when."""

    unit: OrganizationalUnit
    focal_point: Person | None
    due_on: date | None

    @property
    def keys(self) -> tuple[int | None, int | None, date | None]:
        return self.unit.id, self.focal_point.id if self.focal_point else None, self.due_on


def assign_mandate(
    session: Session,
    *,
    mandate_id: int,
    version: int,
    unit_id: int,
    focal_point_id: int | None = None,
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Give a mandate to a unit and, where known, to one of its focal points; return the mandate.

    No due date means that of the reporting period. Raises WrongState unless the mandate requires
    our action, and Invalid when the focal point cannot write for the unit or the date lies before
    the adoption. The report in each open period follows.
    """
    [mandate] = assign_mandates(
        session,
        versions={mandate_id: version},
        unit_id=unit_id,
        focal_point_id=focal_point_id,
        due_on=due_on,
        actor=actor,
        at=at,
    )
    return mandate


def assign_mandates(
    session: Session,
    *,
    versions: Mapping[int, int],
    unit_id: int,
    focal_point_id: int | None = None,
    due_on: date | None = None,
    own_due_dates: Mapping[int, date | None] | None = None,
    actor: Actor,
    at: datetime,
) -> Sequence[Mandate]:
    """Give several mandates (by id, with the version the person saw) to one unit; return them.

    ``own_due_dates`` (by id) go before ``due_on``; None there means that of the period. All are
    assigned or, when one is refused, none. Raises as ``assign_mandate`` does.
    """
    permissions.require(actor, Action.ASSIGN_MANDATE, unit_id=unit_id)
    if not versions:
        raise Invalid(CHOOSE_SOME)
    lead = _Lead(_unit(session, unit_id), None, due_on)
    if focal_point_id is not None:
        lead = _Lead(lead.unit, _focal_point(session, focal_point_id, lead.unit), due_on)
    own = own_due_dates or {}
    mandates = mandates_of_versions(session, versions)
    for mandate in mandates:
        its_lead = replace(lead, due_on=own.get(mandate.id, due_on))
        _assign(session, mandate, its_lead, actor=actor, at=at)
    logger.info("%s mandates assigned by person %s", len(mandates), actor.person_id)
    return mandates


def _assign(session: Session, mandate: Mandate, lead: _Lead, *, actor: Actor, at: datetime) -> None:
    if mandate.lead_unit_id is not None:
        permissions.require(actor, Action.ASSIGN_MANDATE, unit_id=mandate.lead_unit_id)
    _check_assignable(mandate, lead)
    before = (mandate.lead_unit_id, mandate.focal_point_id, mandate.due_on)
    if before == lead.keys:
        return
    mandate.lead_unit_id, mandate.focal_point_id, mandate.due_on = lead.keys
    session.add(
        Assignment(
            mandate_id=mandate.id,
            unit_id=lead.unit.id,
            person_id=mandate.focal_point_id,
            due_on=mandate.due_on,
            assigned_at=at,
            assigned_by_id=actor.person_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="assign_mandate",
        subject=mandate,
        before=dict(zip(("unit_id", "focal_point_id", "due_on"), before, strict=True)),
        after={
            "unit_id": lead.unit.id,
            "unit": lead.unit.name,
            "focal_point_id": mandate.focal_point_id,
            "focal_point": lead.focal_point.name if lead.focal_point else None,
            "due_on": mandate.due_on,
        },
    )
    ask_in_open_periods(session, mandate=mandate, actor=actor, at=at)


def _check_assignable(mandate: Mandate, lead: _Lead) -> None:
    if mandate.requires_action is None:
        raise WrongState(
            "Nobody has confirmed yet that %(mandate)s asks something of us. Confirm it first, "
            "then assign it.",
            mandate=reference(mandate),
        )
    if not mandate.requires_action:
        raise WrongState(
            "%(mandate)s is set aside as asking nothing of us. Confirm that it requires our action "
            "first, then assign it.",
            mandate=reference(mandate),
        )
    if lead.due_on is not None:
        check_due_date(lead.due_on, adopted_on=mandate.instrument.adopted_on)


def _unit(session: Session, unit_id: int) -> OrganizationalUnit:
    unit = session.get(OrganizationalUnit, unit_id)
    if unit is None:
        raise Invalid("There is no such unit. Choose one from the list.", field="unit_id")
    return unit


def _focal_point(session: Session, person_id: int, unit: OrganizationalUnit) -> Person:
    """Return the person; refuse one who is not active or could not write the unit's reports."""
    # Not session.get: it would leave the roles of a person who is loaded already unloaded.
    person = session.scalar(
        select(Person).where(Person.id == person_id).options(selectinload(Person.roles))
    )
    if person is None or not person.is_active:
        raise Invalid(
            "This person cannot sign in any more. Choose another focal point.",
            field="focal_point_id",
        )
    if not permissions.is_allowed(actor_of(person), Action.WRITE_PROGRESS, unit_id=unit.id):
        raise Invalid(
            "%(person)s has no role in %(unit)s that lets them report. Choose one of its focal "
            "points, or ask the administrator to give them the role.",
            field="focal_point_id",
            person=person.name,
            unit=unit.name,
        )
    return person
