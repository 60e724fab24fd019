"""The programme budget's deliverables: the table taken whole, and activities under its lines."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.activities import Category, Deliverable
from tracker.domain.deliverables import (
    DeliverableRow,
    Figures,
    LineKind,
    TableLine,
    named_subprogramme,
    understood,
)
from tracker.domain.errors import Duplicate, Invalid, NotFound, Refused
from tracker.domain.permissions import Action, Actor
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.models.activities import Activity
from tracker.models.deliverables import DeliverableFigure, DeliverableLine
from tracker.models.people import Subprogramme
from tracker.services import audit
from tracker.services.subprogrammes import subprogramme_numbered
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class PlannedLine(Planned[DeliverableRow]):
    """A row and the line of the programme budget that taking it would make or change."""

    told: TableLine | None = None
    line_id: int | None = None


def plan_deliverables(
    session: Session, rows: Sequence[DeliverableRow], *, actor: Actor | None
) -> list[PlannedLine]:
    """Return for each row, in order, what taking it would do; changes nothing.

    No actor means the command line.
    """
    if actor is not None:
        permissions.require(actor, Action.KEEP_DELIVERABLES)
    held = _held(session)
    taken: dict[Key, int] = {}
    place: tuple[str, Category] | None = None
    above: Deliverable | None = None
    plan = []
    for position, row in enumerate(rows, start=1):
        try:
            told = understood(row, above)
            if (told.subprogramme, told.category) != place:
                place = (told.subprogramme, told.category)
                above = told.deliverable if told.kind is LineKind.TOTAL else None
                told = understood(row, above)  # a subheading of another place counts nothing here
            elif told.kind is LineKind.TOTAL:
                above = told.deliverable
            if told.key in taken:
                raise Duplicate(
                    "The same line stands in row %(line)s. Leave one of the two out.",
                    line=taken[told.key],
                )
            taken[told.key] = row.line
        except Refused as refusal:
            plan.append(PlannedLine(row, Effect.REFUSED, (refusal,)))
            continue
        plan.append(_planned(row, told, held.get(told.key), position))
    return plan


def take_deliverables(
    session: Session,
    rows: Sequence[DeliverableRow],
    *,
    language: str,
    actor: Actor | None,
    at: datetime,
    seal: str | None = None,
) -> Mapping[Effect, int]:
    """Take all rows and return how many had which effect; taking them again changes nothing.

    Raises Invalid and Stale as ``require_as_rehearsed`` does. Years that the table does not name,
    and lines that it no longer has, stay as they are.
    """
    plan = plan_deliverables(session, rows, actor=actor)
    require_as_rehearsed(plan, seal)
    for position, done in enumerate(plan, start=1):
        if done.effect is not Effect.SAME and done.told is not None:
            _take(session, done, done.told, position, language, actor=actor, at=at)
    logger.info("deliverables table of %s rows taken", len(plan))
    return counts_of(plan)


def place_activity(
    session: Session,
    *,
    activity_id: int,
    version: int,
    line_id: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Let the activity be an output of a planned deliverable, or (no line) of none.

    Raises Invalid when the line counts something else, and Stale when the activity was changed.
    """
    activity = session.get(Activity, activity_id)
    if activity is None:
        raise NotFound("There is no such activity. Choose one from the list of activities.")
    permissions.require(actor, Action.EDIT_ACTIVITY, unit_id=activity.unit_id)
    check_version(activity, version)
    if line_id is not None:
        line = session.get(DeliverableLine, line_id)
        if line is None or line.kind is not LineKind.DELIVERABLE:
            raise Invalid(
                "There is no such planned deliverable. Choose one from the list.", field="line_id"
            )
        if line.deliverable is not activity.deliverable:
            raise Invalid(
                "The line counts something else than the activity is. Choose a line of the same "
                "sort, or correct the activity.",
                field="line_id",
            )
    if activity.line_id == line_id:
        return
    before, activity.line_id = activity.line_id, line_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="activity.placed",
        subject=activity,
        before={"line_id": before},
        after={"line_id": line_id},
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A line that is there already."""

    id: int
    told: TableLine
    position: int


def _held(session: Session) -> Mapping[Key, _Held]:
    rows = session.execute(
        select(DeliverableLine, Subprogramme.number)
        .outerjoin(Subprogramme, Subprogramme.id == DeliverableLine.subprogramme_id)
        .options(selectinload(DeliverableLine.figures))
    )
    held = (_Held(line.id, _told(line, number or ""), line.position) for line, number in rows)
    return {each.told.key: each for each in held}


def _told(line: DeliverableLine, subprogramme: str) -> TableLine:
    figures: Figures = {row.year: (row.planned, row.actual) for row in line.figures}
    return TableLine(
        line.kind, subprogramme, line.category, line.text, line.number, line.deliverable, figures
    )


def _planned(
    row: DeliverableRow, told: TableLine, held: _Held | None, position: int
) -> PlannedLine:
    if held is None:
        return PlannedLine(row, Effect.MADE, (), told)
    is_same = (told.text, told.number, position) == (
        held.told.text,
        held.told.number,
        held.position,
    ) and _merged(held.told.figures, told.figures) == held.told.figures
    return PlannedLine(row, Effect.SAME if is_same else Effect.CHANGED, (), told, held.id)


def _merged(held: Figures, told: Figures) -> Figures:
    """Return what is held with what is told written over it; what is not told stays."""
    merged = dict(held)
    for year, (planned, actual) in told.items():
        before = held.get(year, (None, None))
        merged[year] = (
            before[0] if planned is None else planned,
            before[1] if actual is None else actual,
        )
    return merged


def _take(
    session: Session,
    done: PlannedLine,
    told: TableLine,
    position: int,
    language: str,
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    if done.line_id is None:
        line = DeliverableLine(
            kind=told.kind,
            category=told.category,
            deliverable=told.deliverable,
            language=language,
            figures=[],
            subprogramme_id=_subprogramme_id(session, done.row, told, language, actor=actor, at=at),
        )
        session.add(line)
    else:
        line = session.get_one(
            DeliverableLine, done.line_id, options=[selectinload(DeliverableLine.figures)]
        )
    line.text, line.number, line.position = told.text, told.number, position
    held = {row.year: row for row in line.figures}
    merged = _merged({year: (row.planned, row.actual) for year, row in held.items()}, told.figures)
    line.figures = [held.get(year) or DeliverableFigure(year=year) for year in sorted(merged)]
    for row in line.figures:
        row.planned, row.actual = merged[row.year]
    audit.record(
        session,
        actor=actor,
        at=at,
        action="deliverable_line.taken",
        subject=line,
        after={
            "text": told.text,
            "number": told.number,
            "figures": [
                [year, *map(_written, amounts)] for year, amounts in sorted(merged.items())
            ],
        },
    )


def _written(amount: object) -> str | None:
    return None if amount is None else str(amount)


def _subprogramme_id(
    session: Session,
    row: DeliverableRow,
    told: TableLine,
    language: str,
    *,
    actor: Actor | None,
    at: datetime,
) -> int | None:
    if not told.subprogramme:
        return None
    return subprogramme_numbered(
        session,
        told.subprogramme,
        name=named_subprogramme(row.subprogramme),
        language=language,
        actor=actor,
        at=at,
    ).id
