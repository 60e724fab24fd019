"""The activities of the demo body: forty lines of a programme of work, unit by unit."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from tracker.demo.calendar import DemoCalendar, filled_in
from tracker.domain.activities import Deliverable, FundSource, PartnerKind, PartnerPart
from tracker.domain.activity_details import Participant, YearQuantity
from tracker.domain.activity_parts import ActivityDocument, Fund, Module

FOLDER = Path(__file__).resolve().parent / "activities"
# Year of the biennium that is over (0 or 1), of the round (2) or after, then month and day.
_Day = Sequence[int]


@dataclass(frozen=True, slots=True)
class DemoQuantity:
    """What was planned and, where it is known, done in a year counted from the biennium's first."""

    year: int
    planned: int
    actual: int | None = None


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A mandate that an activity carries out, and how."""

    symbol: str
    path: str
    contribution: str


@dataclass(frozen=True, slots=True)
class DemoActivity:
    """An activity of the demo; years count from the first of the biennium that is over."""

    unit: str
    title: str
    deliverable: Deliverable
    description: str
    starts: _Day
    ends: _Day
    quantities: tuple[DemoQuantity, ...]
    links: tuple[DemoLink, ...]
    countries: tuple[str, ...]
    participants: tuple[Participant, ...]
    funds: tuple[Fund, ...]
    documents: tuple[ActivityDocument, ...]
    modules: tuple[Module, ...]
    adopters: tuple[str, ...]

    @property
    def is_of_biennium(self) -> bool:
        """Tell whether the activity began in the biennium that is over."""
        return self.starts[0] < 2

    def days(self, first_year: int) -> tuple[date, date]:
        """Return the first and the last day."""
        return _date(first_year, self.starts), _date(first_year, self.ends)

    def planned(self, first_year: int) -> tuple[YearQuantity, ...]:
        """Return what was planned, nothing of it done yet."""
        return tuple(
            YearQuantity(first_year + quantity.year, Decimal(quantity.planned))
            for quantity in self.quantities
        )

    def done(self, first_year: int) -> tuple[YearQuantity, ...]:
        """Return what was planned and what was done."""
        return tuple(
            YearQuantity(
                first_year + quantity.year,
                Decimal(quantity.planned),
                None if quantity.actual is None else Decimal(quantity.actual),
            )
            for quantity in self.quantities
        )


@cache
def activities(calendar: DemoCalendar) -> tuple[DemoActivity, ...]:
    """Return all activities, by the names of their units' files."""
    words = calendar.words()
    return tuple(
        activity
        for path in sorted(FOLDER.glob("*.toml"))
        for activity in _activities_of(filled_in(path.read_text(encoding="utf-8"), words))
    )


def _activities_of(text: str) -> Sequence[DemoActivity]:
    table = tomllib.loads(text)
    return [
        DemoActivity(
            unit=table["unit"],
            title=row["title"],
            deliverable=Deliverable(row["deliverable"]),
            description=row["description"],
            starts=row["starts"],
            ends=row["ends"],
            quantities=tuple(DemoQuantity(*quantity) for quantity in row["quantities"]),
            links=tuple(DemoLink(*link) for link in row["links"]),
            countries=tuple(row.get("countries", ())),
            participants=(
                *_participants(row.get("partners", ()), PartnerPart.PARTNER),
                *_participants(row.get("donors", ()), PartnerPart.DONOR),
            ),
            funds=tuple(_fund(*fund) for fund in row.get("funds", ())),
            documents=tuple(
                ActivityDocument(title, symbol=symbol) for symbol, title in row.get("documents", ())
            ),
            modules=tuple(Module(*module) for module in row.get("modules", ())),
            adopters=tuple(row.get("adopters", ())),
        )
        for row in table["activity"]
    ]


def _fund(source: str, donor: str, budget: int, expenditure: int) -> Fund:
    return Fund(FundSource(source), donor, Decimal(budget), Decimal(expenditure))


def _participants(rows: Sequence[Sequence[str]], part: PartnerPart) -> Sequence[Participant]:
    return [Participant(name, PartnerKind(kind), part) for name, kind in rows]


def _date(first_year: int, day: _Day) -> date:
    year, month, of_month = day
    return date(first_year + year, month, of_month)
