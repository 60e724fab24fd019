"""Whether a person may say again what was said before: "nothing new", or the last text."""

from enum import StrEnum

from tracker.domain.periods import PeriodKind
from tracker.domain.workflow import Review


class Offer(StrEnum):
    """What attesting an earlier text is called: in an interim round, and in the final one."""

    NOTHING_NEW = "nothing_new"
    LAST_TEXT = "last_text"


def attestation_offer(kind: PeriodKind, review: Review, *, is_cleared: bool | None) -> Offer | None:
    """Return what is offered on a report of a period of this kind, None when nothing is.

    ``is_cleared`` tells whether the text said last was cleared, None when nothing was said before.
    An interim round takes any earlier text again; a final one only what a manager once cleared, and
    it asks whether that text is still the best one. Once somebody has begun to write, or a manager
    has returned a text, the answer is no longer that nothing is new.
    """
    if is_cleared is None or review is not Review.OPEN:
        return None
    if kind is PeriodKind.YEAR:
        return Offer.NOTHING_NEW
    return Offer.LAST_TEXT if is_cleared else None
