"""The record of an edition: its texts by their keys, and each number with the rows it counts.

It is kept beside the files of an edition, so that what they stand on can be shown, and compared
with another edition, whatever becomes of the records since.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from tracker.domain.biennial_report.blocks import Figure, Paragraph, Passage, ReportDocument, Table
from tracker.domain.biennial_report.content import ReportActivity, ReportContent
from tracker.domain.biennial_report.quantities import total
from tracker.domain.biennial_report.tallies import Counted, Reckoning, Tally
from tracker.domain.biennial_report.wording import share

# What was composed and what it translates is told by the records; an edition says what it prints.
_UNRECORDED = frozenset({"composed", "original", "is_written"})


@dataclass(frozen=True, slots=True)
class PlacedTally:
    """A number of the document and where it stands.

    ``where`` is the heading above it, or the label and caption of its table, ``names`` its row and
    column there. ``paragraph`` is the number of its paragraph; ``table`` counts tables from 0 on.
    """

    tally: Tally
    where: str
    names: tuple[str, ...] = ()
    paragraph: int | None = None
    table: int | None = None
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class RecordedActivity:
    """An activity with the quantities that were printed."""

    id: int
    title: str
    deliverable: str
    measure: str
    planned: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class RecordedFund:
    """What an activity has from one source, with the amounts that were added up."""

    id: int
    activity_id: int
    activity: str
    is_regular: bool
    donor: str
    budget: Decimal | None
    expenditure: Decimal | None


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """What an edition says, passage by passage, and what its numbers count."""

    language: str
    passages: tuple[Passage, ...] = ()
    tallies: tuple[PlacedTally, ...] = ()
    activities: Mapping[int, RecordedActivity] = field(default_factory=dict)
    funds: Mapping[int, RecordedFund] = field(default_factory=dict)

    def find_tally(self, key: str) -> PlacedTally | None:
        """Return the number with that key."""
        return next((placed for placed in self.tallies if placed.tally.key == key), None)

    def find_passage(self, key: str) -> Passage | None:
        """Return the passage with that key."""
        return next((passage for passage in self.passages if passage.key == key), None)

    def value_of(self, tally: Tally) -> Decimal | None:
        """Return what the rows come to, counted or added up anew; None where no quantity is."""
        match tally.reckoning:
            case Reckoning.COUNT:
                return Decimal(len(tally.rows))
            case Reckoning.SHARE:
                return share(len(tally.rows), tally.whole)
            case Reckoning.PLANNED:
                return total(self.activities[each].planned for each in tally.rows)
            case Reckoning.ACTUAL:
                return total(self.activities[each].actual for each in tally.rows)
            case Reckoning.BUDGET:
                return total(self.funds[each].budget for each in tally.rows)
            case Reckoning.EXPENDITURE:
                return total(self.funds[each].expenditure for each in tally.rows)


def record_of(document: ReportDocument, content: ReportContent) -> EditionRecord:
    """Return the record of a document that was composed from that content."""
    return EditionRecord(
        language=document.language,
        passages=tuple(passage for passage in document.passages if passage.text),
        tallies=tuple(_tallies(document)),
        activities={each.activity_id: _recorded(each) for each in content.activities},
        funds={fund.id: fund for each in content.activities for fund in _recorded_funds(each)},
    )


def written_record(record: EditionRecord) -> bytes:
    """Return a record as JSON in UTF-8; the same record gives the same bytes."""
    told = {
        "language": record.language,
        "passages": [_named(passage, without=_UNRECORDED) for passage in record.passages],
        "tallies": [{**_named(each), "tally": _named(each.tally)} for each in record.tallies],
        "activities": [_named(activity) for activity in record.activities.values()],
        "funds": [_named(fund) for fund in record.funds.values()],
    }
    return json.dumps(told, ensure_ascii=False, default=str).encode()


def read_record(written: bytes) -> EditionRecord:
    """Return the record that was written."""
    told = json.loads(written)
    activities = [
        RecordedActivity(**_with_decimals(each, "planned", "actual")) for each in told["activities"]
    ]
    # Editions that were made before amounts opened their rows recorded none.
    funds = [
        RecordedFund(**_with_decimals(each, "budget", "expenditure"))
        for each in told.get("funds", ())
    ]
    return EditionRecord(
        language=told["language"],
        passages=tuple(
            Passage(
                **{
                    **each,
                    "composed": each["text"],
                    "sources": tuple(each["sources"]),
                    "activity_ids": tuple(each["activity_ids"]),
                }
            )
            for each in told["passages"]
        ),
        tallies=tuple(tally_told(each) for each in told["tallies"]),
        activities={activity.id: activity for activity in activities},
        funds={fund.id: fund for fund in funds},
    )


def _tallies(document: ReportDocument) -> Iterator[PlacedTally]:
    table_count = 0
    headings = {passage.key: passage.heading for passage in document.passages}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for tally in block.tallies:
                yield PlacedTally(tally, headings[block.passage], paragraph=block.number)
        elif isinstance(block, Table | Figure):
            table = block.table if isinstance(block, Figure) else block
            yield from _tallies_of_table(table, table_count)
            table_count += 1


def _tallies_of_table(table: Table, position: int) -> Iterator[PlacedTally]:
    where = f"{table.label}. {table.caption}"
    for (row, column), tally in sorted(table.tallies.items()):
        names = (table.row_name(row), table.columns[column].title)
        yield PlacedTally(tally, where, names, table=position, row=row, column=column)


def _recorded(activity: ReportActivity) -> RecordedActivity:
    return RecordedActivity(
        activity.activity_id,
        activity.title,
        activity.subcategory,
        activity.measure,
        activity.planned,
        activity.actual,
    )


def _recorded_funds(activity: ReportActivity) -> Iterator[RecordedFund]:
    for fund in activity.funds:
        yield RecordedFund(
            fund.fund_id,
            activity.activity_id,
            activity.title,
            fund.is_regular,
            fund.donor,
            fund.budget,
            fund.expenditure,
        )


def _named(value: object, *, without: frozenset[str] = frozenset()) -> dict[str, object]:
    """Return the fields of a record by name; what is inside them stays as it is."""
    names = (field.name for field in fields(value))  # type: ignore[arg-type] # a dataclass
    return {name: getattr(value, name) for name in names if name not in without}


# What JSON gives back can be anything; the shape is the one written above.
def tally_told(told: dict[str, Any]) -> PlacedTally:
    """Return the number whose fields were written as JSON."""
    tally = told["tally"]
    return PlacedTally(
        **{
            **told,
            "names": tuple(told["names"]),
            "tally": Tally(
                **{
                    **tally,
                    "counted": Counted(tally["counted"]),
                    "reckoning": Reckoning(tally["reckoning"]),
                    "rows": tuple(tally["rows"]),
                }
            ),
        }
    )


def _with_decimals(told: dict[str, Any], *names: str) -> dict[str, Any]:
    numbers = {name: None if told[name] is None else Decimal(told[name]) for name in names}
    return {**told, **numbers}
