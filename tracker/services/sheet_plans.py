"""What taking a division's sheet would do, item by item; nothing is changed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.errors import Duplicate, Invalid, NotAllowed, Refused, Stale, WrongState
from tracker.domain.mandates import Implementation
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, is_allowed, require
from tracker.domain.progress import ReportText, check_lengths, check_submittable
from tracker.domain.rehearsal import Effect, Planned
from tracker.domain.unit_sheets import (
    FilledRow,
    FilledSheet,
    is_empty,
    merged,
    text_from_stored,
)
from tracker.domain.workflow import Move, is_possible, next_stage
from tracker.models.progress import ProgressReport
from tracker.models.unit_sheets import HandedSheet
from tracker.queries.action_points import PointOfMandate, points_of_mandates
from tracker.queries.unit_sheets import find_handed_sheet, present_texts
from tracker.reading.unit_sheets import status_of_point, text_of_cells
from tracker.services.report_rows import check_takes_answers


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """An action point whose status a sheet changes."""

    text: str
    before: Implementation | None
    after: Implementation | None


@dataclass(frozen=True, slots=True)
class PlannedItem(Planned[FilledRow]):
    """An item of a sheet and what taking it would do.

    ``before`` is what stands on the page for this reader, ``text`` what would.
    ``conflicts`` are the fields that changed both on the page and in the file, whose words there
    are in ``filled``.
    ``missing`` says why it could not be submitted yet; ``points`` are the action points that
    change.
    """

    report_id: int = 0
    mandate_id: int = 0
    points: tuple[PlannedPoint, ...] = ()
    version: int = 0
    before: ReportText = field(default_factory=ReportText)
    text: ReportText = field(default_factory=ReportText)
    filled: ReportText = field(default_factory=ReportText)
    conflicts: tuple[str, ...] = ()
    missing: Refused | None = None
    is_open: bool = False

    @property
    def can_be_submitted(self) -> bool:
        """Tell whether the text is complete and the report waits for one."""
        return self.is_open and self.missing is None and self.effect is not Effect.REFUSED


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a sheet is, and what taking it would do; ``left_out`` are cited that the file lacks."""

    sheet_id: int
    unit_id: int
    unit: str
    period_name: str
    made_by: str
    made_at: datetime
    rows: tuple[PlannedItem, ...]
    left_out: tuple[str, ...]


def plan_sheet(session: Session, filled: FilledSheet, *, actor: Actor, at: datetime) -> SheetPlan:
    """Return what taking a sheet would do; five statements.

    Raises Invalid for a code that is none of ours, NotAllowed for the sheet of a unit for which the
    actor does not write, WrongState when its period takes no answers any more.
    """
    handed = find_handed_sheet(session, filled.code)
    if handed is None:
        raise Invalid(
            "No sheet with the code %(code)s was handed out here. Download the sheet of your unit "
            "anew and put your texts into it.",
            code=filled.code,
        )
    if not is_allowed(actor, Action.WRITE_PROGRESS, unit_id=handed.unit_id):
        raise NotAllowed(
            "This is the sheet of %(unit)s, for which you do not write. Give it to a focal point "
            "or the manager of that unit.",
            unit=handed.unit.name,
        )
    if handed.period.state is not PeriodState.OPEN:
        raise WrongState(
            "This sheet is of the period %(name)s, which takes no answers any more. Download the "
            "sheet of the period that is open and put your texts into it.",
            name=handed.period.name,
        )
    planning = _planning(session, handed, actor=actor, at=at)
    rows = tuple(planning.planned(row) for row in filled.rows)
    there = {row.line for row in filled.rows}
    return SheetPlan(
        sheet_id=handed.id,
        unit_id=handed.unit_id,
        unit=handed.unit.name,
        period_name=handed.period.name,
        made_by=handed.made_by.name,
        made_at=handed.made_at,
        rows=rows,
        left_out=tuple(
            str(item["citation"])
            for number, item in enumerate(handed.items, start=1)
            if number not in there
        ),
    )


def _planning(session: Session, handed: HandedSheet, *, actor: Actor, at: datetime) -> "_Planning":
    ids = [int(str(item["report"])) for item in handed.items]
    reports = session.scalars(
        select(ProgressReport)
        .where(ProgressReport.id.in_(ids))
        .options(
            joinedload(ProgressReport.period, innerjoin=True),
            joinedload(ProgressReport.unit, innerjoin=True),
        )
        .execution_options(populate_existing=True)
    )
    by_id = {report.id: report for report in reports}
    return _Planning(
        handed=handed,
        reports=by_id,
        held_points=points_of_mandates(session, {each.mandate_id for each in by_id.values()}),
        texts=present_texts(session, ids, reader_id=actor.person_id),
        actor=actor,
        at=at,
        seen=set(),
    )


