"""Keeping apart what looks alike and is not the same."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.radar import Alike
from tracker.models.activities import Activity
from tracker.models.kept_apart import KeptApart
from tracker.models.mandates import Mandate
from tracker.services import audit


def keep_apart(
    session: Session, kind: Alike, ids: tuple[int, int], *, actor: Actor, at: datetime
) -> KeptApart:
    """Remember that two mandates or activities are no duplicates, once; return the decision.

    Raises NotFound where one of them is not there.
    """
    require(actor, Action.CONFIRM_MANDATE)
    first_id, second_id = sorted(ids)
    model = Mandate if kind is Alike.MANDATE else Activity
    found = session.scalars(select(model.id).where(model.id.in_(ids))).all()
    if len(found) < 2:
        raise NotFound("One of the two is not there any more. Open the list again.")
    known = session.scalar(
        select(KeptApart).where(
            KeptApart.kind == kind,
            KeptApart.first_id == first_id,
            KeptApart.second_id == second_id,
        )
    )
    if known is not None:
        return known
    decision = KeptApart(
        kind=kind,
        first_id=first_id,
        second_id=second_id,
        decided_at=at,
        decided_by_id=actor.person_id,
    )
    session.add(decision)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="duplicates.keep_apart",
        subject=decision,
        after={"kind": kind, "ids": [first_id, second_id]},
    )
    return decision
