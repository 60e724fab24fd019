"""The programme budget's deliverables: the table of a subprogramme, and one with its outputs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.activities import Category, Deliverable
from tracker.domain.deliverables import Disagreement, LineKind, TableLine, disagreements
from tracker.domain.mandates import Sensitivity
from tracker.models.activities import Activity, ActivityQuantity
from tracker.models.deliverables import DeliverableLine
from tracker.models.people import OrganizationalUnit, Subprogramme


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What one line comes to in a year: as printed, and what its outputs make up."""

    year: int
    planned: Decimal | None = None
    printed: Decimal | None = None  # the actual figure that the programme budget prints
    summed: Decimal | None = None  # the sum of the outputs, None where none was told

    @property
    def actual(self) -> Decimal | None:
        """Return the actual figure: what the outputs make up, before that what is printed."""
        return self.printed if self.summed is None else self.summed

    @property
    def differs(self) -> bool:
        """Tell whether the outputs make up something else than what is printed."""
        return None not in (self.printed, self.summed) and self.printed != self.summed


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of the table."""

    id: int
    kind: LineKind
    category: Category
    deliverable: Deliverable | None
    number: int | None
    text: str
    language: str
    figures: Mapping[int, YearFigures]
    output_count: int = 0


@dataclass(frozen=True, slots=True)
class DeliverableTable:
    """The lines of one subprogramme, as the budget has them; "" is the whole programme."""

    number: str
    name: str
    years: tuple[int, ...]
    lines: tuple[ListedLine, ...]
    disagreements: tuple[Disagreement, ...]

    def of(self, category: Category) -> list[ListedLine]:
        """Return the lines of a category, without headings that repeat its name."""
        return [
            line
            for line in self.lines
            if line.category is category
            and not (line.kind is LineKind.HEADING and not line.text.endswith(":"))
        ]


@dataclass(frozen=True, slots=True)
class TableChoice:
    """A subprogramme that has planned deliverables, and how many.

    The name is empty where the table gave none but the number.
    """

    number: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Output:
    """An activity under a planned deliverable."""

    id: int
    title: str
    language: str
    unit_id: int
    unit: str
    starts_on: date
    ends_on: date | None
    sensitivity: Sensitivity
    quantities: Mapping[int, tuple[Decimal | None, Decimal | None]]


@dataclass(frozen=True, slots=True)
class DeliverableSheet:
    """One planned deliverable with its outputs."""

    line: ListedLine
    subprogramme: str
    number: str
    outputs: tuple[Output, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years of the line and of its outputs."""
        told = {year for output in self.outputs for year in output.quantities}
        return tuple(sorted({*self.line.figures, *told}))


def table_choices(session: Session) -> tuple[TableChoice, ...]:
    """Return the subprogrammes that have planned deliverables, the whole programme first."""
    rows = session.execute(
        select(Subprogramme.number, Subprogramme.name, func.count(DeliverableLine.id))
        .select_from(DeliverableLine)
        .outerjoin(Subprogramme, Subprogramme.id == DeliverableLine.subprogramme_id)
        .where(DeliverableLine.kind == LineKind.DELIVERABLE)
        .group_by(Subprogramme.id)
    )
    found = (
        TableChoice(number or "", "" if name == f"Subprogramme {number}" else name or "", count)
        for number, name, count in rows
    )
    return tuple(sorted(found, key=lambda choice: _number_order(choice.number)))


def deliverable_table(session: Session, number: str) -> DeliverableTable:
    """Return the table of one subprogramme ("" is the whole programme); five statements."""
    subprogramme = session.scalar(select(Subprogramme).where(Subprogramme.number == number))
    of_group = (
        DeliverableLine.subprogramme_id == subprogramme.id
        if subprogramme
        else DeliverableLine.subprogramme_id.is_(None)
    )
    lines = session.scalars(
        select(DeliverableLine)
        .where(of_group)
        .options(selectinload(DeliverableLine.figures))
        .order_by(DeliverableLine.category, DeliverableLine.position, DeliverableLine.id)
    ).all()
    ids = [line.id for line in lines if line.kind is LineKind.DELIVERABLE]
    sums, counts = _sums(session, ids), _counts(session, ids)
    listed = tuple(_listed(line, sums.get(line.id, {}), counts.get(line.id, 0)) for line in lines)
    return DeliverableTable(
        number=subprogramme.number if subprogramme else "",
        name=subprogramme.name if subprogramme else "",
        years=tuple(sorted({year for line in listed for year in line.figures})),
        lines=listed,
        disagreements=tuple(disagreements(_table_line(line, number) for line in lines)),
    )


