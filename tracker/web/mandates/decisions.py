"""What a page offers to decide in one press, and what was decided on it last."""

from collections.abc import Collection

from flask import request

from tracker.database import Session
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.mandates import Asking, ListedMandate, MandateFilter, unconfirmed_ids
from tracker.queries.proposed_decisions import last_decision, proposed_decisions
from tracker.services.assignments import MOST_AT_ONCE
from tracker.web.security import actor


def deciding(
    session: Session, wanted: MandateFilter, *, shown: Collection[ListedMandate] | None = None
) -> dict[str, object]:
    """Return ``decisions`` and ``last_decided`` for a page of mandates; None where there are none.

    Where all that is asked for can be decided in one press, the decisions are those of that press,
    else those on the mandates ``shown``. A fixed number of statements, and none for who may not
    decide.
    """
    if not is_allowed(actor(), Action.CONFIRM_MANDATE):
        return {"decisions": None, "last_decided": None}
    if shown is not None and wanted.asking is not Asking.UNCONFIRMED:
        waiting = [mandate.id for mandate in shown if mandate.requires_action is None]
    else:
        waiting = unconfirmed_ids(session, wanted, most=MOST_AT_ONCE)
    return {
        "decisions": proposed_decisions(session, waiting) if waiting else None,
        "last_decided": last_decision(session, actor()) if "decided" in request.args else None,
    }
