"""Visits of a page that people come back to: since when what is new is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Who comes back within it looks on, and still finds what was new.
ONE_VISIT = timedelta(hours=1)
_NOTED_EACH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Visit:
    """When a person was there last, and the last time before that visit."""

    visited_at: datetime
    visited_before: datetime | None

    def since(self, at: datetime) -> datetime | None:
        """Return when the person was there before the visit of the moment ``at``."""
        return self.visited_at if self._is_over(at) else self.visited_before

    def is_to_be_noted(self, at: datetime) -> bool:
        """Tell whether the mark moves; not with every look."""
        return at - self.visited_at >= _NOTED_EACH

    def next(self, at: datetime) -> "Visit":
        """Return the visit as it stands with a look at the moment ``at``."""
        return Visit(at, self.since(at))

    def _is_over(self, at: datetime) -> bool:
        return at - self.visited_at >= ONE_VISIT
