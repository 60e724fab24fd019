"""The house that a request is about: whose tracker it is and in which languages it speaks."""

from flask import g

from tracker.installation import House
from tracker.web.transactions import installation, reading


def house() -> House:
    """Return the house as it is set up; asked of the database once in a request."""
    if "house" not in g:
        with reading() as session:
            g.house = installation().house_in(session)
    found = g.house
    assert isinstance(found, House)  # noqa: S101 - nobody else writes there
    return found


def ask_no_database_for_the_house() -> None:
    """Take the house from the settings until the answer is sent, as when the database is away."""
    g.house = installation().house_of_settings()
