"""Views of the help."""

from collections.abc import Iterable

from babel.dates import get_day_names
from flask import Blueprint, current_app, render_template
from flask_babel import gettext, ngettext

from tracker.domain.compliance import DUE_SOON_DAYS
from tracker.domain.digest_times import DEFAULT_HOUR, DEFAULT_WEEKDAYS
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Role, may_ever
from tracker.web import filters
from tracker.web.help.permitted import permitted_to
from tracker.web.help.reminder_rule import AROUND_DUE_DAY, Rhythm, rhythms
from tracker.web.help.words import MEANINGS, WORDS
from tracker.web.security import actor, requires

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
    return render_template(
        "help/reminders.html",
        rows=[
            (
                filters.label(rhythm.kind),
                list(_when(rhythm)),
                [gettext(recipient) for recipient in rhythm.recipients],
            )
            for rhythm in rhythms()
        ],
        usual_weekdays=_weekdays(),
        usual_hour=f"{DEFAULT_HOUR:02}:00",
    )


def _weekdays() -> str:
    """Return the weekdays on which mail comes to who chose none, in the language of the page."""
    names = get_day_names("wide", context="format", locale=filters.language())
    return ", ".join(names[day] for day in sorted(DEFAULT_WEEKDAYS))


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
        yield _day_in_words(day, is_around_due_day=rhythm.kind in AROUND_DUE_DAY)
    if rhythm.repeat_days is not None:
        yield ngettext(
            "then every day until it is answered",
            "then every %(num)s days until it is answered",
            rhythm.repeat_days,
        )


def _day_in_words(day: int, *, is_around_due_day: bool) -> str:
    if not is_around_due_day and day == 0:
        return gettext("with the next round of mail")
    if not is_around_due_day:
        return ngettext("after %(num)s day", "after %(num)s days", day)
    if day < 0:
        return ngettext("%(num)s day before the due day", "%(num)s days before the due day", -day)
    if day == 0:
        return gettext("on the due day")
    return ngettext("%(num)s day after the due day", "%(num)s days after the due day", day)
