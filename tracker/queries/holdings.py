"""What the tracker holds: how many resolutions, mandates and activities there are."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.assignments import Acceptance
from tracker.models.activities import Activity
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.queries.asked_mandates import nobody_answers


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much there is of each thing; mandates asked for are those that require our action."""

    instruments: int
    mandates: int
    mandates_for_action: int
    unconfirmed: int
    nobody_answers: int
    declined: int
    activities: int


def holdings(session: Session) -> Holdings:
    """Return the counts in one statement."""
    for_action = Mandate.requires_action.is_(True)
    declined = Mandate.acceptance == Acceptance.DECLINED
    counts = (
        select(func.count()).select_from(Instrument),
        select(func.count()).select_from(Mandate),
        select(func.count()).select_from(Mandate).where(for_action),
        select(func.count()).select_from(Mandate).where(Mandate.requires_action.is_(None)),
        select(func.count()).select_from(Mandate).where(nobody_answers()),
        select(func.count()).select_from(Mandate).where(for_action, declined),
        select(func.count()).select_from(Activity),
    )
    row = session.execute(select(*(count.scalar_subquery() for count in counts))).one()
    return Holdings(*row)
