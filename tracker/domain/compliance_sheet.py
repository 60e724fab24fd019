"""Compliance on paper, for a meeting: what a sheet tells of a commission or of one unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.compliance import Compliance, Lateness
from tracker.domain.names import Named

MOST_NAMED = 60  # rows that need attention; more are counted
MOST_ROWS = 80  # of a table; those with less overdue are added up


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """A row of a table: what it is about, and how many reports stand how.

    ``kind`` says where its name is looked up in other languages, None for a symbol. One that adds
    up several rows without a place of their own has no name, and their number in ``stands_for``.
    """

    name: str
    kind: Named | None
    asked: int
    answered: int
    late: int
    unanswered: int
    due_soon: int
    waived: int
    stands_for: int = 1


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
class SheetLateness:
    """Of how many reports of a unit (by its name) it is how long that they are overdue."""

    unit: str
    by_lateness: Mapping[Lateness, int]


@dataclass(frozen=True, slots=True)
class ComplianceSheet:
    """A period as it stands at the moment ``as_of``, as a whole or of one unit or subprogramme.

    ``rows`` are by unit, those of one unit by resolution; ``sessions`` are empty there. Both are as
    ``with_most_late`` leaves them. ``subprogrammes`` are those of the whole house. ``lateness`` is
    by unit, of very many those with most overdue, and ``late_total`` that of all.
    ``late_unit_count`` says in how many units something is late. ``received`` is the response of
    the period, ``received_before`` that of the one before by the same week, where there is one.
    """

    period: str
    unit: str
    subprogramme: str
    as_of: datetime
    total: SheetCounts
    late_unit_count: int
    rows: tuple[SheetCounts, ...]
    sessions: tuple[SheetCounts, ...]
    subprogrammes: tuple[SheetCounts, ...]
    lateness: tuple[SheetLateness, ...]
    late_total: Mapping[Lateness, int]
    received: ReceivedBy | None
    received_before: ReceivedBy | None
    attention: tuple[NeedsAttention, ...]
    attention_count: int


def with_most_late(
    rows: Sequence[SheetCounts], *, most: int = MOST_ROWS
) -> tuple[SheetCounts, ...]:
    """Return the rows in their order; of many more than ``most`` those with most overdue.

    One that adds up the others then follows them; a single other has its place instead.
    """
    if len(rows) <= most + 1:
        return tuple(rows)
    by_late = sorted(range(len(rows)), key=lambda place: (-rows[place].late, place))
    others = [rows[place] for place in by_late[most:]]
    rest = SheetCounts(
        name="",
        kind=None,
        asked=sum(row.asked for row in others),
        answered=sum(row.answered for row in others),
        late=sum(row.late for row in others),
        unanswered=sum(row.unanswered for row in others),
        due_soon=sum(row.due_soon for row in others),
        waived=sum(row.waived for row in others),
        stands_for=len(others),
    )
    return (*(rows[place] for place in sorted(by_late[:most])), rest)
