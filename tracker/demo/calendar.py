"""The days of the demo body: a biennium that is over, and a round that is under way today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.domain.session_names import session_names

# The Commission meets in the last days of April and receives the report on the biennium that is
# over; by June what it adopted is assigned and the next round is under way.
_NEXT_ROUND_FROM = (6, 1)
_TUESDAY = 1
_MIDDLE_SESSION = 9  # held in the first year of the biennium that is reported on
_ASSEMBLY_BEGAN = 1946  # its first session that opened in a September
# A session is always in April: its days as the resolutions print them in each language.
_IN_APRIL = {
    "en": "{first}–{last} April {year}",
    "es": "{first} a {last} de abril de {year}",
    "fr": "{first}-{last} avril {year}",
}
# The General Assembly adopts in December.
_IN_DECEMBER = {
    "en": "{day} December {year}",
    "es": "{day} de diciembre de {year}",
    "fr": "{day} décembre {year}",
}
_ROUND_OPENED_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DemoCalendar:
    """When things happen in the demo: everything hangs on the biennium's first year and today."""

    first_year: int
    today: date

    def session(self, number: int) -> tuple[date, date]:
        """Return the first and the last day of a session of the Commission: Tuesday to Thursday."""
        day = date(self.first_year + 2 * (number - _MIDDLE_SESSION), 4, 21)
        opens_on = day + timedelta(days=(_TUESDAY - day.weekday()) % 7)
        return opens_on, opens_on + timedelta(days=2)

    def after_session(self, number: int, days: int, hour: int = 9) -> datetime:
        """Return a moment so many days after the last day of a session."""
        return _moment(self.session(number)[1] + timedelta(days=days), hour)

    @property
    def assembly_day(self) -> date:
        """Return the day on which the General Assembly adopted its resolution."""
        return date(self.first_year - 1, 12, 20)

    @property
    def assembly_number(self) -> str:
        """Return the number of that resolution: beyond any that the Assembly has adopted."""
        return f"{self._assembly_session}/901"

    @property
    def _assembly_session(self) -> int:
        return self.first_year - _ASSEMBLY_BEGAN

    def words(self, session: int | None = None, language: str = "en") -> Mapping[str, str]:
        """Return what stands for the names in braces in the texts adopted at a session."""
        words = {
            "first_year": str(self.first_year),
            "second_year": str(self.first_year + 1),
            "fourth_year": str(self.first_year + 3),
            "assembly_number": self.assembly_number,
            "assembly_symbol": f"A/RES/{self.assembly_number}",
            "assembly_session": session_names(self._assembly_session)[language],
            "assembly_date": _IN_DECEMBER[language].format(
                day=self.assembly_day.day, year=self.assembly_day.year
            ),
            "later_session": session_names(self._assembly_session + 2)[language].lower(),
        }
        if session is not None:
            opens_on, closes_on = self.session(session)
            words["session_dates"] = _IN_APRIL[language].format(
                first=opens_on.day, last=closes_on.day, year=closes_on.year
            )
        return words

    @property
    def round_year(self) -> int:
        """Return the year that the round under way is about."""
        return (self.today - _ROUND_OPENED_BEFORE).year

    @property
    def round_opened_at(self) -> datetime:
        """Return when the round under way was opened."""
        return _moment(self.today - _ROUND_OPENED_BEFORE, 9)

    def moment(self, *, years: int, month: int, day: int, hour: int = 9) -> datetime:
        """Return a moment so many years after the biennium's first."""
        return datetime(self.first_year + years, month, day, hour, tzinfo=UTC)

    def days_ago(self, days: int, hour: int = 9) -> datetime:
        """Return a moment so many days before today."""
        return _moment(self.today - timedelta(days=days), hour)

    def in_days(self, days: int) -> date:
        """Return the date so many days after today."""
        return self.today + timedelta(days=days)


def calendar_of(today: date) -> DemoCalendar:
    """Return the calendar whose biennium is the last that is over, reported and discussed."""
    is_discussed = (today.month, today.day) >= _NEXT_ROUND_FROM
    last_year = today.year - 1 if is_discussed else today.year - 2
    first_year = last_year - 1 if last_year % 2 else last_year - 2
    return DemoCalendar(first_year=first_year, today=today)


def filled_in(text: str, words: Mapping[str, str]) -> str:
    """Return a text with the names in braces replaced."""
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
