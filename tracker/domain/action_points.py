"""How far a mandate with several asks is carried out: derived from its action points."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.errors import Invalid
from tracker.domain.mandates import Implementation

LONGEST_POINT = 2000  # characters
MOST_POINTS = 20
_DONE = frozenset({Implementation.COMPLETED, Implementation.ONGOING})
# Of points of which none is begun, the first of these that there is says it for all.
_NOT_BEGUN = (
    Implementation.NOT_STARTED,
    Implementation.POSTPONED,
    Implementation.NO_INFORMATION,
    Implementation.NOT_IMPLEMENTED,
)


@dataclass(frozen=True, slots=True)
class SaidPoint:
    """One action point as a person says it: its words, who answers for it, how far it is."""

    text: str
    unit_id: int | None = None
    person_id: int | None = None
    status: Implementation | None = None


def derived_status(statuses: Sequence[Implementation | None]) -> Implementation | None:
    """Return how far the mandate is, by its action points; None while none of them has a status.

    A point without a status counts as without information, and one that was not called upon says
    nothing while others do. All alike: that. Completed and ongoing: ongoing. Some of them begun or
    done: in progress. None begun: not started, else postponed, else no information.
    """
    if not any(statuses):
        return None
    said = {status or Implementation.NO_INFORMATION for status in statuses}
    telling = said - {Implementation.NOT_CALLED_UPON} or said
    if len(telling) == 1:
        return next(iter(telling))
    if telling <= _DONE:
        return Implementation.ONGOING
    if telling & (_DONE | {Implementation.IN_PROGRESS}):
        return Implementation.IN_PROGRESS
    return next(status for status in _NOT_BEGUN if status in telling)


def check_points(points: Sequence[SaidPoint]) -> tuple[SaidPoint, ...]:
    """Return the points that have words, each once; raise Invalid for what cannot be kept."""
    kept: dict[str, SaidPoint] = {}
    for point in points:
        words = " ".join(point.text.split())
        if len(words) > LONGEST_POINT:
            raise Invalid(
                "An action point has at most %(longest)s characters. Shorten it, or make two of "
                "it.",
                longest=LONGEST_POINT,
            )
        if words in kept:
            raise Invalid(
                "Two action points say the same. Remove one of them, or say how they differ."
            )
        if words:
            kept[words] = SaidPoint(words, point.unit_id, point.person_id, point.status)
    if len(kept) > MOST_POINTS:
        raise Invalid(
            "A mandate has at most %(most)s action points. Put together what belongs together.",
            most=MOST_POINTS,
        )
    return tuple(kept.values())
