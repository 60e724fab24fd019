"""Reporting periods: spans of time for which the secretariat reports, the biennium above all."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.errors import Invalid


class PeriodKind(StrEnum):
    """What sort of span a reporting period is."""

    BIENNIUM = "biennium"
    YEAR = "year"
    OTHER = "other"


class PeriodState(StrEnum):
    """Whether answers are still taken for a period."""

    OPEN = "open"
    LOCKED = "locked"
    FROZEN = "frozen"  # the final edition of its report is made: nothing changes any more


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``starts_on`` to ``ends_on``, both included."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.ends_on < self.starts_on:
            raise Invalid(
                "The period ends before it begins. Enter an end date after the start date.",
                field="ends_on",
            )

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def calendar_years(self) -> range:
        """Return the calendar years that the span touches, earliest first."""
        return range(self.starts_on.year, self.ends_on.year + 1)


def biennium(first_year: int) -> Span:
    """Return the two calendar years that begin on 1 January of ``first_year``."""
    return Span(date(first_year, 1, 1), date(first_year + 1, 12, 31))


def following(span: Span) -> Span:
    """Return the span right after ``span``: a year after a year, else two years."""
    starts_on = span.ends_on + timedelta(days=1)
    years = 1 if kind_of(span) is PeriodKind.YEAR else 2
    # The 29th of February has no anniversary in two years: the 28th stands in for it.
    day = 28 if (starts_on.month, starts_on.day) == (2, 29) else starts_on.day
    anniversary = date(starts_on.year + years, starts_on.month, day)
    return Span(starts_on, anniversary - timedelta(days=1))


def name_of(span: Span) -> str:
    """Return the name that a period goes by in file names and headings.

    Whole calendar years give "2024" or "2024-2025"; any other span its two ISO dates.
    """
    starts, ends = span.starts_on, span.ends_on
    if (starts.month, starts.day, ends.month, ends.day) != (1, 1, 12, 31):
        return f"{starts.isoformat()}_{ends.isoformat()}"
    return str(starts.year) if starts.year == ends.year else f"{starts.year}-{ends.year}"


def kind_of(span: Span) -> PeriodKind:
    """Return the kind that the dates of ``span`` make it."""
    starts, ends = span.starts_on, span.ends_on
    if (starts.month, starts.day, ends.month, ends.day) != (1, 1, 12, 31):
        return PeriodKind.OTHER
    years = ends.year - starts.year + 1
    return {1: PeriodKind.YEAR, 2: PeriodKind.BIENNIUM}.get(years, PeriodKind.OTHER)
