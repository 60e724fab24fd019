"""When an occasion falls: the session or the day that words such as "at its next session" mean."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.sessions import session_number

# A report must reach the conference service about ten weeks before the session that considers it.
SLOT = timedelta(weeks=10)
# "Its seventieth session" in a text of a twenty-fourth one means another organ's session.
_FARTHEST = 10  # sessions ahead
_SESSION = r"(?:session|período de sesiones|período de sessões|sessão)"
_NAMED = re.compile(
    rf"(?P<ordinal>\b[a-z]+(?:-[a-z]+)?|\b\d{{1,3}}(?:st|nd|rd|th|º|°|ª|e|ème)?)\s"
    rf"(?:(?:regular|annual|ordinary|resumed|substantive)\s)?{_SESSION}\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"\b(?:next|forthcoming|upcoming|following|subsequent|próxim[oa]|prochaine)\b[^,;]{{0,30}}?"
    rf"\b{_SESSION}\b|\b{_SESSION}\s(?:siguiente|suivante|seguinte)",
    re.IGNORECASE,
)
_OTHER_ORGAN = re.compile(rf"{_SESSION}\s(?:of|de|del|da|do)\s|special|emergency|extraordin")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_BY_DAY = re.compile(r"\b(\d{1,2})\s([A-Z][a-z]+)\s(\d{4})\b")
_BY_END = re.compile(r"\bend of (?:([A-Z][a-z]+)\s)?(\d{4})\b")
_LAST_DAYS = re.compile(
    r"^(?:by|before|no later|not later|but no later|until|through|at the end)\b"
)


@dataclass(frozen=True, slots=True)
class ScheduledSession:
    """A session of the body as its calendar has it; the day it opens may not be known yet."""

    number: int
    name: str
    opens_on: date | None


@dataclass(frozen=True, slots=True)
class Falling:
    """When an occasion falls, as far as the words and the calendar say.

    ``year`` without ``opens_on`` is expected from the rhythm of the sessions before. ``due_on`` is
    proposed: the day itself, or for a report to a session the slot for its document.
    """

    due_on: date | None = None
    session_number: int | None = None
    opens_on: date | None = None
    year: int | None = None


def when_it_falls(
    occasion: str,
    *,
    adopted_at: int | None,
    calendar: Sequence[ScheduledSession],
    wants_report: bool,
) -> Falling | None:
    """Return when an occasion falls, None where neither a day nor one of our sessions is meant.

    ``adopted_at`` is the number of the session that adopted the text.
    """
    day = _day_in(occasion)
    if day is not None:
        return Falling(due_on=day)
    number = session_meant(occasion, adopted_at)
    if number is None:
        return None
    opens_on = next((one.opens_on for one in calendar if one.number == number), None)
    if opens_on is None:
        return Falling(session_number=number, year=_expected_year(number, calendar))
    due_on = opens_on - SLOT if wants_report else opens_on
    return Falling(due_on, number, opens_on, opens_on.year)


def session_meant(occasion: str, adopted_at: int | None) -> int | None:
    """Return the number of the session of the same body that the words mean, if they mean one."""
    if adopted_at is None or _OTHER_ORGAN.search(occasion):
        return None
    if _NEXT.search(occasion):
        return adopted_at + 1
    for named in _NAMED.finditer(occasion):
        number = session_number(re.sub(r"(?:º|°|ª|e|ème)$", "", named["ordinal"]))
        number = number or session_number(named["ordinal"])
        if number is not None and adopted_at < number <= adopted_at + _FARTHEST:
            return number
    return None


def _day_in(occasion: str) -> date | None:
    """Return the last day that the words leave: "by 31 December 2026", "by the end of 2026"."""
    if not _LAST_DAYS.match(occasion):
        return None
    named = _BY_DAY.search(occasion)
    if named and (month := _month(named[2])):
        year, day = int(named[3]), int(named[1])
        return date(year, month, day) if day <= monthrange(year, month)[1] else None
    end = _BY_END.search(occasion)
    if end:
        month = _month(end[1]) if end[1] else 12
        year = int(end[2])
        return date(year, month, monthrange(year, month)[1]) if month else None
    return None


def _month(name: str) -> int | None:
    lower = name.lower()
    return _MONTHS.index(lower) + 1 if lower in _MONTHS else None


def _expected_year(number: int, calendar: Sequence[ScheduledSession]) -> int | None:
    """Return the year in which a session is expected, from the two dated ones that come last."""
    dated = sorted((one.number, one.opens_on.year) for one in calendar if one.opens_on)
    if len(dated) < 2:
        return None
    (earlier, earlier_year), (later, later_year) = dated[-2:]
    rhythm = (later_year - earlier_year) / (later - earlier)
    return round(later_year + (number - later) * rhythm) if rhythm > 0 else None
