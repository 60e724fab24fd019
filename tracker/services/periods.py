"""Reporting periods: opened, which asks for the reports, locked, frozen, and opened again."""

import logging
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain import periods as period_rules
from tracker.domain import permissions
from tracker.domain.errors import N_, Duplicate, Invalid, NotFound, Stale, WrongState
from tracker.domain.period_plan import PeriodPlan, check_plan
from tracker.domain.periods import PeriodState, Span
from tracker.domain.permissions import Action, Actor
from tracker.domain.progress import check_reason
from tracker.models.instruments import BodySession
from tracker.models.progress import ReportingPeriod
from tracker.queries.asked_mandates import asked_mandates, digest_of
from tracker.services import audit
from tracker.services.asking import ask_all
from tracker.services.frozen_reports import freeze_reports, thaw_reports

logger = logging.getLogger(__name__)

NAME_LENGTH = 60
_ALREADY = {
    PeriodState.OPEN: N_("The period %(name)s is open already."),
    PeriodState.LOCKED: N_("The period %(name)s is locked already."),
    PeriodState.FROZEN: N_(
        "The final edition of the report on %(name)s is made already, so the period is closed."
    ),
}


def open_period(
    session: Session,
    *,
    starts_on: date,
    ends_on: date,
    plan: PeriodPlan,
    body_session_id: int | None = None,
    name: str | None = None,
    seen: str | None = None,
    actor: Actor,
    at: datetime,
) -> ReportingPeriod:
    """Open a period and ask for a report on each mandate that is to be reported on.

    Without a name the period goes by its years ("2024-2025"). ``seen`` is the digest of the asking
    that the person saw beforehand. Raises Duplicate when the name is taken, Invalid when the dates
    contradict each other, and Stale when another would be asked by now than was seen.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    span = Span(starts_on, ends_on)
    held_session = body_session(session, body_session_id)
    check_plan(
        plan,
        starts_on=starts_on,
        session_opens_on=held_session.opens_on if held_session else None,
    )
    if seen is not None and seen != digest_of(asked_mandates(session)):
        raise Stale(
            "Who is asked has changed since you looked: mandates were confirmed, assigned or "
            "cleared. Nothing was opened. Look at it again, then confirm."
        )
    period = ReportingPeriod(
        name=_name(name, span),
        kind=period_rules.kind_of(span),
        starts_on=starts_on,
        ends_on=ends_on,
        **plan.values(),
        session_id=held_session.id if held_session else None,
        opened_at=at,
        opened_by_id=actor.person_id,
        state=PeriodState.OPEN,
    )
    _add_unless_taken(session, period)
    count = ask_all(session, period, actor=actor, at=at)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="open_period",
        subject=period,
        after={
            "name": period.name,
            "starts_on": starts_on,
            "ends_on": ends_on,
            **plan.values(),
            "report_count": count,
        },
    )
    logger.info("period %s opened by person %s, %s reports", period.id, actor.person_id, count)
    return period


def lock_period(
    session: Session, *, period_id: int, version: int, actor: Actor, at: datetime
) -> ReportingPeriod:
    """Take no more answers for the period; what is submitted can still be cleared."""
    permissions.require(actor, Action.OPEN_PERIOD)
    period = take_period(session, period_id, version)
    if period.state is PeriodState.FROZEN:
        raise WrongState(_ALREADY[PeriodState.FROZEN], name=period.name)
    _set_state(session, period, PeriodState.LOCKED, "lock_period", actor=actor, at=at)
    return period


def freeze_period(
    session: Session, *, period: ReportingPeriod, edition_number: int, actor: Actor, at: datetime
) -> None:
    """Close a period with its final edition: the texts it stands on are frozen, the rest locked."""
    permissions.require(actor, Action.GENERATE_REPORT)
    freeze_reports(session, period_id=period.id, actor=actor, at=at)
    _set_state(
        session,
        period,
        PeriodState.FROZEN,
        "freeze_period",
        actor=actor,
        at=at,
        why={"edition": edition_number},
    )


def reopen_period(
    session: Session, *, period_id: int, version: int, reason: str, actor: Actor, at: datetime
) -> ReportingPeriod:
    """Take answers for the period again; texts frozen by a final edition can be changed again.

    The edition stays as it was made. Raises Invalid without a reason.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    period = take_period(session, period_id, version)
    check_reason(reason)
    if period.state is PeriodState.FROZEN:
        thaw_reports(session, period_id=period.id, actor=actor, at=at)
    _set_state(
        session,
        period,
        PeriodState.OPEN,
        "reopen_period",
        actor=actor,
        at=at,
        why={"reason": reason.strip()},
    )
    return period


def take_period(session: Session, period_id: int, version: int) -> ReportingPeriod:
    """Return the period, locked until the transaction ends; raise NotFound or Stale."""
    period = session.get(ReportingPeriod, period_id, with_for_update=True)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one from the list of periods.")
    if period.version != version:
        raise Stale(
            "Somebody else changed this period since you opened the page. Nothing was overwritten: "
            "look at it again and repeat your change."
        )
    return period


def _set_state(
    session: Session,
    period: ReportingPeriod,
    state: PeriodState,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    why: Mapping[str, object] | None = None,
) -> None:
    if period.state is state:
        raise WrongState(_ALREADY[state], name=period.name)
    before = period.state
    period.state = state
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=period,
        before={"state": before},
        after={"state": state, **(why or {})},
    )
    logger.info("period %s: %s by person %s", period.id, action, actor.person_id)


def _name(name: str | None, span: Span) -> str:
    given = (name or "").strip() or period_rules.name_of(span)
    if len(given) > NAME_LENGTH:
        raise Invalid(
            "The name has more than %(length)s characters. Enter a shorter one.",
            field="name",
            length=NAME_LENGTH,
        )
    return given


def body_session(session: Session, body_session_id: int | None) -> BodySession | None:
    """Return the session that a period reports to, None for none; raise Invalid for an unknown."""
    if body_session_id is None:
        return None
    found = session.get(BodySession, body_session_id)
    if found is None:
        raise Invalid(
            "There is no such session of a body. Choose one from the list.",
            field="body_session_id",
        )
    return found


def _add_unless_taken(session: Session, period: ReportingPeriod) -> None:
    taken = Duplicate(
        "There is already a reporting period named %(name)s. Open that one, or enter another name.",
        name=period.name,
    )
    if session.scalar(select(ReportingPeriod.id).where(ReportingPeriod.name == period.name)):
        raise taken
    session.add(period)
    try:
        session.flush()
    except IntegrityError as error:  # another session took the name since we looked
        raise taken from error
