"""Assignment of mandates: which unit leads, who writes for it, who contributes, and by when."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.assignments import (
    Acceptance,
    Answerers,
    AssignmentOrder,
    acceptance_of,
    check_joint_lead,
)
from tracker.domain.deadlines import check_due_date
from tracker.domain.errors import Invalid, Refused, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.models.mandates import Assignment, AssignmentAnswer, ContributingUnit, Mandate
from tracker.queries.assignments import contributing_units
from tracker.services import audit
from tracker.services.asking import ask_in_open_periods
from tracker.services.assignees import Assignees, Directory
from tracker.services.contributions import follow_assignment
from tracker.services.mandates import CHOOSE_SOME, mandates_of_versions, reference

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 500  # mandates


class Effect(StrEnum):
    """What an order does: gives it to somebody, takes it from who answers, changes other things."""

    GIVEN = "given"
    MOVED = "moved"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """An order and what carrying it out would do; ``refusal`` says why it cannot be."""

    order: AssignmentOrder
    effect: Effect
    refusal: Refused | None = None


def assign_mandate(
    session: Session,
    *,
    mandate_id: int,
    version: int,
    unit_id: int,
    focal_point_id: int | None = None,
    due_on: date | None = None,
    joint_lead: str = "",
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Give a mandate to a unit and, where known, to one of its focal points; return the mandate.

    No due date means that of the reporting period. Raises as ``assign_each`` does.
    """
    answerers = Answerers(unit_id, focal_point_id, joint_lead=joint_lead)
    order = AssignmentOrder(mandate_id, version, answerers, due_on)
    [mandate] = assign_each(session, [order], actor=actor, at=at)
    return mandate


def assign_each(
    session: Session,
    orders: Sequence[AssignmentOrder],
    *,
    right: Action = Action.ASSIGN_MANDATE,
    actor: Actor,
    at: datetime,
) -> Sequence[Mandate]:
    """Carry out all orders or, when one is refused, none; return the mandates in their order.

    Raises WrongState unless a mandate requires our action, Stale where it changed since the person
    saw it, and Invalid when somebody named cannot write for the unit or the date lies before the
    adoption. The report in each open period follows. ``right`` is the action that allows it, where
    the orders are part of a larger step.
    """
    work = _Work(session, orders, actor, right)
    for mandate in work.mandates:
        _assign(session, work, mandate, actor=actor, at=at)
    logger.info("%s mandates assigned by person %s", len(work.mandates), actor.person_id)
    return work.mandates


def rehearse_assignments(
    session: Session, orders: Sequence[AssignmentOrder], *, actor: Actor
) -> tuple[Rehearsed, ...]:
    """Return what carrying out the orders would do to each mandate; change nothing."""
    work = _Work(session, orders, actor)
    return tuple(_rehearsed(work, mandate) for mandate in work.mandates)


class _Work:
    """The orders with the mandates, units and people that they name."""

    def __init__(
        self,
        session: Session,
        orders: Sequence[AssignmentOrder],
        actor: Actor,
        right: Action = Action.ASSIGN_MANDATE,
    ) -> None:
        if not orders:
            raise Invalid(CHOOSE_SOME)
        if len(orders) > MOST_AT_ONCE:
            raise Invalid(
                "%(count)s mandates are too many for one step. Narrow the list to %(most)s at "
                "most.",
                count=len(orders),
                most=MOST_AT_ONCE,
            )
        self.actor, self.right = actor, right
        self.orders = {order.mandate_id: order for order in orders}
        for unit_id in {order.answerers.unit_id for order in orders}:
            permissions.require(actor, right, unit_id=unit_id)
        self.mandates = mandates_of_versions(
            session, {key: order.version for key, order in self.orders.items()}
        )
        self.contributing = contributing_units(session, list(self.orders))
        self.directory = Directory(session, [order.answerers for order in orders])

    def present(self, mandate: Mandate) -> Answerers | None:
        """Return who answers for a mandate now."""
        if mandate.lead_unit_id is None:
            return None
        return Answerers(
            mandate.lead_unit_id,
            mandate.focal_point_id,
            mandate.deputy_id,
            frozenset(self.contributing.get(mandate.id, ())),
            mandate.joint_lead,
        )

    def check(self, mandate: Mandate) -> Assignees:
        """Return who shall answer for a mandate; refuse what cannot be."""
        order = self.orders[mandate.id]
        if mandate.lead_unit_id is not None:
            permissions.require(self.actor, self.right, unit_id=mandate.lead_unit_id)
        _check_assignable(mandate, order.due_on)
        check_joint_lead(order.answerers.joint_lead)
        return self.directory.assignees(order.answerers)

    def is_done(self, mandate: Mandate) -> bool:
        """Tell whether a mandate is as ordered already."""
        order = self.orders[mandate.id]
        return (self.present(mandate), mandate.due_on) == (order.answerers, order.due_on)


