"""Comparisons of long reports that tasks made: of two editions, or of one and an edited copy."""

from sqlalchemy.orm import Session

from tracker.queries.editions import Edition
from tracker.queries.jobs import TaskProgress
from tracker.queries.kept_compositions import MOST_AT_ONCE
from tracker.queries.kept_results import Arguments, find_kept

EDITIONS_KIND = "edition_comparison"
COPY_KIND = "copy_comparison"


def are_compared_apart(before: Edition, after: Edition) -> bool:
    """Tell whether two editions have too many mandates for a page to compare them."""
    return max(before.mandate_count, after.mandate_count) > MOST_AT_ONCE


def asked_of_editions(before_id: int, after_id: int) -> Arguments:
    """Return the arguments of the task that compares two editions."""
    return {"before": before_id, "after": after_id}


def asked_of_copy(edition_id: int, digest: str) -> Arguments:
    """Return the arguments of the task that compares a copy with the edition it was made from."""
    return {"edition_id": edition_id, "copy": digest}


def find_comparison(
    session: Session, kind: str, arguments: Arguments
) -> tuple[str | None, TaskProgress | None]:
    """Return the digest of the file with a comparison, and the newest task that makes or made it.

    One statement.
    """
    result, task = find_kept(session, kind, arguments)
    return str(result["digest"]) if result is not None else None, task
