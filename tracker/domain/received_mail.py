"""What becomes of a mail that comes in."""

from enum import StrEnum


class Outcome(StrEnum):
    """What was made of a mail."""

    DRAFT = "draft"
    BOUNCE = "bounce"
    LATE = "late"
    AUTOMATIC = "automatic"
    SHEET = "sheet"
