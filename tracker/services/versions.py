"""The check that nobody writes over what somebody else wrote meanwhile."""

from tracker.domain.errors import Stale
from tracker.models.base import Versioned


def check_version(row: Versioned, seen: int) -> None:
    """Refuse with Stale unless ``row`` is as the person saw it."""
    if row.version != seen:
        raise Stale(
            "Somebody else changed this since you opened the page. Nothing of theirs was "
            "overwritten: open the page again and repeat your change."
        )
