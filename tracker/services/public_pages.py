"""Public pages: switched on for a body, and single records kept off them."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.public_pages import check_hold
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.public_pages import BodyPublication, PublicHold
from tracker.services import audit

logger = logging.getLogger(__name__)


def set_publication(
    session: Session,
    *,
    body_id: int,
    version: int,
    is_on: bool,
    is_indexed: bool,
    actor: Actor,
    at: datetime,
) -> BodyPublication:
    """Switch the public pages of a body on or off; raise Stale when it was set since ``version``.

    ``is_indexed`` lets search engines take them up.
    """
    require(actor, Action.SET_UP_HOUSE)
    if session.get(Body, body_id) is None:
        raise NotFound("There is no such body. Choose one from the list.")
    row = session.scalar(
        select(BodyPublication).where(BodyPublication.body_id == body_id).with_for_update()
    )
    if (row.version if row else 0) != version:
        raise Stale("Somebody else has set this meanwhile. Look at it and decide again.")
    before = _told(row) if row else None
    if row is None:
        row = BodyPublication(body_id=body_id, is_on=is_on, is_indexed=is_indexed)
        session.add(row)
    row.is_on, row.is_indexed = is_on, is_indexed
    audit.record(
        session,
        actor=actor,
        at=at,
        action="publication.set",
        subject=row,
        before=before,
        after=_told(row),
    )
    logger.info("public pages of body %s set by user %s", body_id, actor.person_id)
    return row


def hold_record(
    session: Session,
    *,
    instrument_id: int,
    clause_id: int | None,
    is_held: bool,
    until: date | None,
    reason: str,
    seen_id: int,
    actor: Actor,
    at: datetime,
) -> PublicHold:
    """Keep a resolution or one paragraph of it off the public pages, or show it again, and say why.

    ``until`` is the day of the end of an embargo, None to withhold it until it is shown again;
    ``seen_id`` the newest hold of the resolution that the person saw, 0 for none. Raises Invalid
    for a missing reason or a day that is past, Stale when somebody else decided meanwhile.
    """
    require(actor, Action.KEEP_PUBLIC_PAGES)
    if session.get(Instrument, instrument_id, with_for_update=True) is None:
        raise NotFound("There is no such resolution. Choose one from the list.")
    clause = session.get(Clause, clause_id) if clause_id is not None else None
    if clause_id is not None and (
        clause is None
        or clause.instrument_id != instrument_id
        or clause.kind is not BlockKind.OPERATIVE
    ):
        raise Invalid("Choose the whole text or one of its paragraphs.", field="record")
    today = at.astimezone(ZoneInfo("UTC")).date()
    plain = check_hold(reason, is_held=is_held, until=until, today=today)
    newest = session.scalar(
        select(func.max(PublicHold.id)).where(PublicHold.instrument_id == instrument_id)
    )
    if (newest or 0) != seen_id:
        raise Stale("Somebody else has set this meanwhile. Look at it and decide again.")
    row = PublicHold(
        instrument_id=instrument_id,
        clause_id=clause_id,
        is_held=is_held,
        until=until if is_held else None,
        reason=plain,
        set_at=at,
        set_by_id=actor.person_id,
    )
    session.add(row)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="publication.hold" if is_held else "publication.show",
        subject=row,
        after={
            "instrument_id": instrument_id,
            "clause_id": clause_id,
            "until": row.until,
            "reason": plain,
        },
    )
    logger.info("hold on instrument %s by user %s", instrument_id, actor.person_id)
    return row


def _told(row: BodyPublication) -> dict[str, object]:
    return {"is_on": row.is_on, "is_indexed": row.is_indexed}