def _rehearsed(work: _Work, mandate: Mandate) -> Rehearsed:
    order = work.orders[mandate.id]
    try:
        work.check(mandate)
    except Refused as refusal:
        return Rehearsed(order, Effect.REFUSED, refusal)
    if work.is_done(mandate):
        return Rehearsed(order, Effect.SAME)
    return Rehearsed(order, _effect(work.present(mandate), order.answerers))


def _effect(present: Answerers | None, wanted: Answerers) -> Effect:
    if present is None:
        return Effect.GIVEN
    is_kept = present.unit_id == wanted.unit_id and present.focal_point_id in {
        None,
        wanted.focal_point_id,
    }
    return Effect.CHANGED if is_kept else Effect.MOVED


def _assign(session: Session, work: _Work, mandate: Mandate, *, actor: Actor, at: datetime) -> None:
    assignees = work.check(mandate)
    if work.is_done(mandate):
        return
    order, present = work.orders[mandate.id], work.present(mandate)
    wanted = order.answerers
    before = _told(present, mandate.due_on)
    is_given_anew = present is None or _people(present) != _people(wanted)
    mandate.lead_unit_id, mandate.due_on = wanted.unit_id, order.due_on
    mandate.focal_point_id, mandate.deputy_id = wanted.focal_point_id, wanted.deputy_id
    mandate.joint_lead = wanted.joint_lead
    if is_given_anew:
        mandate.acceptance = acceptance_of(actor, wanted)
    assignment = _add_assignment(session, mandate, wanted, actor=actor, at=at)
    if is_given_anew and mandate.acceptance is Acceptance.ACCEPTED:
        session.add(
            AssignmentAnswer(
                assignment_id=assignment.id,
                is_accepted=True,
                answered_at=at,
                answered_by_id=actor.person_id,
            )
        )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="assign_mandate",
        subject=mandate,
        before=before,
        after={**_told(wanted, order.due_on), **assignees.names},
    )
    reports = ask_in_open_periods(session, mandate=mandate, actor=actor, at=at)
    left = present.contributing_unit_ids - wanted.contributing_unit_ids if present else ()
    follow_assignment(session, reports, wanted, left=left, actor=actor, at=at)


def _add_assignment(
    session: Session, mandate: Mandate, wanted: Answerers, *, actor: Actor, at: datetime
) -> Assignment:
    assignment = Assignment(
        mandate_id=mandate.id,
        unit_id=wanted.unit_id,
        person_id=wanted.focal_point_id,
        deputy_id=wanted.deputy_id,
        joint_lead=wanted.joint_lead,
        due_on=mandate.due_on,
        assigned_at=at,
        assigned_by_id=actor.person_id,
    )
    session.add(assignment)
    session.flush()
    session.add_all(
        ContributingUnit(assignment_id=assignment.id, unit_id=unit_id)
        for unit_id in sorted(wanted.contributing_unit_ids)
    )
    return assignment


def _people(answerers: Answerers) -> tuple[int | None, ...]:
    return answerers.unit_id, answerers.focal_point_id, answerers.deputy_id


def _told(answerers: Answerers | None, due_on: date | None) -> Mapping[str, object]:
    contributing: Collection[int] = answerers.contributing_unit_ids if answerers else ()
    return {
        "unit_id": answerers.unit_id if answerers else None,
        "focal_point_id": answerers.focal_point_id if answerers else None,
        "deputy_id": answerers.deputy_id if answerers else None,
        "contributing_unit_ids": sorted(contributing),
        "joint_lead": answerers.joint_lead if answerers else "",
        "due_on": due_on,
    }


def _check_assignable(mandate: Mandate, due_on: date | None) -> None:
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
    if due_on is not None:
        check_due_date(due_on, adopted_on=mandate.instrument.adopted_on)
