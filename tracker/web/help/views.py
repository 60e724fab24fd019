"""Views of the help."""

from collections.abc import Iterable

from flask import Blueprint, current_app, render_template
from flask_babel import gettext, ngettext

from tracker.domain.compliance import DUE_SOON_DAYS
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Role, may_ever
from tracker.domain.reminder_limits import Limits
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.domain.reminders import ReminderKind
from tracker.queries.digest_times import find_choice
from tracker.queries.reminder_limits import limits_in_force, switches
from tracker.queries.reminder_rules import rule_book, target_names
from tracker.web import filters
from tracker.web.help.permitted import permitted_to
from tracker.web.help.reminder_rule import AROUND_A_DAY, Rhythm, rhythms
from tracker.web.help.words import MEANINGS, WORDS
from tracker.web.reminder_rules.words import (
    name_of,
    no_roll_up_line,
    times_line,
    weekdays_in_words,
    weekdays_line,
)
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

blueprint = Blueprint("help", __name__, url_prefix="/help")


@blueprint.get("")
@requires(Action.READ)
def index() -> str:
    mine = {held for held, _unit_id in actor().roles}
    return render_template(
        "help/index.html",
        mine=[role for role in Role if role in mine],
        others=[role for role in Role if role not in mine],
        may_open=may_open,
    )


@blueprint.get("/words")
@requires(Action.READ)
def words() -> str:
    return render_template(
        "help/words.html",
        words=[(gettext(word), gettext(meaning)) for word, meaning in WORDS],
        meanings={
            kind.__name__.lower(): [
                (member, gettext(meaning, days=DUE_SOON_DAYS)) for member, meaning in rows.items()
            ]
            for kind, rows in MEANINGS.items()
        },
    )


@blueprint.get("/reminders")
@requires(Action.READ)
def reminders() -> str:
    with reading() as session:
        book = rule_book(session)
        names = target_names(session, list(book.rules))
        choice = find_choice(session, actor().person_id)
        limits, switched = limits_in_force(session), switches(session)
    own = {name_of(names[target]): rule for target, rule in book.rules.items() if target in names}
    weekdays = map(int, choice.weekdays) if choice else book.times.weekdays
    return render_template(
        "help/reminders.html",
        rows=_rows(book.rule_of(HOUSE)),
        barred=no_roll_up_line(book.rule_of(HOUSE), limits),
        own=[
            (name, _rows(rule), _notes(rule, limits))
            for name, rule in sorted(own.items(), key=lambda each: each[0])
        ],
        limits=limits,
        is_by_rule=switched.is_on or any(switched.units.values()),
        has_chosen=choice is not None,
        my_weekdays=weekdays_in_words(weekdays),
        my_hour=f"{choice.hour if choice else book.times.hour:02}:00",
        usual=times_line(book.times),
    )


def _notes(rule: ReminderRule, limits: Limits) -> list[str]:
    """Return what else is to be known of a rule: its weekdays, and that nothing is escalated."""
    return [line for line in (weekdays_line(rule), no_roll_up_line(rule, limits)) if line]


def _rows(rule: ReminderRule) -> list[tuple[str, list[str], list[str]]]:
    """Return what a rule does: each occasion, when it is told, and to whom."""
    return [
        (
            filters.label(rhythm.kind),
            list(_when(rhythm)),
            [gettext(recipient) for recipient in rhythm.recipients],
        )
        for rhythm in rhythms(rule)
    ]


@blueprint.get("/<name>")
@requires(Action.READ)
def role(name: str) -> str:
    found = next((role for role in Role if _slug(role) == name), None)
    if found is None:
        raise NotFound("There is no such page of help. Choose one from the list.")
    return render_template(
        f"help/{found}.html", role=found, permitted=permitted_to(found), may_open=may_open
    )


def may_open(endpoint: str) -> bool:
    """Tell whether the reader may open the page of ``endpoint``."""
    action = getattr(current_app.view_functions[endpoint], "action", None)
    return action is not None and may_ever(actor(), action)


@blueprint.app_template_filter("help_address")
def _slug(role: Role) -> str:
    return role.value.replace("_", "-")


def _when(rhythm: Rhythm) -> Iterable[str]:
    for day in rhythm.days:
        yield _day_in_words(day, rhythm.kind)
    if rhythm.repeat_days is not None and rhythm.most is None:
        yield ngettext(
            "then every day until it is answered",
            "then every %(num)s days until it is answered",
            rhythm.repeat_days,
        )
    elif rhythm.repeat_days is not None:
        yield ngettext(
            "then every day, %(most)s times in all at most",
            "then every %(num)s days, %(most)s times in all at most",
            rhythm.repeat_days,
            most=rhythm.most,
        )


def _day_in_words(day: int, kind: ReminderKind) -> str:
    if kind is ReminderKind.SLOT:
        return _before_slot(-day)
    if kind not in AROUND_A_DAY:
        return (
            ngettext("after %(num)s day", "after %(num)s days", day)
            if day
            else gettext("with the next round of mail")
        )
    if day < 0:
        return ngettext("%(num)s day before the due day", "%(num)s days before the due day", -day)
    if day == 0:
        return gettext("on the due day")
    return ngettext("%(num)s day after the due day", "%(num)s days after the due day", day)


def _before_slot(days: int) -> str:
    if not days:
        return gettext("on the day of the slot")
    return ngettext("%(num)s day before the slot", "%(num)s days before the slot", days)
