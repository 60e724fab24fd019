"""The newest assignment of each mandate: who contributes to it, and what was answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.assignments import Acceptance
from tracker.models.mandates import Assignment, AssignmentAnswer, ContributingUnit, Mandate
from tracker.models.people import OrganizationalUnit, Person

_Later = aliased(Assignment)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to the newest assignment of a mandate."""

    is_accepted: bool
    reason: str
    person: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class StandingAssignment:
    """What an assignment says beside unit and focal point, and what was answered to it."""

    acceptance: Acceptance | None
    deputy_id: int | None
    deputy: str | None
    contributing: Mapping[int, str]  # units by id
    joint_lead: str
    answer: Answer | None


def standing_assignment(session: Session, mandate_id: int) -> StandingAssignment:
    """Return how the assignment of a mandate stands; three statements."""
    acceptance, deputy_id, joint_lead, deputy = session.execute(
        select(Mandate.acceptance, Mandate.deputy_id, Mandate.joint_lead, Person.name)
        .outerjoin(Person, Person.id == Mandate.deputy_id)
        .where(Mandate.id == mandate_id)
    ).one()
    return StandingAssignment(
        acceptance=acceptance,
        deputy_id=deputy_id,
        deputy=deputy,
        contributing=contributing_units(session, [mandate_id]).get(mandate_id, {}),
        joint_lead=joint_lead,
        answer=newest_answers(session, [mandate_id]).get(mandate_id),
    )


def is_declined() -> ColumnElement[bool]:
    """Say, of a mandate, that whoever was given it has declined."""
    return func.coalesce(Mandate.acceptance == Acceptance.DECLINED, false())


def newest_assignments(session: Session, mandate_ids: Collection[int]) -> Mapping[int, int]:
    """Return the id of the newest assignment of each mandate that has one."""
    rows = session.execute(
        select(Assignment.mandate_id, func.max(Assignment.id))
        .where(Assignment.mandate_id.in_(mandate_ids))
        .group_by(Assignment.mandate_id)
    )
    return dict(rows.all())


def contributing_units(
    session: Session, mandate_ids: Collection[int] | None = None
) -> Mapping[int, dict[int, str]]:
    """Return the units that contribute to each mandate, by id with their names; None: to all."""
    is_replaced = (
        select(_Later.id)
        .where(_Later.mandate_id == Assignment.mandate_id, _Later.id > Assignment.id)
        .exists()
    )
    query = (
        select(Assignment.mandate_id, OrganizationalUnit.id, OrganizationalUnit.name)
        .join(ContributingUnit, ContributingUnit.assignment_id == Assignment.id)
        .join(OrganizationalUnit, OrganizationalUnit.id == ContributingUnit.unit_id)
        .where(~is_replaced)
        .order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    )
    if mandate_ids is not None:
        query = query.where(Assignment.mandate_id.in_(mandate_ids))
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for mandate_id, unit_id, name in session.execute(query):
        found[mandate_id][unit_id] = name
    return found


def newest_answers(session: Session, mandate_ids: Collection[int]) -> Mapping[int, Answer]:
    """Return what was answered last to the newest assignment of each mandate that has an answer."""
    newest = (
        select(func.max(Assignment.id))
        .where(Assignment.mandate_id.in_(mandate_ids))
        .group_by(Assignment.mandate_id)
    )
    rows = session.execute(
        select(Assignment.mandate_id, AssignmentAnswer, Person.name)
        .join(AssignmentAnswer, AssignmentAnswer.assignment_id == Assignment.id)
        .join(Person, Person.id == AssignmentAnswer.answered_by_id)
        .where(Assignment.id.in_(newest))
        .order_by(AssignmentAnswer.id)
    )
    return {
        mandate_id: Answer(one.is_accepted, one.reason, person, one.answered_at)
        for mandate_id, one, person in rows
    }
