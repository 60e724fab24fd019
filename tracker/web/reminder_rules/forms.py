"""The form of a rule of reminders."""

from babel.dates import get_day_names
from flask_babel import lazy_gettext
from wtforms import SelectField, SelectMultipleField, StringField

from tracker.domain.digest_times import WEEKDAYS
from tracker.domain.errors import Invalid
from tracker.domain.reminder_rules import HOUSE, ReminderRule, RuleTarget, UsualTimes, read_days
from tracker.domain.reminders import RULED, ReminderKind
from tracker.web import filters
from tracker.web.choices import label_choices
from tracker.web.forms import VersionedForm
from tracker.web.reminder_rules.words import listed

_HOURS = range(24)


class RuleForm(VersionedForm):
    """A rule; its version is the number of the newest one that the person saw."""

    kinds = SelectMultipleField(lazy_gettext("Remind when"))
    due_days = StringField(
        lazy_gettext("Days before the due day"),
        description=lazy_gettext(
            "With commas between them; 0 is the due day itself. Empty: nobody is reminded before."
        ),
    )
    slot_days = StringField(
        lazy_gettext("Days before the slot of the document"),
        description=lazy_gettext(
            "The slot is the day on which the document reaches the conference service, as the plan "
            "of the period says. Empty: nobody is reminded of it."
        ),
    )
    repeat_days = StringField(
        lazy_gettext("Again after how many days"),
        description=lazy_gettext(
            "After the due day, and while a text waits for clearance. Empty: it is told once."
        ),
    )
    most_repeats = StringField(
        lazy_gettext("How often at most"),
        description=lazy_gettext("Empty: until it is answered or cleared."),
    )
    weekdays = SelectMultipleField(
        lazy_gettext("Weekdays on which mail comes"),
    )
    hour = SelectField(lazy_gettext("Hour at which mail comes"))

    def offer(self) -> "RuleForm":
        """Offer occasions, weekdays and hours in the language of the page."""
        names = get_day_names("wide", context="stand-alone", locale=filters.language())
        self.kinds.choices = label_choices(kind for kind in ReminderKind if kind in RULED)
        self.weekdays.choices = [(str(day), names[day].capitalize()) for day in WEEKDAYS]
        self.hour.choices = [(str(hour), f"{hour:02}:00") for hour in _HOURS]
        return self

    def rule(self, target: RuleTarget) -> ReminderRule:
        """Return the rule that was entered; raise Invalid at the field that is no number.

        The weekdays of the house are no part of its rule but those of ``times``.
        """
        told = set(self.kinds.data or ())
        weekdays = self._chosen_weekdays()
        return ReminderRule(
            read_days(self.due_days.data or "", field="due_days"),
            read_days(self.slot_days.data or "", field="slot_days"),
            _number(self.repeat_days.data, "repeat_days"),
            _number(self.most_repeats.data, "most_repeats"),
            frozenset(kind.value for kind in RULED) - told,
            weekdays if weekdays and target != HOUSE else None,
        )

    def times(self) -> UsualTimes:
        """Return the usual times that were entered; raise Invalid for an hour of no day."""
        hour = self.hour.data or ""
        if hour not in map(str, _HOURS):
            raise Invalid("Choose an hour from the list.", field="hour")
        return UsualTimes(self._chosen_weekdays(), int(hour))

    def _chosen_weekdays(self) -> frozenset[int]:
        chosen = set(self.weekdays.data or ())
        return frozenset(day for day in WEEKDAYS if str(day) in chosen)


def values_of(rule: ReminderRule, times: UsualTimes, target: RuleTarget) -> dict[str, object]:
    """Return what the form shows of a rule of a target."""
    weekdays = times.weekdays if target == HOUSE else rule.weekdays or ()
    return {
        "kinds": [kind.value for kind in RULED if kind not in rule.silent],
        "due_days": listed(rule.due_days),
        "slot_days": listed(rule.slot_days),
        "repeat_days": str(rule.repeat_days or ""),
        "most_repeats": str(rule.most_repeats or ""),
        "weekdays": [str(day) for day in sorted(weekdays)],
        "hour": str(times.hour),
    }


def _number(words: str | None, field: str) -> int | None:
    plain = (words or "").strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 4):
        raise Invalid(
            "“%(words)s” is no number. Enter one in digits, or leave the field empty.",
            field=field,
            words=plain[:40],
        )
    return int(plain)
