"""Asking those who answer for some reports, besides what the rules of reminders say."""

import logging
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reminder_requests import MOST_REQUESTED
from tracker.models.reminder_requests import ReminderRequest, ReminderRequestItem
from tracker.queries.reminder_requests import rehearse_request
from tracker.services import audit
from tracker.services.reminders import plan_requests

logger = logging.getLogger(__name__)


def request_reports(
    session: Session, chosen: Collection[tuple[int, int]], *, actor: Actor, at: datetime
) -> ReminderRequest:
    """Ask people for reports, by the ids of both, as far as nothing has come between; return it.

    Each person gets one mail with the next delivery. Raises Invalid for more than a request may
    hold, and WrongState when nobody is left to be asked.
    """
    require(actor, Action.REQUEST_REPORTS)
    report_ids = {report_id for report_id, _person_id in chosen}
    if len(report_ids) > MOST_REQUESTED:
        raise Invalid(
            "One request asks for %(most)s reports at most. Narrow the list first.",
            most=MOST_REQUESTED,
        )
    rehearsal = rehearse_request(session, report_ids, asked_by=actor.person_id, at=at)
    pairs = sorted(rehearsal.pairs & set(chosen))
    if not pairs:
        raise WrongState(
            "Nobody is left to be asked: these reports were answered, given to somebody else or "
            "reminded of since you opened the page. Nothing was sent."
        )
    request = ReminderRequest(requested_at=at, requested_by_id=actor.person_id)
    session.add(request)
    session.flush()
    session.add_all(
        ReminderRequestItem(request_id=request.id, report_id=report_id, person_id=person_id)
        for report_id, person_id in pairs
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="reminders.request",
        subject=request,
        after={
            "reports": sorted({report_id for report_id, _person_id in pairs}),
            "people": sorted({person_id for _report_id, person_id in pairs}),
        },
    )
    plan_requests(session, report_ids, at=at)
    logger.info("request %s for %s reports by %s", request.id, len(report_ids), actor.person_id)
    return request
