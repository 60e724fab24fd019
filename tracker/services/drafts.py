"""Drafts of resolutions: checked against the mandates that are there, and purged."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clauses import ReadResolution
from tracker.domain.drafts import purged_on
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.models.drafts import DraftCheck
from tracker.models.instruments import BodySession
from tracker.queries.similar_mandates import mandates_like_texts
from tracker.reading.stored import to_stored
from tracker.services import audit

logger = logging.getLogger(__name__)
_MOST_ALIKE = 3
_MOST_CLAUSES = 500


def check_drafts(
    session: Session,
    readings: Sequence[ReadResolution],
    *,
    session_id: int | None,
    actor: Actor,
    at: datetime,
) -> list[DraftCheck]:
    """Keep the drafts that were read from a file, each with the mandates like its clauses.

    The audit trail says that a draft was checked and how long it is, and nothing of what it says:
    the trail is not purged. Raises Invalid for a draft without clauses or a session there is not.
    """
    permissions.require(actor, Action.CHECK_DRAFT)
    if session_id is not None and session.get(BodySession, session_id) is None:
        raise Invalid("There is no such session. Choose one from the list.", field="session_id")
    return [_check(session, each, session_id, actor=actor, at=at) for each in readings]


def purge_draft(session: Session, *, draft_id: int, actor: Actor, at: datetime) -> None:
    """Delete a draft at once; allowed to whoever uploaded it. Raises NotFound."""
    permissions.require(actor, Action.CHECK_DRAFT)
    draft = session.get(DraftCheck, draft_id)
    if draft is None:
        raise NotFound("This draft is no longer here: drafts are purged after the session.")
    if draft.received_by_id != actor.person_id:
        raise Invalid("Only who uploaded a draft purges it before its day. Ask them.")
    _purge(session, draft, actor=actor, at=at)


def purge_past_drafts(session: Session, *, at: datetime) -> int:
    """Delete the drafts whose day has come, whoever uploaded them; return how many."""
    rows = session.execute(
        select(DraftCheck, BodySession.closes_on, BodySession.opens_on).outerjoin(
            BodySession, BodySession.id == DraftCheck.session_id
        )
    ).all()
    past = [
        draft
        for draft, closes_on, opens_on in rows
        if purged_on(draft.received_at.date(), closes_on or opens_on) <= at.date()
    ]
    for draft in past:
        _purge(session, draft, actor=None, at=at)
    return len(past)


def _check(
    session: Session,
    reading: ReadResolution,
    session_id: int | None,
    *,
    actor: Actor,
    at: datetime,
) -> DraftCheck:
    clauses = reading.leaf_clauses
    if not clauses:
        raise Invalid(
            "No operative clause was read, so there is nothing to check.", field="document"
        )
    if len(clauses) > _MOST_CLAUSES:
        raise Invalid(
            "The draft has %(count)s clauses; at most %(most)s are checked. Divide the file.",
            field="document",
            count=len(clauses),
            most=_MOST_CLAUSES,
        )
    alike = mandates_like_texts(
        session, [each.text for each in clauses], reading.language, actor=actor, most=_MOST_ALIKE
    )
    draft = DraftCheck(
        session_id=session_id,
        title=reading.title or "",
        language=reading.language,
        reading=to_stored(reading),
        alike={
            clause.path or "": [[each.mandate.mandate_id, each.score] for each in found]
            for clause, found in zip(clauses, alike, strict=True)
        },
        received_at=at,
        received_by_id=actor.person_id,
    )
    session.add(draft)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="check_draft",
        subject=draft,
        after={"clause_count": len(clauses)},
    )
    logger.info("draft %s checked by person %s", draft.id, actor.person_id)
    return draft


def _purge(session: Session, draft: DraftCheck, *, actor: Actor | None, at: datetime) -> None:
    audit.record(session, actor=actor, at=at, action="purge_draft", subject=draft)
    session.delete(draft)
    session.flush()
    logger.info("draft purged")
