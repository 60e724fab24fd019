"""The mails to come of a large house: worked out when somebody asks, by a rule too, and kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from tracker.domain.permissions import Action, Actor, require
from tracker.domain.reminder_rules import ReminderRule, RuleTarget, UsualTimes
from tracker.models.outlooks import Outlook, OutlookMail
from tracker.queries.kept_outlooks import TASK_KIND, find_outlook_task
from tracker.queries.reminder_outlook import Ahead
from tracker.queries.reminder_rules import content_of
from tracker.queries.rule_trials import TASK_KIND as TRIAL
from tracker.services.background_tasks import request_task
from tracker.services.reminder_rules import check

_WRITTEN_AT_ONCE = 1_000  # mails


def ask_for_outlook(session: Session, *, actor: Actor, at: datetime) -> None:
    """Have the mails to come worked out in the background, unless that is done just now."""
    require(actor, Action.SEE_DELIVERIES)
    task = find_outlook_task(session)
    if task is None or task.is_over:
        request_task(session, kind=TASK_KIND, arguments={}, actor=actor, at=at)


def ask_for_trial(
    session: Session,
    *,
    target: RuleTarget,
    rule: ReminderRule,
    times: UsualTimes | None,
    actor: Actor,
    at: datetime,
) -> int:
    """Have it worked out in the background what a rule would change; return the id of the task."""
    require(actor, Action.SET_REMINDERS)
    check(rule, target, times)
    arguments = {"target": str(target), "content": content_of(rule, times)}
    return request_task(session, kind=TRIAL, arguments=arguments, actor=actor, at=at).id


def keep_outlook(
    session: Session, mails: Sequence[Ahead], *, at: datetime, until: datetime
) -> None:
    """Keep the mails to come, worked out at a moment for the days until another, in their order.

    What was kept before gives way.
    """
    session.execute(delete(OutlookMail))
    session.execute(delete(Outlook))
    outlook = Outlook(worked_out_at=at, reaches_until=until)
    session.add(outlook)
    session.flush()
    for begin in range(0, len(mails), _WRITTEN_AT_ONCE):
        session.execute(
            insert(OutlookMail),
            [
                {
                    "outlook_id": outlook.id,
                    "goes_out_at": mail.at,
                    "recipient_id": mail.recipient_id,
                    "counts": {kind.value: num for kind, num in mail.counts.items()},
                }
                for mail in mails[begin : begin + _WRITTEN_AT_ONCE]
            ],
        )
