"""How long things may wait, and in which units roll-ups go out by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.reminder_limits import Limits, limits_with
from tracker.models.escalations import EscalationSwitch, ReminderLimit

ALL_UNITS = "all"


@dataclass(frozen=True, slots=True)
class Switches:
    """Where roll-ups go out by themselves: for all units, and where one says otherwise."""

    is_on: bool
    units: Mapping[int, bool]

    def holds_in(self, unit_id: int) -> bool:
        """Tell whether the rule is on in a unit."""
        return self.units.get(unit_id, self.is_on)


def limits_in_force(session: Session) -> Limits:
    """Return how long things may wait; one statement."""
    rows = session.execute(select(ReminderLimit.name, ReminderLimit.number))
    return limits_with(dict(rows.all()))


def switches(session: Session) -> Switches:
    """Return where roll-ups go out by themselves: nowhere, until somebody says so."""
    rows = session.execute(
        select(EscalationSwitch.unit_id, EscalationSwitch.is_on).where(
            EscalationSwitch.is_on.is_not(None)
        )
    )
    found = {unit_id: bool(is_on) for unit_id, is_on in rows}
    is_on = found.pop(None, False)
    return Switches(is_on, {unit_id: each for unit_id, each in found.items() if unit_id})


def rules_version(session: Session) -> int:
    """Return the version of the rules that hold; 0 where nobody has set any."""
    query = select(EscalationSwitch.version).where(EscalationSwitch.subject == ALL_UNITS)
    return session.scalar(query) or 0
