"""The single items of a hand-over, each given to its successor the way it is always given."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain.assignments import Answerers, AssignmentOrder
from tracker.domain.handovers import OpenItem, OpenKind
from tracker.domain.permissions import Action, Actor
from tracker.models.absences import PersonAbsence
from tracker.models.mandates import ActionPoint, Mandate
from tracker.queries.assignments import contributing_units
from tracker.services import audit
from tracker.services.absences import AbsenceDays, change_absence
from tracker.services.assignments import MOST_AT_ONCE, assign_each
from tracker.services.saved_views import give_views

Moves = Mapping[OpenItem, int]


def move_items(
    session: Session, person_id: int, moves: Moves, *, actor: Actor, at: datetime
) -> None:
    """Give each open item of the person to its successor; raises what a single step refuses.

    Units that were managed need nothing here: their new manager has the role.
    """
    _move_mandates(session, person_id, moves, actor=actor, at=at)
    _move_points(session, moves, actor=actor, at=at)
    _move_stand_ins(session, person_id, moves, actor=actor, at=at)
    views = [(item.id, to) for item, to in moves.items() if item.kind is OpenKind.VIEW]
    give_views(session, views, actor=actor, at=at)


def _move_mandates(
    session: Session, person_id: int, moves: Moves, *, actor: Actor, at: datetime
) -> None:
    successors = {
        item.id: successor_id
        for item, successor_id in moves.items()
        if item.kind in {OpenKind.FOCAL_POINT, OpenKind.DEPUTY}
    }
    ids = sorted(successors)
    contributing = contributing_units(session, ids) if ids else {}
    found = session.scalars(select(Mandate).where(Mandate.id.in_(ids)).order_by(Mandate.id)).all()
    orders = [
        AssignmentOrder(
            mandate.id,
            mandate.version,
            _answerers(mandate, person_id, successors[mandate.id], contributing),
            mandate.due_on,
        )
        for mandate in found
    ]
    for start in range(0, len(orders), MOST_AT_ONCE):
        assign_each(
            session,
            orders[start : start + MOST_AT_ONCE],
            right=Action.HAND_OVER,
            actor=actor,
            at=at,
        )


def _answerers(
    mandate: Mandate,
    person_id: int,
    successor_id: int,
    contributing: Mapping[int, Mapping[int, str]],
) -> Answerers:
    focal_point_id, deputy_id = (
        successor_id if key == person_id else key
        for key in (mandate.focal_point_id, mandate.deputy_id)
    )
    # Who was deputy and takes over, or was focal point and takes the deputy's place, is one person.
    return Answerers(
        mandate.lead_unit_id or 0,
        focal_point_id,
        None if deputy_id == focal_point_id else deputy_id,
        frozenset(contributing.get(mandate.id, ())),
        mandate.joint_lead,
    )


def _move_points(session: Session, moves: Moves, *, actor: Actor, at: datetime) -> None:
    successors = {
        item.id: successor_id
        for item, successor_id in moves.items()
        if item.kind is OpenKind.ACTION_POINT
    }
    rows = session.execute(
        select(ActionPoint, Mandate)
        .join(Mandate, Mandate.id == ActionPoint.mandate_id)
        .where(ActionPoint.id.in_(successors))
        .order_by(ActionPoint.id)
    )
    for point, mandate in rows:
        before = {"position": point.position, "person_id": point.person_id}
        point.person_id = successors[point.id]
        # The points are the mandate's: a form that was opened before is stale from now on.
        flag_modified(mandate, "needs_look")
        audit.record(
            session,
            actor=actor,
            at=at,
            action="keep_action_points",
            subject=mandate,
            before=before,
            after={"position": point.position, "person_id": point.person_id},
        )


def _move_stand_ins(
    session: Session, person_id: int, moves: Moves, *, actor: Actor, at: datetime
) -> None:
    for item, successor_id in moves.items():
        if item.kind is not OpenKind.STAND_IN:
            continue
        absence = session.get_one(PersonAbsence, item.id)
        deputy_id, officer_id = (
            successor_id if key == person_id else key
            for key in (absence.deputy_id, absence.officer_id)
        )
        change_absence(
            session,
            absence_id=absence.id,
            version=absence.version,
            days=AbsenceDays(absence.starts_on, absence.ends_on, deputy_id, officer_id),
            actor=actor,
            at=at,
        )
