"""A division's sheet: handed out, and taken when it comes back, whole or not at all."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.rehearsal import Effect, require_as_rehearsed, require_unchanged
from tracker.domain.unit_sheets import FilledSheet, UnitSheet, new_code, text_to_stored
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ReportingPeriod
from tracker.models.unit_sheets import HandedSheet
from tracker.queries.unit_sheets import sheet_items
from tracker.services import audit
from tracker.services.kept_points import say_points
from tracker.services.progress import save_draft, submit_report
from tracker.services.sheet_plans import PlannedItem, SheetPlan, plan_sheet

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenSheet:
    """How many reports a sheet gave a draft, submitted, and left; and action points changed."""

    drafts: int
    submitted: int
    unchanged: int
    points: int = 0


def hand_out_sheet(
    session: Session,
    *,
    unit_id: int,
    period_id: int,
    language: str,
    actor: Actor,
    at: datetime,
) -> UnitSheet:
    """Make the sheet of a unit for an open period and return what stands in it.

    Raises WrongState when the period takes no answers, Invalid when the unit is asked nothing.
    """
    require(actor, Action.WRITE_PROGRESS, unit_id=unit_id)
    unit = session.get(OrganizationalUnit, unit_id)
    period = session.get(ReportingPeriod, period_id)
    if unit is None or period is None:
        raise NotFound("There is no such unit or period. Choose the sheet from the list.")
    if period.state is not PeriodState.OPEN:
        raise WrongState(
            "The period %(name)s takes no answers any more, so there is no sheet to fill in. "
            "Ask the coordinator if it should be opened again.",
            name=period.name,
        )
    items = sheet_items(
        session, unit_id=unit_id, period_id=period_id, language=language, actor=actor, at=at
    )
    if not items:
        raise Invalid("This unit is asked nothing in this period, so its sheet would be empty.")
    handed = HandedSheet(
        code=new_code(),
        unit_id=unit_id,
        period_id=period_id,
        language=language,
        items=[
            {
                "report": item.report_id,
                "citation": item.citation,
                "text": text_to_stored(item.text),
                "points": [
                    {"text": point.text, "status": point.status.value if point.status else ""}
                    for point in item.points
                ],
            }
            for item in items
        ],
        made_at=at,
        made_by_id=actor.person_id,
    )
    session.add(handed)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="hand_out_sheet",
        subject=handed,
        after={"unit_id": unit_id, "period_id": period_id, "items": len(items)},
    )
    return UnitSheet(
        code=handed.code,
        unit=unit.name,
        period_name=period.name,
        language=language,
        made_on=at.astimezone(ZoneInfo(actor.time_zone)).date(),
        items=items,
    )


def take_sheet(
    session: Session,
    filled: FilledSheet,
    *,
    submits: bool = False,
    given_by: str = "",
    leave: Collection[int] = (),
    actor: Actor,
    at: datetime,
    seal: str | None = None,
) -> TakenSheet:
    """Take a sheet: what changed becomes drafts of the actor.

    With ``submits``, what is complete is submitted. The items whose numbers are in ``leave`` stay
    as they are on the page. Taking the same file again changes nothing. Raises Invalid when another
    item is refused, Stale when the sheet would do something else than what was shown under
    ``seal``, and whatever refuses a submission.
    """
    plan = plan_sheet(session, filled, actor=actor, at=at)
    if seal is not None:
        require_unchanged(plan.rows, seal)
    rows = [row for row in plan.rows if row.row.line not in leave]
    require_as_rehearsed(rows, None)
    drafts = submitted = points = 0
    # Always in the same order, so that two people who bring sheets at once never wait in a ring.
    for row in sorted(rows, key=lambda each: each.report_id):
        if row.points:
            statuses = {point.text: point.after for point in row.points}
            say_points(session, mandate_id=row.mandate_id, statuses=statuses, actor=actor, at=at)
            points += len(row.points)
        if submits and row.can_be_submitted:
            _submit(session, row, given_by, actor=actor, at=at)
            submitted += 1
        elif row.text != row.before:
            save_draft(session, report_id=row.report_id, text=row.text, actor=actor, at=at)
            drafts += 1
    taken = TakenSheet(drafts, submitted, len(rows) - drafts - submitted, points)
    _note_taken(session, plan, taken, actor=actor, at=at)
    return taken


def keep_waiting(
    session: Session, plan: SheetPlan, *, digest: str, actor: Actor, at: datetime
) -> None:
    """Keep a sheet that came by mail and cannot be taken whole, until its sender looks at it."""
    handed = session.get_one(HandedSheet, plan.sheet_id)
    handed.waiting_digest, handed.waiting_since = digest, at
    handed.waiting_for_id = actor.person_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="keep_sheet_waiting",
        subject=handed,
        after={"refused": sum(row.effect is Effect.REFUSED for row in plan.rows)},
    )


def _submit(
    session: Session, row: PlannedItem, given_by: str, *, actor: Actor, at: datetime
) -> None:
    submit_report(
        session,
        report_id=row.report_id,
        version=row.version,
        text=row.text,
        given_by=given_by,
        actor=actor,
        at=at,
    )


def _note_taken(
    session: Session, plan: SheetPlan, taken: TakenSheet, *, actor: Actor, at: datetime
) -> None:
    handed = session.get_one(HandedSheet, plan.sheet_id)
    handed.waiting_digest = handed.waiting_since = handed.waiting_for_id = None
    if not taken.drafts and not taken.submitted and not taken.points:
        return
    audit.record(
        session,
        actor=actor,
        at=at,
        action="take_sheet",
        subject=handed,
        after={
            "drafts": taken.drafts,
            "submitted": taken.submitted,
            "action_points": taken.points,
        },
    )
    logger.info("sheet %s taken: %s drafts, %s submitted", handed.id, taken.drafts, taken.submitted)
