"""The review before a renewal: switched on for a body, and what is recommended for a mandate."""

import logging
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.recommendations import LONGEST_REQUEST, Recommendation, check_reason
from tracker.models.instruments import Body, Instrument
from tracker.models.mandates import Mandate
from tracker.models.recommendations import BodyReview, MandateRecommendation
from tracker.services import audit

logger = logging.getLogger(__name__)


def set_review(
    session: Session,
    *,
    body_id: int,
    version: int,
    is_on: bool,
    request: str,
    requested_on: date | None,
    actor: Actor,
    at: datetime,
) -> BodyReview:
    """Switch the review of a body's mandates on or off, and record the body's request for it.

    Raises Invalid for a request without its day, Stale when it was set since ``version``.
    """
    require(actor, Action.SET_UP_HOUSE)
    if session.get(Body, body_id) is None:
        raise NotFound("There is no such body. Choose one from the list.")
    words = " ".join(request.split())
    if len(words) > LONGEST_REQUEST or bool(words) != (requested_on is not None):
        raise Invalid(
            "Name the paragraph by which the body asked for it, in at most %(most)s characters, "
            "and the day; or leave both empty.",
            field="request",
            most=LONGEST_REQUEST,
        )
    row = session.scalar(select(BodyReview).where(BodyReview.body_id == body_id).with_for_update())
    if (row.version if row else 0) != version:
        raise Stale("Somebody else has set this meanwhile. Look at it and decide again.")
    before = _told(row) if row else None
    if row is None:
        row = BodyReview(body_id=body_id, is_on=is_on)
        session.add(row)
    row.is_on, row.request, row.requested_on = is_on, words, requested_on
    audit.record(
        session,
        actor=actor,
        at=at,
        action="review.set",
        subject=row,
        before=before,
        after=_told(row),
    )
    logger.info("review of body %s set by user %s", body_id, actor.person_id)
    return row


def recommend(
    session: Session,
    *,
    mandate_id: int,
    recommendation: Recommendation,
    reason: str,
    seen_id: int,
    actor: Actor,
    at: datetime,
) -> MandateRecommendation:
    """Recommend what becomes of a mandate at its renewal, and why; ``seen_id`` is the last seen.

    ``seen_id`` is 0 where nothing was recommended. Raises WrongState where the review is off or the
    mandate is no longer in force, Invalid for a missing reason, Stale when somebody else
    recommended something meanwhile.
    """
    mandate = session.get(Mandate, mandate_id, with_for_update=True)
    if mandate is None:
        raise NotFound("There is no such mandate. Choose one from the list.")
    require(actor, Action.REVIEW_MANDATE, unit_id=mandate.lead_unit_id)
    is_on = session.scalar(
        select(BodyReview.is_on)
        .join(Instrument, Instrument.body_id == BodyReview.body_id)
        .where(Instrument.id == mandate.instrument_id)
    )
    if not is_on:
        raise WrongState(
            "The review is switched off for this body. An administrator can switch it on."
        )
    if mandate.lifecycle is not Lifecycle.ACTIVE or not mandate.requires_action:
        raise WrongState(
            "This mandate is no longer in force, or asks nothing of us, so nothing is recommended."
        )
    plain = check_reason(reason)
    newest = session.scalar(
        select(func.max(MandateRecommendation.id)).where(
            MandateRecommendation.mandate_id == mandate_id
        )
    )
    if (newest or 0) != seen_id:
        raise Stale("Somebody else has recommended something meanwhile. Read it and decide again.")
    row = MandateRecommendation(
        mandate_id=mandate_id,
        recommendation=recommendation,
        reason=plain,
        given_at=at,
        given_by_id=actor.person_id,
    )
    session.add(row)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="review.recommend",
        subject=row,
        after={"mandate_id": mandate_id, "recommendation": recommendation, "reason": plain},
    )
    logger.info("%s of mandate %s by user %s", recommendation, mandate_id, actor.person_id)
    return row


def _told(row: BodyReview) -> dict[str, object]:
    return {"is_on": row.is_on, "request": row.request, "requested_on": row.requested_on}
