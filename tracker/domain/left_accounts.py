"""Accounts that were left: a coordinator handed the work over, and administrators close them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.absences import Absence
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminders import Occasion, ReminderKind, reached

# What is still open is told again after as many days.
AGAIN_DAYS = 28
LEFT = N_(
    "Leaves, and %(person)s handed their work over on %(day)s. The account is still open: "
    "deactivate it, or say that it stays."
)


@dataclass(frozen=True, slots=True)
class LeftAccount:
    """The account of somebody who leaves, and who handed their work over when."""

    handover_id: int
    person_id: int
    person: str
    handed_at: datetime
    handed_by: str


def account_occasions(
    each: LeftAccount,
    administrators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Occasion]:
    """Yield to which administrators it is to be told; their deputies come in place of who is away.

    Nobody is told of their own account.
    """
    if at < each.handed_at:
        return
    time = (at - each.handed_at).days // AGAIN_DAYS
    told = reached(set(administrators) - {each.person_id}, absences, at, Capacity.DEPUTY)
    for recipient_id, absent in sorted(told.items()):
        yield Occasion(
            name=f"account-left:{each.handover_id}:T{time}",
            kind=ReminderKind.ACCOUNT_LEFT,
            report_id=None,
            due_on=None,
            recipient_id=recipient_id,
            in_place_of=absent,
            note=Phrase(LEFT, {"person": each.handed_by, "day": each.handed_at.date()}),
            about_id=each.person_id,
        )
