"""What the sheet of compliance for a meeting tells, of a period and perhaps of one unit."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.answer_pace import PacePoint, pace
from tracker.domain.compliance import Compliance
from tracker.domain.compliance_sheet import (
    MOST_NAMED,
    MOST_ROWS,
    ComplianceSheet,
    NeedsAttention,
    ReceivedBy,
    SheetCounts,
    SheetLateness,
    with_most_late,
)
from tracker.domain.names import Named
from tracker.domain.periods import PeriodState
from tracker.models.progress import ProgressReport
from tracker.queries.answer_pace import find_answer_days, find_period_before
from tracker.queries.compliance import (
    Counts,
    ReportFilter,
    compliance_overview,
    counts_by_subprogramme,
    find_subprogramme,
    find_unit_name,
    place_conditions,
)
from tracker.queries.compliance_map import ComplianceMap, compliance_map
from tracker.queries.lateness import late_counts, of_all_units
from tracker.queries.periods import NamedPeriod
from tracker.queries.report_lines import COUNTS, compliance_at, count_of, report_lines

_NEEDS = (Compliance.UNANSWERED, Compliance.OVERDUE, Compliance.DUE_SOON)


def compliance_sheet(
    session: Session, period: NamedPeriod, wanted: ReportFilter, *, at: datetime
) -> ComplianceSheet | None:
    """Return the sheet of a period at the moment; None: there is no such unit or subprogramme.

    ``wanted`` names the unit and the subprogramme, if any. A fixed number of statements, however
    many reports there are.
    """
    unit_id, subprogramme_id = wanted.unit_id, wanted.subprogramme_id
    unit = "" if unit_id is None else find_unit_name(session, unit_id)
    subprogramme = "" if subprogramme_id is None else find_subprogramme(session, subprogramme_id)
    if unit is None or subprogramme is None:
        return None
    is_whole = unit_id is None and subprogramme_id is None
    whole = compliance_map(session, wanted, at=at)
    total = compliance_overview(session, wanted, at=at)
    of_period = [ProgressReport.period_id == period.id, *place_conditions(wanted)]
    conditions = [
        *of_period,
        COUNTS,
        compliance_at(at).in_([standing.value for standing in _NEEDS]),
    ]
    lines = report_lines(
        session,
        *conditions,
        at=at,
        by=(ProgressReport.overdue_at, ProgressReport.id),
        limit=MOST_NAMED,
    )
    late = late_counts(session, *of_period, at=at)
    received, before = _received(session, period, at) if is_whole else (None, None)
    return ComplianceSheet(
        period=period.name,
        unit=unit,
        subprogramme=subprogramme,
        as_of=at,
        total=_counted("", None, total),
        late_unit_count=total.late_unit_count,
        rows=with_most_late(_rows(whole, unit_id)),
        sessions=()
        if unit_id is not None
        else with_most_late(
            [_counted(each.session or "", Named.SESSION, each) for each in whole.sessions]
        ),
        subprogrammes=tuple(
            _counted(name, Named.SUBPROGRAMME, counts)
            for name, counts in counts_by_subprogramme(session, period.id, at=at)
        )
        if is_whole
        else (),
        lateness=tuple(
            SheetLateness(each.unit, each.by_lateness)
            for each in sorted(late, key=lambda each: -each.total)[:MOST_ROWS]
        ),
        late_total=of_all_units(late).by_lateness,
        received=received,
        received_before=before,
        attention=tuple(
            NeedsAttention(
                symbol=line.reference.symbol,
                path=line.reference.path,
                text=line.text,
                language=line.text_language,
                unit=line.unit,
                standing=line.compliance,
                due_on=line.due_on,
            )
            for line in lines
        ),
        attention_count=count_of(session, *conditions),
    )


def _rows(whole: ComplianceMap, unit_id: int | None) -> tuple[SheetCounts, ...]:
    if unit_id is None:
        return tuple(_counted(each.unit, Named.UNIT, each) for each in whole.units)
    of_unit = ((row.symbol, row.by_unit.get(unit_id)) for row in whole.rows)
    return tuple(_counted(symbol, None, counts) for symbol, counts in of_unit if counts)


def _counted(name: str, kind: Named | None, counts: Counts) -> SheetCounts:
    return SheetCounts(
        name=name,
        kind=kind,
        asked=counts.asked,
        answered=counts.answered,
        late=counts.late,
        unanswered=counts.of(Compliance.UNANSWERED),
        due_soon=counts.of(Compliance.DUE_SOON),
        waived=counts.of(Compliance.WAIVED),
    )


def _received(
    session: Session, period: NamedPeriod, at: datetime
) -> tuple[ReceivedBy | None, ReceivedBy | None]:
    """Return what has come in, and what had by the same week in the period before."""
    days = find_answer_days(session, period.id)
    if days is None:
        return None, None
    until = at.astimezone(UTC).date() if period.state is PeriodState.OPEN else None
    points = pace(days.first_texts, asked=days.asked, due_on=days.due_on, until=until)
    if not points:  # nobody is asked, or the due day is far
        return None, None
    now = points[-1]
    before_id = find_period_before(session, kind=period.kind, starts_on=period.starts_on)
    before = find_answer_days(session, before_id) if before_id is not None else None
    told = ReceivedBy(days.name, now.received, days.asked)
    if before is None or not before.asked:
        return told, None
    then = pace(before.first_texts, asked=before.asked, due_on=before.due_on)
    return told, ReceivedBy(before.name, _by_week(then, now.week), before.asked)


def _by_week(points: tuple[PacePoint, ...], week: int) -> int:
    return next((point.received for point in reversed(points) if point.week <= week), 0)
