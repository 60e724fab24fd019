"""What the radar looks for: gaps and things that do not fit, each with a way to settle it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

SHOWN = 8  # of each finding; the rest is counted


class RadarKind(StrEnum):
    """What does not fit; in the order in which a coordinator settles it."""

    NOBODY = "nobody"
    DECLINED = "declined"
    UNFILLED_POST = "unfilled_post"
    LYING = "lying"
    WITHOUT_ACTIVITY = "without_activity"
    ACTIVITY_WITHOUT_MANDATE = "activity_without_mandate"
    CONTRADICTION = "contradiction"
    DEAD_LINK = "dead_link"
    SAME_MANDATE = "same_mandate"
    SAME_ACTIVITY = "same_activity"


class Alike(StrEnum):
    """Of what two can look like one."""

    MANDATE = "mandate"
    ACTIVITY = "activity"


ABOUT_REPORTS = frozenset({RadarKind.LYING, RadarKind.CONTRADICTION, RadarKind.DEAD_LINK})


@dataclass(frozen=True)  # a generic class with slots cannot be made by way of its type
class Finding(Generic[T]):
    """How many there are of one kind, and the first of them."""

    kind: RadarKind
    count: int
    first: tuple[T, ...]

    @property
    def rest(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.first)
