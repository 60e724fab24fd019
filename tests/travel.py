"""The clock of the tests: it stands still until a test moves it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tracker import clock

START = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


class Travel:
    """The present moment as a test wants it."""

    def __init__(self) -> None:
        self.moment = START

    def to(self, moment: datetime) -> datetime:
        """Go to an aware moment and return it in UTC."""
        if moment.tzinfo is None:
            raise ValueError("Travel to an aware moment: give it a time zone.")
        self.moment = moment.astimezone(UTC)
        return self.moment

    def by(self, span: timedelta) -> datetime:
        """Let ``span`` pass and return the moment reached."""
        return self.to(self.moment + span)


@pytest.fixture(autouse=True)
def travel() -> Iterator[Travel]:
    """Stop the clock at 15 June 2026, 9:00 UTC; ``travel.to`` and ``travel.by`` move it."""
    traveller = Travel()
    clock.set_source(lambda: traveller.moment)
    yield traveller
    clock.use_system()
