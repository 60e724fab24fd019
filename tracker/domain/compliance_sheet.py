"""Compliance on paper, for a meeting: what a sheet tells of a commission or of one unit."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.compliance import Compliance
from tracker.domain.names import Named

MOST_NAMED = 60  # rows that need attention; more are counted


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """A row of a table: what it is about, and how many reports stand how.

    ``kind`` says where its name is looked up in other languages, None for a symbol.
    """

    name: str
    kind: Named | None
    asked: int
    answered: int
    late: int
    unanswered: int
    due_soon: int
    waived: int


@dataclass(frozen=True, slots=True)
class NeedsAttention:
    """A report that is overdue or due within two weeks."""

    symbol: str
    path: str
    text: str
    language: str
    unit: str
    standing: Compliance
    due_on: date


@dataclass(frozen=True, slots=True)
class ReceivedBy:
    """How many reports of a period had a first text by the end of a week."""

    period: str
    received: int
    asked: int


@dataclass(frozen=True, slots=True)
class ComplianceSheet:
    """A period as it stands at the moment ``as_of``, as a whole or (``unit``) of one unit.

    ``rows`` are by unit, those of one unit by resolution; ``sessions`` are empty there.
    ``late_unit_count`` says in how many units something is late. ``received`` is the response of
    the period, ``received_before`` that of the one before by the same week, where there is one.
    """

    period: str
    unit: str
    as_of: datetime
    total: SheetCounts
    late_unit_count: int
    rows: tuple[SheetCounts, ...]
    sessions: tuple[SheetCounts, ...]
    received: ReceivedBy | None
    received_before: ReceivedBy | None
    attention: tuple[NeedsAttention, ...]
    attention_count: int
