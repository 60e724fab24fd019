"""Switching on and off that roll-ups go out by themselves, and setting how long things may wait."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reminder_limits import Limits, check_limits
from tracker.models.escalations import EscalationSwitch, ReminderLimit
from tracker.queries.reminder_limits import ALL_UNITS, limits_in_force, switches
from tracker.services import audit
from tracker.services.versions import check_version


def set_rules(
    session: Session,
    *,
    version: int,
    is_on: bool,
    units: Mapping[int, bool | None],
    limits: Limits,
    actor: Actor,
    at: datetime,
) -> None:
    """Let these rules hold from here on: for all units, for single ones (None: as for all).

    Raises Invalid for a number that is out of its range, Stale where somebody else changed them.
    """
    require(actor, Action.SET_UP_HOUSE)
    check_limits(limits)
    rows = {row.subject: row for row in session.scalars(select(EscalationSwitch).with_for_update())}
    first = rows.get(ALL_UNITS)
    if first is None:
        first = rows[ALL_UNITS] = EscalationSwitch(subject=ALL_UNITS, is_on=False, version=0)
        session.add(first)
    check_version(first, version)
    before = _told(session)
    first.is_on, first.version = is_on, first.version + 1
    for unit_id, state in units.items():
        _switch(session, rows, unit_id, is_on=state)
    kept = {row.name: row for row in session.scalars(select(ReminderLimit))}
    for name, number in limits.items():
        if name in kept:
            kept[name].number = number
        else:
            session.add(ReminderLimit(name=name, number=number))
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="set_escalation_rules",
        subject=first,
        before=before,
        after=_told(session),
    )


def _switch(
    session: Session, rows: dict[str, EscalationSwitch], unit_id: int, *, is_on: bool | None
) -> None:
    subject = f"unit:{unit_id}"
    if subject in rows:
        rows[subject].is_on = is_on
    elif is_on is not None:
        session.add(EscalationSwitch(subject=subject, unit_id=unit_id, is_on=is_on))


def _told(session: Session) -> dict[str, object]:
    session.flush()
    found = switches(session)
    return {
        "is_on": found.is_on,
        "units": {str(unit_id): is_on for unit_id, is_on in sorted(found.units.items())},
        **{limit.value: number for limit, number in limits_in_force(session).items()},
    }
