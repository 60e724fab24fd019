"""Moving the planned days of an open period; the reports that are due with it move along."""

import logging
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.deadlines import overdue_from
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.period_plan import PeriodPlan, check_plan, moved_steps
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor
from tracker.domain.progress import check_reason
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import DueDate, ProgressReport, ReportingPeriod
from tracker.queries.period_moves import follows_period
from tracker.queries.periods import plan_of
from tracker.services import audit
from tracker.services.periods import body_session, take_period

logger = logging.getLogger(__name__)


def move_period(
    session: Session,
    *,
    period_id: int,
    version: int,
    plan: PeriodPlan,
    reason: str,
    actor: Actor,
    at: datetime,
) -> ReportingPeriod:
    """Set other days for an open period, for a reason that stays in the history.

    Unanswered reports that were due on the period's day are due on its new one, each by a further
    row of its due dates; those with a day of their own keep it. Raises Invalid at the field that
    is wrong, Stale when the period changed since ``version``.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    period = take_period(session, period_id, version)
    check_can_move(session, period, plan, today=at.date())
    check_reason(reason)
    before = plan_of(period)
    moved = 0
    if plan.due_on != before.due_on:
        moved = _move_reports(session, period, plan.due_on, reason.strip(), actor=actor, at=at)
    for name, value in plan.values().items():
        setattr(period, name, value)
    steps = moved_steps(before, plan)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="move_period",
        subject=period,
        before={step.step.value: step.before for step in steps},
        after={
            **{step.step.value: step.after for step in steps},
            "reason": reason.strip(),
            "report_count": moved,
        },
    )
    logger.info("period %s moved by person %s, %s reports", period.id, actor.person_id, moved)
    return period


def check_can_move(
    session: Session, period: ReportingPeriod, plan: PeriodPlan, *, today: date
) -> None:
    """Refuse days that the period cannot have, and a move that moves nothing."""
    if period.state is not PeriodState.OPEN:
        raise WrongState(
            "The period %(name)s takes no answers, so its days stay. Open it again first.",
            name=period.name,
        )
    before = plan_of(period)
    if before == plan:
        raise Invalid("No day differs from the plan as it is. Enter another day.")
    held = body_session(session, period.session_id)
    check_plan(plan, starts_on=period.starts_on, session_opens_on=held.opens_on if held else None)
    if plan.due_on < before.due_on and plan.due_on < today:
        raise Invalid(
            "The reports would be overdue at once. Enter a day from today on.", field="due_on"
        )


def _move_reports(
    session: Session,
    period: ReportingPeriod,
    due_on: date,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
) -> int:
    # The version of a report stays: another day makes nobody's unfinished form stale.
    zones = dict(
        session.execute(
            select(ProgressReport.id, OrganizationalUnit.time_zone)
            .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
            .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.unit_id)
            .where(ProgressReport.period_id == period.id, follows_period())
            .with_for_update(of=ProgressReport)
        ).all()
    )
    if not zones:
        return 0
    moments = {zone: overdue_from(due_on, zone) for zone in set(zones.values())}
    session.execute(
        insert(DueDate),
        [
            {
                "report_id": report_id,
                "due_on": due_on,
                "overdue_at": moments[zone],
                "reason": reason,
                "set_at": at,
                "set_by_id": actor.person_id,
            }
            for report_id, zone in zones.items()
        ],
    )
    for zone, overdue_at in moments.items():
        in_zone = select(OrganizationalUnit.id).where(OrganizationalUnit.time_zone == zone)
        session.execute(
            update(ProgressReport)
            .where(
                ProgressReport.period_id == period.id,
                ProgressReport.unit_id.in_(in_zone),
                ProgressReport.id.in_(
                    select(ProgressReport.id)
                    .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
                    .where(ProgressReport.period_id == period.id, follows_period())
                ),
            )
            .values(due_on=due_on, overdue_at=overdue_at)
            .execution_options(synchronize_session=False)
        )
    session.expire_all()
    return len(zones)
