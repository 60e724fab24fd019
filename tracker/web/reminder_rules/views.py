"""Views of the rules of reminders: those in force, and one set, tried out or taken away."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.names import Named
from tracker.domain.permissions import Action
from tracker.domain.reminder_limits import Limits
from tracker.domain.reminder_rules import (
    HOUSE,
    ReminderRule,
    RuleBook,
    RuleScope,
    RuleTarget,
    UsualTimes,
)
from tracker.queries.jobs import TaskProgress
from tracker.queries.kept_outlooks import is_worked_out_apart
from tracker.queries.reminder_limits import limits_in_force
from tracker.queries.reminder_outlook import Comparison, compare_books
from tracker.queries.reminder_rules import (
    TargetName,
    bodies_and_units,
    rule_book,
    rules_of,
    target_for_mandate,
    target_names,
)
from tracker.queries.rule_trials import MOST_SHOWN, TRIAL_DAYS, find_trial
from tracker.services.outlooks import ask_for_trial
from tracker.services.reminder_rules import check, set_rule, withdraw_rule
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.reminder_rules.forms import RuleForm, values_of
from tracker.web.reminder_rules.words import (
    name_of,
    no_roll_up_line,
    rule_lines,
    times_line,
    weekdays_in_words,
)
from tracker.web.security import actor, requires
from tracker.web.shown_names import named
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("reminder_rules", __name__, url_prefix="/admin/reminder-rules")
Page = str | tuple[str, int] | Response


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule as the pages show it; of a target without one of its own, what applies instead."""

    name: str
    target: RuleTarget
    lines: tuple[str, ...]
    warning: str


@blueprint.get("")
@requires(Action.SET_REMINDERS)
def index() -> str:
    with reading() as session:
        book = rule_book(session)
        names = target_names(session, [HOUSE, *book.rules])
        bodies, units = bodies_and_units(session)
        limits = limits_in_force(session)
    shown = [_shown(names[target], book.rule_of(target), limits) for target in names]
    return render_template(
        "reminder_rules/index.html",
        house=next(each for each in shown if each.target == HOUSE),
        times=times_line(book.times),
        own=sorted(
            (each for each in shown if each.target != HOUSE),
            key=lambda each: (list(RuleScope).index(each.target.scope), each.name),
        ),
        choices=[
            (gettext("Bodies"), [(f"body:{key}", named(Named.BODY, name)) for key, name in bodies]),
            (gettext("Units"), [(f"unit:{key}", named(Named.UNIT, name)) for key, name in units]),
        ],
    )


@blueprint.get("/rule")
@requires(Action.SET_REMINDERS)
def show() -> Page:
    target = _asked_target()
    with reading() as session:
        history = rules_of(session, target)
        book = rule_book(session)
        values = values_of(book.rule_of(_in_force(session, book, target)), book.times, target)
        values["version"] = history[0].number if history else 0
        return _rule_page(session, target, RuleForm(formdata=None, data=values))


@blueprint.get("/trials/<int:task_id>")
@requires(Action.SET_REMINDERS)
def show_trial(task_id: int) -> Page:
    with reading() as session:
        trial = find_trial(session, task_id)
        if trial is None:
            raise NotFound("There is no such trial. Choose a rule in the list and try it anew.")
        history = rules_of(session, trial.target)
        times = trial.times or rule_book(session).times
        values = values_of(trial.rule, times, trial.target)
        values["version"] = history[0].number if history else 0
        form = RuleForm(formdata=None, data=values)
        return _rule_page(session, trial.target, form, trial.comparison, trial.task)


