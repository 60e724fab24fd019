"""The rehearsal of a list: what taking each row would do, before all are taken or none."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from tracker.domain.errors import Invalid, Refused, Stale


class Effect(StrEnum):
    """What taking a row does."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"
    REFUSED = "refused"


class Row(Protocol):
    """A row of a list as it was written."""

    @property
    def line(self) -> int:
        """Where it stands in its file, counted from 1 with the header."""


R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True, slots=True)
class Planned(Generic[R_co]):
    """A row and what taking it would do; ``refusals`` say why it cannot be taken."""

    row: R_co
    effect: Effect
    refusals: tuple[Refused, ...] = ()


def counts_of(plan: Sequence[Planned[Row]]) -> Mapping[Effect, int]:
    """Return how many rows have which effect; none is 0."""
    return Counter(done.effect for done in plan)


def seal_of(plan: Sequence[Planned[Row]]) -> str:
    """Return a mark of what a plan would do, by which a later one is seen to be the same."""
    return hashlib.sha256("\n".join(map(repr, plan)).encode()).hexdigest()


def require_as_rehearsed(plan: Sequence[Planned[Row]], seal: str | None) -> None:
    """Refuse a plan that cannot be taken whole: Invalid when a row is refused.

    Stale when it would do something else than what the person was shown under ``seal``; without a
    seal nobody was shown anything.
    """
    if any(done.effect is Effect.REFUSED for done in plan):
        raise Invalid("Some rows are refused. Correct them in the file and choose it again.")
    if seal is not None:
        require_unchanged(plan, seal)


def require_unchanged(plan: Sequence[Planned[Row]], seal: str) -> None:
    """Raise Stale where a plan would do something else than what was shown under ``seal``."""
    if seal_of(plan) != seal:
        raise Stale(
            "Somebody changed what the list is about since you looked at it. Nothing was taken: "
            "look at it once more, then confirm it."
        )
