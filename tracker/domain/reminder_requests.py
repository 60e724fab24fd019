"""Why somebody whom a coordinator would ask for a report is not asked."""

from enum import StrEnum

MOST_REQUESTED = 500  # reports in one request


class Hindrance(StrEnum):
    """Why nobody, or a person, is asked for a report; ``Silence`` has what bars every reminder."""

    SUBMITTED = "submitted"
    NOBODY = "nobody"
    PAUSED = "paused"
    WAITING = "waiting"
    TODAY = "today"
    YOURSELF = "yourself"
