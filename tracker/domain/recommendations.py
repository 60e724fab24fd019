"""What the house would do with a mandate at its renewal, and why: for internal use alone."""

from enum import StrEnum

from tracker.domain.errors import Invalid

LONGEST_REASON = 1000  # characters
LONGEST_REQUEST = 200


class Recommendation(StrEnum):
    """What is recommended for a mandate."""

    RETAIN = "retain"
    REVISE = "revise"
    RETIRE = "retire"


def check_reason(reason: str) -> str:
    """Return the reason without blanks around it; refuse none, and one that is too long."""
    plain = reason.replace("\r\n", "\n").strip()
    if not plain or len(plain) > LONGEST_REASON:
        raise Invalid(
            "Say why, in at most %(most)s characters.", field="reason", most=LONGEST_REASON
        )
    return plain
