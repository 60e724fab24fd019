"""Who is asked in a reporting period, and by when."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.mandates import Lifecycle

LATEST_AFTER_PERIOD = timedelta(days=365)


class NotAsked(StrEnum):
    """Why a mandate is not asked about: the first that applies."""

    SET_ASIDE = "set_aside"
    UNCONFIRMED = "unconfirmed"
    NOT_ACTIVE = "not_active"
    NOBODY = "nobody"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Askable:
    """The facts about a mandate that decide whether a period asks for a report on it."""

    lifecycle: Lifecycle
    requires_action: bool | None
    has_lead_unit: bool
    is_cleared_as_completed: bool


def is_asked(mandate: Askable) -> bool:
    """Tell whether a period asks for a report on this mandate (DESIGN.md section 3)."""
    return (
        mandate.lifecycle is Lifecycle.ACTIVE
        and mandate.requires_action is True
        and mandate.has_lead_unit
        and not mandate.is_cleared_as_completed
    )


def report_due_on(mandate_due_on: date | None, *, starts_on: date, period_due_on: date) -> date:
    """Return the day on which a report of the period is due.

    That is the mandate's own date where it lies between the first day of the period and a year
    after the period's due date, and the period's due date otherwise: an old date must not make a
    new report overdue at once.
    """
    if mandate_due_on is None:
        return period_due_on
    is_of_this_period = starts_on <= mandate_due_on <= period_due_on + LATEST_AFTER_PERIOD
    return mandate_due_on if is_of_this_period else period_due_on
