"""Escalation: what may be told to the chief of a unit, when, and how it is announced before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.absences import Absence
from tracker.domain.digest_times import DigestTimes, is_working_day, moment_on
from tracker.domain.errors import N_, Invalid, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminder_limits import Limit, Limits
from tracker.domain.reminder_rules import ReminderRule
from tracker.domain.reminders import (
    Occasion,
    ReminderKind,
    ReportFacts,
    answerers,
    answerers_at,
    reached,
)
from tracker.domain.workflow import Review

LONGEST_SUBJECT = 150
LONGEST_TEXT = 4_000
LONGEST_REASON = 2_000
"""Characters."""
AHEAD = N_(
    "From %(day)s on the chief of your unit may be told that no answer has come. Any answer stops "
    "that: a text, a question, a request for more time, or that it is not yours."
)
READY = N_("Unanswered since %(day)s; reminders delivered: %(num)s.")
NONE_AFTER_DUE_DAY = N_(
    "By this rule no roll-up is ever proposed: it takes a reminder after the due day, and none "
    "goes out then."
)
TOO_FEW = N_(
    "By this rule no roll-up is ever proposed: it takes %(needed)s delivered reminders about the "
    "due day, and these steps give %(most)s at most."
)


class Decision(StrEnum):
    """What was decided about a proposed roll-up, or about some items of it; the newest holds."""

    SEND = "send"
    SET_ASIDE = "set_aside"
    PROPOSE_AGAIN = "propose_again"


@dataclass(frozen=True, slots=True)
class Chief:
    """A manager of a unit: whom a roll-up of the unit may go to, and when their mail comes."""

    person_id: int
    times: DigestTimes


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder about the due date that holds now, which somebody got."""

    name: str
    recipient_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SilentReport:
    """An overdue report to which no answer of any kind has come.

    ``chiefs`` are the managers of the unit alone, never anybody above them; ``is_decided`` says
    that it is in a roll-up already, or was set aside; ``is_by_rule`` that the unit's roll-ups go
    out by themselves. ``announced_at`` is when those who now answer were told that it will.
    """

    report: ReportFacts
    unit_id: int
    told: tuple[Told, ...]
    chiefs: tuple[Chief, ...] = ()
    is_decided: bool = False
    is_by_rule: bool = False
    announced_at: datetime | None = None

    def reminders(self, at: datetime, absences: Iterable[Absence] = ()) -> tuple[datetime, ...]:
        """Return when each reminder reached those who answer now, the first first."""
        mine = answerers(self.report) | answerers_at(self.report, at, absences)
        first: dict[str, datetime] = {}
        for each in sorted(self.told, key=lambda each: each.at):
            if each.recipient_id in mine:
                first.setdefault(each.name, each.at)
        return tuple(sorted(first.values()))

    @property
    def chief(self) -> Chief | None:
        """Return whom a roll-up would go to: the first of the managers who is not asked."""
        return next((each for each in self.chiefs if self.may_tell(each.person_id)), None)

    @property
    def goes_by_rule(self) -> bool:
        """Tell whether its roll-up goes out by itself, announced to those who answer."""
        return self.is_by_rule and self.chief is not None

    def may_tell(self, person_id: int) -> bool:
        """Tell whether a roll-up about the report may go to a person.

        They are a manager of its unit itself and are not asked for the report.
        """
        is_chief = any(each.person_id == person_id for each in self.chiefs)
        return is_chief and person_id not in answerers(self.report)


def is_unanswered(silent: SilentReport, at: datetime) -> bool:
    """Tell whether an answer is still missing, which is asked again when a roll-up is sent."""
    report = silent.report
    return report.is_asked and report.review is Review.OPEN and at >= report.overdue_at


def is_ripe(
    silent: SilentReport, limits: Limits, at: datetime, absences: Iterable[Absence] = ()
) -> bool:
    """Tell whether a report may be proposed for a roll-up at the moment.

    As many reminders as the limit says were delivered to those who answer now, one of them after
    the due day, and since then some days have passed. Later reminders do not put it off.
    """
    if silent.is_decided or not is_unanswered(silent, at):
        return False
    begins = ripe_from(silent, limits, at, absences)
    return begins is not None and at >= begins


def ripe_from(
    silent: SilentReport, limits: Limits, at: datetime, absences: Iterable[Absence] = ()
) -> datetime | None:
    """Return from when on the reminders delivered so far suffice, as far as anybody reads them.

    ``at`` says who answers. None where they do not suffice.
    """
    enough = silent.reminders(at, absences)[limits[Limit.REMINDERS] - 1 :]
    last_due = next((moment for moment in enough if moment >= silent.report.overdue_at), None)
    return None if last_due is None else last_due + timedelta(days=limits[Limit.SILENCE])