def find_deliverable(session: Session, line_id: int) -> DeliverableSheet | None:
    """Return a planned deliverable with its outputs, None when there is no such one."""
    row = session.execute(
        select(DeliverableLine, Subprogramme)
        .outerjoin(Subprogramme, Subprogramme.id == DeliverableLine.subprogramme_id)
        .where(DeliverableLine.id == line_id, DeliverableLine.kind == LineKind.DELIVERABLE)
        .options(selectinload(DeliverableLine.figures))
    ).first()
    if row is None:
        return None
    line, subprogramme = row
    outputs = session.execute(
        select(Activity, OrganizationalUnit.name)
        .join(Activity.unit)
        .where(Activity.line_id == line_id)
        .options(selectinload(Activity.quantities))
        .order_by(Activity.starts_on, Activity.title, Activity.id)
    ).all()
    return DeliverableSheet(
        line=_listed(line, _sums(session, [line.id]).get(line.id, {}), len(outputs)),
        subprogramme=subprogramme.name if subprogramme else "",
        number=subprogramme.number if subprogramme else "",
        outputs=tuple(_output(activity, unit) for activity, unit in outputs),
    )


def lines_to_choose(
    session: Session, deliverable: Deliverable, *, subprogramme_id: int | None
) -> tuple[tuple[str, Sequence[tuple[int, str]]], ...]:
    """Return the planned deliverables of a sort by subprogramme, the named one first."""
    rows = session.execute(
        select(DeliverableLine.id, DeliverableLine.text, Subprogramme.id, Subprogramme.number)
        .outerjoin(Subprogramme, Subprogramme.id == DeliverableLine.subprogramme_id)
        .where(
            DeliverableLine.kind == LineKind.DELIVERABLE,
            DeliverableLine.deliverable == deliverable,
        )
        .order_by(DeliverableLine.position, DeliverableLine.id)
    ).all()
    groups: dict[tuple[bool, tuple[int, str]], list[tuple[int, str]]] = defaultdict(list)
    for line_id, text, of_id, number in rows:
        groups[of_id != subprogramme_id, _number_order(number or "")].append((line_id, text))
    return tuple((key[1][1], groups[key]) for key in sorted(groups))


def _listed(line: DeliverableLine, sums: Mapping[int, Decimal], count: int) -> ListedLine:
    printed = {row.year: row for row in line.figures}
    return ListedLine(
        id=line.id,
        kind=line.kind,
        category=line.category,
        deliverable=line.deliverable,
        number=line.number,
        text=line.text,
        language=line.language,
        figures={
            year: YearFigures(
                year,
                printed[year].planned if year in printed else None,
                printed[year].actual if year in printed else None,
                sums.get(year),
            )
            for year in sorted({*printed, *sums})
        },
        output_count=count,
    )


def _table_line(line: DeliverableLine, number: str) -> TableLine:
    return TableLine(
        line.kind,
        number,
        line.category,
        line.text,
        line.number,
        line.deliverable,
        {row.year: (row.planned, row.actual) for row in line.figures},
    )


def _sums(session: Session, line_ids: Iterable[int]) -> Mapping[int, Mapping[int, Decimal]]:
    """Return what the outputs of lines make up, by line and calendar year."""
    rows = session.execute(
        select(Activity.line_id, ActivityQuantity.year, func.sum(ActivityQuantity.actual))
        .join(ActivityQuantity, ActivityQuantity.activity_id == Activity.id)
        .where(Activity.line_id.in_(list(line_ids)), ActivityQuantity.actual.is_not(None))
        .group_by(Activity.line_id, ActivityQuantity.year)
    )
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line_id, year, amount in rows:
        found[line_id or 0][year] = Decimal(amount or 0)
    return found


def _counts(session: Session, line_ids: Iterable[int]) -> Mapping[int, int]:
    rows = session.execute(
        select(Activity.line_id, func.count())
        .where(Activity.line_id.in_(list(line_ids)))
        .group_by(Activity.line_id)
    )
    return {line_id or 0: count for line_id, count in rows}


def _output(activity: Activity, unit: str) -> Output:
    return Output(
        id=activity.id,
        title=activity.title,
        language=activity.language,
        unit_id=activity.unit_id,
        unit=unit,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        sensitivity=activity.sensitivity,
        quantities={row.year: (row.planned, row.actual) for row in activity.quantities},
    )


def _number_order(number: str) -> tuple[int, str]:
    return (int(number) if number.isdecimal() else 0, number)
