"""The days of the demo body: a biennium that is over, and a round that is under way today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

# The report on a biennium is made by mid-March; the session that receives it meets in May.
_REPORTED_BY = (4, 15)


@dataclass(frozen=True, slots=True)
class DemoCalendar:
    """When things happen in the demo: everything hangs on the biennium's first year and today."""

    first_year: int
    today: date

    @property
    def session(self) -> tuple[date, date]:
        """Return the days of the session that adopts the resolutions."""
        return date(self.first_year, 5, 14), date(self.first_year, 5, 16)

    @property
    def next_session(self) -> tuple[date, date]:
        """Return the days of the session that the report goes to."""
        return date(self.first_year + 2, 5, 18), date(self.first_year + 2, 5, 20)

    @property
    def session_dates(self) -> str:
        """Return the days of the first session as the resolutions print them."""
        opens_on, closes_on = self.session
        return f"{opens_on.day}–{closes_on:%d %B %Y}"

    def moment(self, *, years: int, month: int, day: int, hour: int = 9) -> datetime:
        """Return a moment so many years after the biennium's first."""
        return datetime(self.first_year + years, month, day, hour, tzinfo=UTC)

    def days_ago(self, days: int, hour: int = 9) -> datetime:
        """Return a moment so many days before today."""
        return datetime.combine(self.today - timedelta(days=days), time(hour), UTC)

    def in_days(self, days: int) -> date:
        """Return the date so many days after today."""
        return self.today + timedelta(days=days)


def calendar_of(today: date) -> DemoCalendar:
    """Return the calendar whose biennium is the last that is over and reported on."""
    is_reported = (today.month, today.day) >= _REPORTED_BY
    years_over = today.year if is_reported else today.year - 1
    first_year = years_over - 2 if years_over % 2 == 0 else years_over - 3
    return DemoCalendar(first_year=first_year, today=today)