@dataclass(frozen=True, slots=True)
class _Planning:
    """What the items of a file are held against."""

    handed: HandedSheet
    reports: Mapping[int, ProgressReport]
    texts: Mapping[int, ReportText]
    held_points: Mapping[int, Sequence[PointOfMandate]]
    actor: Actor
    at: datetime
    seen: set[int]

    def planned(self, row: FilledRow) -> PlannedItem:
        """Return what taking an item would do; all that is wrong with it is named."""
        try:
            base = self._base(row)
        except Refused as refusal:
            return PlannedItem(row, Effect.REFUSED, (refusal,))
        report = self.reports[int(str(self.handed.items[row.line - 1]["report"]))]
        page = self.texts.get(report.id)
        if page is None:
            page = ReportText(language=base.language)
            if self.actor.person_id != self.handed.made_by_id:
                base = page  # a draft of whoever made the sheet is nobody else's until now
        filled, wrong = text_of_cells(row.cells, base)
        points, wrong_points = self._points(row, report)
        if wrong or wrong_points:
            return PlannedItem(row, Effect.REFUSED, (*wrong, *wrong_points))
        if filled.status is not Implementation.POSTPONED:
            filled = replace(filled, postponed_to=None)
        text, conflicts = merged(base, page, filled)
        is_changed = text != page or bool(points)
        refusals = self._refusals(report, text, conflicts, is_changed=is_changed)
        effect = Effect.SAME
        if refusals:
            effect = Effect.REFUSED
        elif is_changed:
            effect = Effect.MADE if is_empty(page) and text != page else Effect.CHANGED
        is_open = is_possible(report.stage, Move.SUBMIT)
        return PlannedItem(
            row=row,
            effect=effect,
            refusals=refusals,
            report_id=report.id,
            mandate_id=report.mandate_id,
            points=points,
            version=report.version,
            before=page,
            text=text,
            filled=filled,
            conflicts=tuple(conflicts),
            missing=self._missing(report, text) if is_open else None,
            is_open=is_open,
        )

    def _points(
        self, row: FilledRow, report: ProgressReport
    ) -> tuple[tuple[PlannedPoint, ...], tuple[Refused, ...]]:
        """Return the action points whose status changes, and what cannot be taken of them."""
        base: Sequence[Mapping[str, str]] = self.handed.items[row.line - 1].get("points") or ()  # type: ignore[assignment] # as it was stored
        now = {point.text: point for point in self.held_points.get(report.mandate_id, ())}
        changed, refused = [], []
        for number, words in sorted(row.points.items()):
            if not 1 <= number <= len(base):
                continue
            text, was = base[number - 1]["text"], base[number - 1]["status"]
            try:
                said = status_of_point(words)
                held = now.get(text)
                here = held.status if held else None
                if (said or "") == was or (held and said == here):
                    continue
                if held is None or (here or "") != was:
                    raise Stale(
                        "Action point %(number)s was changed on the page since the sheet was "
                        "made. The page is not overwritten: leave the row as it is there.",
                        number=number,
                    )
                unit_id = report.unit_id if held.unit_id is None else held.unit_id
                require(self.actor, Action.WRITE_PROGRESS, unit_id=unit_id)
                changed.append(PlannedPoint(text, here, said))
            except Refused as refusal:
                refused.append(refusal)
        return tuple(changed), tuple(refused)

    def _base(self, row: FilledRow) -> ReportText:
        """Return what the sheet said of an item when it was made; refuse what is not that item."""
        if not 1 <= row.line <= len(self.handed.items):
            raise Invalid(
                "The sheet has no number %(number)s: it has %(count)s. Write the texts beside the "
                "paragraph that they are for.",
                number=row.line,
                count=len(self.handed.items),
            )
        item = self.handed.items[row.line - 1]
        if row.citation and _plain(row.citation) != _plain(str(item["citation"])):
            raise Invalid(
                "Number %(number)s is %(expected)s on the sheet, but the file says “%(found)s” "
                "there, so texts may stand beside the wrong paragraph. Put the row right.",
                number=row.line,
                expected=item["citation"],
                found=row.citation[:80],
            )
        if row.line in self.seen:
            raise Duplicate(
                "Number %(number)s stands in the file twice. Leave one of the two out.",
                number=row.line,
            )
        self.seen.add(row.line)
        return text_from_stored(item["text"])  # type: ignore[arg-type] # as it was stored

    def _refusals(
        self, report: ProgressReport, text: ReportText, conflicts: list[str], *, is_changed: bool
    ) -> tuple[Refused, ...]:
        if conflicts:
            return (
                Stale(
                    "It was changed on the page since the sheet was made, in other words than in "
                    "the file. The page is not overwritten: leave the row as it is there, or "
                    "write there what the file adds."
                ),
            )
        if not is_changed:
            return ()
        try:
            require(self.actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
            check_takes_answers(report)
            next_stage(report.stage, Move.SAVE)
            check_lengths(text)
        except Refused as refusal:
            return (refusal,)
        return ()

    def _missing(self, report: ProgressReport, text: ReportText) -> Refused | None:
        today = self.at.astimezone(ZoneInfo(report.unit.time_zone)).date()
        try:
            check_submittable(text.stripped(), today=today)
        except Invalid as refusal:
            return refusal
        return None


def _plain(words: str) -> str:
    return "".join(words.casefold().split()).replace("\N{NO-BREAK SPACE}", "")
