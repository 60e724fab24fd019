"""Links to web pages as evidence: whether they still lead anywhere, and when to look again."""

from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

CHECK_AGAIN_AFTER = timedelta(days=7)
# What failed is looked at again the next day, before anybody is told.
RETRY_AFTER = timedelta(hours=20)
FAILURES_UNTIL_DEAD = 2


class LinkProblem(StrEnum):
    """Why a link leads nowhere."""

    GONE = "gone"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    NOT_PUBLIC = "not_public"


def problem_of(status: int) -> LinkProblem | None:
    """Return what an answer's status says of the page; None where it is there.

    A page that asks who one is (401, 403) or for patience (429) is there.
    """
    if status in {404, 410}:
        return LinkProblem.GONE
    return LinkProblem.FAILED if status >= 500 or status in {400, 451} else None


def is_dead(problem: LinkProblem | None, failure_count: int) -> bool:
    """Tell whether people should know: the page is gone, or has failed again."""
    if problem is None or problem is LinkProblem.NOT_PUBLIC:
        return False
    return problem is LinkProblem.GONE or failure_count >= FAILURES_UNTIL_DEAD


def next_check_at(checked_at: datetime, problem: LinkProblem | None) -> datetime:
    """Return when a link is due to be looked at again."""
    is_settled = problem is None or problem is LinkProblem.NOT_PUBLIC
    return checked_at + (CHECK_AGAIN_AFTER if is_settled else RETRY_AFTER)


def is_public(address: str) -> bool:
    """Tell whether a network address is one of the public internet: nothing of this house."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast
