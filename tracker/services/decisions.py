"""Decisions on many mandates in one press, as proposed, and how they are taken back."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import WrongState
from tracker.domain.permissions import Action, Actor
from tracker.queries.proposed_decisions import proposed_decisions
from tracker.services import audit
from tracker.services.mandates import confirm_mandates, mandates_of_versions, reference

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decided:
    """How many mandates were confirmed, set aside, and left to a person as doubtful."""

    confirmed_count: int
    set_aside_count: int
    doubtful_count: int


def decide_as_proposed(
    session: Session, *, mandate_ids: Collection[int], actor: Actor, at: datetime
) -> Decided:
    """Confirm what is proposed as requiring our action and set aside what asks nothing of us.

    Only of these mandates, and only where nobody has decided and the findings are sure; the
    doubtful ones stay as they are. Raises WrongState where nothing is left to decide so.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    found = proposed_decisions(session, mandate_ids)
    if not found.sure_count:
        raise WrongState(
            "No proposal is left that is sure enough to be decided in one press. Open the mandates "
            "that are to be confirmed, and decide on each."
        )
    decisions = dict.fromkeys(found.confirmed, True) | dict.fromkeys(found.set_aside, False)
    confirm_mandates(session, decisions=decisions, actor=actor, at=at)
    return Decided(len(found.confirmed), len(found.set_aside), len(found.doubtful))


def take_back_decisions(
    session: Session, *, versions: Mapping[int, int], actor: Actor, at: datetime
) -> int:
    """Let mandates wait for a person again as if nobody had decided; return how many.

    ``versions`` are those the person saw. All are taken back or none: raises WrongState when
    somebody answers for one since, Stale when one changed.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    mandates = mandates_of_versions(session, versions)
    for mandate in mandates:
        if mandate.lead_unit_id is not None:
            raise WrongState(
                "%(mandate)s is given to a unit since, so the decision stays. Set it aside on its "
                "own page.",
                mandate=reference(mandate),
            )
        before = {"requires_action": mandate.requires_action}
        mandate.requires_action = mandate.confirmed_at = mandate.confirmed_by_id = None
        audit.record(
            session,
            actor=actor,
            at=at,
            action="take_back_decision",
            subject=mandate,
            before=before,
            after={"requires_action": None},
        )
    logger.info("%s decisions taken back by person %s", len(mandates), actor.person_id)
    return len(mandates)
