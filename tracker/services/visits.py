"""Noting when a person looked at a page, so that it can tell them what is new."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.visits import Visit
from tracker.models.visits import ComplianceVisit


def note_visit(session: Session, *, actor: Actor, at: datetime) -> None:
    """Note that the actor looks at compliance at the moment ``at``."""
    require(actor, Action.SEE_COMPLIANCE)
    row = session.scalar(
        select(ComplianceVisit)
        .where(ComplianceVisit.person_id == actor.person_id)
        .with_for_update()
    )
    if row is None:
        insert_new(session, ComplianceVisit, [{"person_id": actor.person_id, "visited_at": at}])
        return
    noted = Visit(row.visited_at, row.visited_before).next(at)
    row.visited_at, row.visited_before = noted.visited_at, noted.visited_before