def most_reminders(rule: ReminderRule) -> int | None:
    """Return how many reminders a rule gives that count for a roll-up; None: as many as needed.

    Those about the due day count, and none does without one after it.
    """
    if ReminderKind.OVERDUE in rule.silent:
        return 0
    before = 0 if ReminderKind.DUE in rule.silent else len(rule.due_days)
    if rule.repeat_days is None:
        return before + 1
    return None if rule.most_repeats is None else before + rule.most_repeats


def why_no_roll_up(rule: ReminderRule, limits: Limits) -> Phrase | None:
    """Return why nothing that goes by a rule can ever be proposed; None where it can."""
    most, needed = most_reminders(rule), limits[Limit.REMINDERS]
    if most is None or most >= needed:
        return None
    return Phrase(TOO_FEW, {"needed": needed, "most": most}) if most else Phrase(NONE_AFTER_DUE_DAY)


def told_from(chief: Chief, announced_at: datetime, limits: Limits) -> date:
    """Return the first day on which a chief may be told of what was announced at the moment.

    Days of notice are counted where the chief is; it is a working day of theirs.
    """
    day = announced_at.astimezone(ZoneInfo(chief.times.time_zone)).date()
    day += timedelta(days=limits[Limit.NOTICE])
    while not is_working_day(chief.times, day):
        day += timedelta(days=1)
    return day


def goes_out_at(
    silent: SilentReport, limits: Limits, at: datetime, absences: Iterable[Absence] = ()
) -> bool:
    """Tell whether the rule sends a report to the chief of its unit at the moment.

    Only where the rule is on, after it was announced and the days of notice have passed; at the
    hour of the chief's mail or later on a working day, and not while the chief is away.
    """
    chief = silent.chief
    if not silent.is_by_rule or silent.announced_at is None or chief is None:
        return False
    if not is_ripe(silent, limits, at, absences) or _is_away(chief, at, absences):
        return False
    today = at.astimezone(ZoneInfo(chief.times.time_zone)).date()
    return (
        today >= told_from(chief, silent.announced_at, limits)
        and is_working_day(chief.times, today)
        and at >= moment_on(chief.times, today)
    )


def escalation_occasions(
    silent: SilentReport,
    limits: Limits,
    coordinators: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Occasion]:
    """Yield who is to be told: by rule those who answer, in advance; else the coordinators."""
    away = list(absences)
    if not is_ripe(silent, limits, at, away):
        return
    report, chief = silent.report, silent.chief if silent.is_by_rule else None
    key = f"{report.report_id}:{report.due_on.isoformat()}"
    if chief is not None:
        day = told_from(chief, silent.announced_at or at, limits)
        model = _occasion(silent, f"escalation-ahead:{key}", Phrase(AHEAD, {"day": day}))
        people = reached(answerers(report), away, at, Capacity.DEPUTY)
        kind = ReminderKind.ESCALATION_AHEAD
    else:
        values = {"day": report.due_on, "num": len(silent.reminders(at, away))}
        model = _occasion(silent, f"escalation-ready:{key}", Phrase(READY, values))
        people = reached(coordinators, away, at, Capacity.DEPUTY)
        kind = ReminderKind.ESCALATION_READY
    for recipient_id, absent in sorted(people.items()):
        yield replace(model, kind=kind, recipient_id=recipient_id, in_place_of=absent)


def roll_up_key(report_id: int, due_on: date) -> str:
    """Return the name of the occasion on which a chief is told of a report, once for ever."""
    return f"escalation:{report_id}:{due_on.isoformat()}"


def check_words(subject: str, text: str) -> tuple[str, str]:
    """Return subject and text of a roll-up without blanks around them; refuse what is no mail."""
    plain_subject, plain = " ".join(subject.split()), text.replace("\r\n", "\n").strip()
    if not plain_subject or len(plain_subject) > LONGEST_SUBJECT:
        raise Invalid(
            "Enter a subject of at most %(most)s characters.", field="subject", most=LONGEST_SUBJECT
        )
    if not plain or len(plain) > LONGEST_TEXT:
        raise Invalid(
            "Write what the mail shall say above the list, in at most %(most)s characters.",
            field="text",
            most=LONGEST_TEXT,
        )
    return plain_subject, plain


def check_reason(reason: str) -> str:
    """Return the reason for which a roll-up is set aside; refuse none."""
    plain = reason.strip()
    if not plain or len(plain) > LONGEST_REASON:
        raise Invalid(
            "Say why, in at most %(most)s characters, so that whoever looks next knows.",
            field="reason",
            most=LONGEST_REASON,
        )
    return plain


def _occasion(silent: SilentReport, name: str, note: Phrase) -> Occasion:
    return Occasion(
        name=name,
        kind=ReminderKind.ESCALATION_READY,
        report_id=silent.report.report_id,
        due_on=silent.report.due_on,
        recipient_id=0,
        note=note,
    )


def _is_away(chief: Chief, at: datetime, absences: Iterable[Absence]) -> bool:
    return any(each.person_id == chief.person_id and each.holds_at(at) for each in absences)
