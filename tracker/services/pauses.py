"""Pauses of reminders: entered, and ended before their time."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, WrongState
from tracker.domain.pauses import PauseScope, PauseTarget, check_pause
from tracker.domain.permissions import Action, Actor, require
from tracker.models.mandates import Mandate
from tracker.models.pauses import ReminderPause
from tracker.models.people import OrganizationalUnit, Person
from tracker.services import audit
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)

_TABLES = {
    PauseScope.UNIT: OrganizationalUnit,
    PauseScope.MANDATE: Mandate,
    PauseScope.PERSON: Person,
}


def pause_reminders(
    session: Session,
    *,
    target: PauseTarget,
    starts_on: date,
    ends_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> ReminderPause:
    """Let nobody be reminded of the target on these days; raise Invalid at what cannot be.

    What is planned waits. Sign-in links and invitations go out as ever.
    """
    require(actor, Action.PAUSE_REMINDERS)
    table = _TABLES.get(target.scope)
    if table is not None and session.get(table, target.id) is None:
        raise NotFound("What is to be paused is not there. Choose it again.")
    plain = " ".join(reason.split())
    check_pause(starts_on, ends_on, plain, today=_today(actor, at))
    pause = ReminderPause(
        scope=target.scope,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=plain,
        entered_at=at,
        entered_by_id=actor.person_id,
        **_reference(target),
    )
    session.add(pause)
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="pause_reminders",
        subject=pause,
        after={
            "target": str(target), "starts_on": starts_on, "ends_on": ends_on, "reason": plain,
        },
    )  # fmt: skip
    logger.info("reminders of %s paused by %s", target, actor.person_id)
    return pause


def end_pause(
    session: Session, *, pause_id: int, version: int, actor: Actor, at: datetime
) -> ReminderPause:
    """Let reminders go out again from today on; what had not begun by yesterday is withdrawn."""
    require(actor, Action.PAUSE_REMINDERS)
    pause = session.get(ReminderPause, pause_id, with_for_update=True)
    if pause is None:
        raise NotFound("There is no such pause. Choose one from the list.")
    check_version(pause, version)
    today = _today(actor, at)
    if pause.withdrawn_at is not None or pause.ends_on < today:
        raise WrongState("This pause is over already.")
    before = {"ends_on": pause.ends_on}
    yesterday = today - timedelta(days=1)
    if pause.starts_on <= yesterday:
        pause.ends_on = yesterday
    else:
        pause.withdrawn_at = at
    audit.record(
        session,
        actor=actor,
        at=at,
        action="end_pause",
        subject=pause,
        before=before,
        after={"ends_on": pause.ends_on, "withdrawn_at": pause.withdrawn_at},
    )
    return pause


def _today(actor: Actor, at: datetime) -> date:
    return at.astimezone(ZoneInfo(actor.time_zone)).date()


def _reference(target: PauseTarget) -> Mapping[str, int]:
    return {f"{target.scope.value}_id": target.id} if target.id else {}
