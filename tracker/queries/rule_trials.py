"""Trials of rules of reminders in the background, where very many reports wait."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.reminder_rules import ReminderRule, RuleTarget, UsualTimes
from tracker.domain.reminders import ReminderKind
from tracker.queries.jobs import TaskProgress, find_task
from tracker.queries.reminder_outlook import ChangedMail, Comparison
from tracker.queries.reminder_rules import rule_of, target_of, times_of

TASK_KIND = "rule_trial"
TRIAL_DAYS = 14
MOST_SHOWN = 100  # mails that a rule would change


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """A rule that is tried for a target; ``comparison`` is there once that is done."""

    target: RuleTarget
    rule: ReminderRule
    times: UsualTimes | None
    task: TaskProgress
    comparison: Comparison | None


def find_trial(session: Session, task_id: int) -> RuleTrial | None:
    """Return the trial that a task does or did, None where there is none. One statement."""
    task = find_task(session, task_id)
    if task is None or task.kind != TASK_KIND:
        return None
    target, rule, times = tried_rule(task.arguments)
    comparison = _comparison(task.result) if task.result else None
    return RuleTrial(target, rule, times, task, comparison)


def tried_rule(
    arguments: Mapping[str, Any],
) -> tuple[RuleTarget, ReminderRule, UsualTimes | None]:
    """Return the target, the rule and the usual times that the arguments of a task name."""
    content = arguments["content"]
    return target_of(arguments["target"]), rule_of(content), times_of(content)


def as_result(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as the result of a task holds it."""
    return asdict(comparison) | {
        "changed": [asdict(mail) | {"at": mail.at.isoformat()} for mail in comparison.changed]
    }


def _comparison(result: Mapping[str, Any]) -> Comparison:
    changed = [
        ChangedMail(
            datetime.fromisoformat(mail["at"]),
            mail["recipient_id"],
            mail["recipient"],
            _counts(mail["now"]),
            _counts(mail["then"]),
        )
        for mail in result["changed"]
    ]
    return Comparison(result["now"], result["then"], changed, result["changed_count"])


def _counts(counts: Mapping[str, int] | None) -> Mapping[ReminderKind, int] | None:
    return None if counts is None else {ReminderKind(kind): num for kind, num in counts.items()}