@blueprint.post("/rule")
@requires(Action.SET_REMINDERS)
def change() -> Page:
    target, act = _asked_target(), request.form.get("act", "")
    form = RuleForm().offer()
    if act == "withdraw":
        return _withdrawn(target, form)
    try:
        rule, times = form.rule(target), form.times() if target == HOUSE else None
        check(rule, target, times)
        if act == "try":
            return _tried(target, form, rule, times)
        with transaction() as session:
            set_rule(
                session,
                target=target,
                rule=rule,
                times=times,
                seen_number=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        return _refused(target, form, refusal)
    flash(gettext("The rule is saved. Planning goes by it from the next full hour on."), "success")
    return redirect(url_for("reminder_rules.show", target=str(target)), 303)


def _in_force(session: Session, book: RuleBook, target: RuleTarget) -> RuleTarget:
    """Return the target whose rule applies to this one now."""
    if target in book.rules:
        return target
    if target.scope is RuleScope.MANDATE and target in target_names(session, [target]):
        return target_for_mandate(session, book, target.id)
    return HOUSE


def _withdrawn(target: RuleTarget, form: RuleForm) -> Page:
    try:
        with transaction() as session:
            withdraw_rule(
                session,
                target=target,
                seen_number=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Stale, WrongState) as refusal:
        return _refused(target, form, refusal)
    flash(
        gettext("The usual rule holds again.")
        if target == HOUSE
        else gettext("The rule is taken away; the next wider one applies."),
        "success",
    )
    return redirect(url_for("reminder_rules.index"), 303)


def _tried(
    target: RuleTarget, form: RuleForm, rule: ReminderRule, times: UsualTimes | None
) -> Page:
    with reading() as session:
        if not is_worked_out_apart(session):
            book = rule_book(session).with_rule(target, rule, times)
            comparison = compare_books(
                session, after=clock.now(), days=TRIAL_DAYS, book=book, most=MOST_SHOWN
            )
            return _rule_page(session, target, form, comparison)
    with transaction() as session:
        task_id = ask_for_trial(
            session, target=target, rule=rule, times=times, actor=actor(), at=clock.now()
        )
    return redirect(url_for("reminder_rules.show_trial", task_id=task_id), 303)


def _refused(target: RuleTarget, form: RuleForm, refusal: Refused) -> Page:
    form.refuse(refusal)
    with reading() as session:
        if isinstance(refusal, Stale):  # theirs is in the history now; saving again is a decision
            history = rules_of(session, target)
            form.version.data = str(history[0].number if history else 0)
        return _rule_page(session, target, form), status_of(refusal)


def _rule_page(
    session: Session,
    target: RuleTarget,
    form: RuleForm,
    comparison: Comparison | None = None,
    task: TaskProgress | None = None,
) -> str:
    name = target_names(session, [target]).get(target)
    if name is None:
        raise NotFound("What the rule is for is not there. Choose it again in the list of rules.")
    book = rule_book(session)
    history = rules_of(session, target)
    return render_template(
        "reminder_rules/rule.html",
        target=target,
        target_name=name_of(name),
        form=form.offer(),
        has_own=target in book.rules,
        comparison=comparison,
        task=task,
        warning=_warning(session, target, form),
        usual_weekdays=weekdays_in_words(book.times.weekdays),
        days=TRIAL_DAYS,
        history=[
            (
                each,
                () if each.rule is None else tuple(rule_lines(each.rule)),
                times_line(each.times) if each.times else "",
            )
            for each in history
        ],
    )


def _shown(name: TargetName, rule: ReminderRule, limits: Limits) -> ShownRule:
    return ShownRule(
        name_of(name), name.target, tuple(rule_lines(rule)), no_roll_up_line(rule, limits)
    )


def _warning(session: Session, target: RuleTarget, form: RuleForm) -> str:
    """Return what is to be known of the rule in the fields; nothing where it cannot be read."""
    try:
        rule = form.rule(target)
    except Invalid:
        return ""
    return no_roll_up_line(rule, limits_in_force(session))


def _asked_target() -> RuleTarget:
    scope, _, key = request.args.get("target", "").partition(":")
    number = whole_number(key or "0")
    if scope not in set(RuleScope) or number is None or (scope == RuleScope.HOUSE) != (not key):
        raise NotFound("What the rule is for is not there. Choose it again in the list of rules.")
    return RuleTarget(RuleScope(scope), number)
