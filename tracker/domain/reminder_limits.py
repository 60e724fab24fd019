"""How long things may wait before somebody is told: one table of days and counts."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.errors import Invalid


class Limit(StrEnum):
    """One number that an administrator can set."""

    DRAFT = "draft"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    OWNERLESS = "ownerless"
    REMINDERS = "reminders"
    SILENCE = "silence"
    NOTICE = "notice"


Limits = Mapping[Limit, int]

# Days, except REMINDERS, which counts. A text may be long in the making, but who was asked to
# change it, or to clear it, is waited for by somebody.
USUAL: Limits = {
    Limit.DRAFT: 21,
    Limit.RETURNED: 7,
    Limit.SUBMITTED: 14,
    Limit.DECLINED: 0,
    Limit.OWNERLESS: 7,
    Limit.REMINDERS: 3,
    Limit.SILENCE: 3,
    Limit.NOTICE: 7,
}
MOST = 365
# Nobody's chief is told before they were reminded, and announced in advance means a day at least.
LEAST = {Limit.REMINDERS: 1, Limit.NOTICE: 1}


def limits_with(chosen: Mapping[Limit, int]) -> Limits:
    """Return every number: as chosen, else the usual one."""
    return {**USUAL, **chosen}


def check_limits(chosen: Mapping[Limit, int]) -> None:
    """Refuse a number that is none of the possible ones."""
    for limit, number in chosen.items():
        least = LEAST.get(limit, 0)
        if not least <= number <= MOST:
            raise Invalid(
                "Enter a whole number from %(least)s to %(most)s.",
                field=limit.value,
                least=least,
                most=MOST,
            )
