"""Moving the days of an open period: what would move first, then the act."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.period_plan import PeriodPlan, PlanStep, moved_steps
from tracker.domain.permissions import Action
from tracker.queries.period_moves import moves_by_unit
from tracker.queries.periods import ListedPeriod
from tracker.services.period_dates import move_period
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.periods.blueprint import Page, blueprint
from tracker.web.periods.forms import MoveForm
from tracker.web.periods.holidays import notes_on, offer_stations, show_counted_back
from tracker.web.periods.views import listed
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.get("/<int:period_id>/dates")
@requires(Action.OPEN_PERIOD)
def ask_to_move(period_id: int) -> Page:
    with reading() as session:
        period = listed(session, period_id)
    form = _form()
    if "session" in request.args and period.session_slot_on:
        show_counted_back(form, period.session_slot_on)
    else:
        form.show(period.plan)
    return _page(period, form)


@blueprint.post("/<int:period_id>/dates")
@requires(Action.OPEN_PERIOD)
def move(period_id: int) -> Page:
    form = _form()
    with reading() as session:
        period = listed(session, period_id)
    if "plan" in request.form and form.slot_on.data is not None:
        show_counted_back(form, form.slot_on.data)
        return _page(period, form)
    if not form.validate():
        return _page(period, form), 400
    if request.form.get("confirmed") != _key(form.plan):  # not looked at yet, or changed since
        return _page(period, form, plan=form.plan)
    try:
        with transaction() as session:
            moved = move_period(
                session,
                period_id=period_id,
                version=form.seen_version,
                plan=form.plan,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(period, form, plan=form.plan), 400
    except (Stale, WrongState) as refusal:
        return _page(period, form, refusal=filters.said(refusal)), status_of(refusal)
    flash(gettext("The days of the period %(name)s are moved.", name=moved.name), "success")
    return redirect(url_for("periods.show", period_id=period_id), 303)


def _form() -> MoveForm:
    form = MoveForm()
    offer_stations(form)
    return form


def _page(
    period: ListedPeriod,
    form: MoveForm,
    *,
    plan: PeriodPlan | None = None,
    refusal: str | None = None,
) -> str:
    """Show the form; with a ``plan`` also what would move with it."""
    steps = moved_steps(period.plan, plan) if plan else ()
    moves_reports = any(step.step is PlanStep.DRAFTS for step in steps)
    with reading() as session:
        units = moves_by_unit(session, period.id) if moves_reports else []
    return render_template(
        "periods/move.html",
        period=period,
        form=form,
        steps=steps,
        notes=notes_on(form, form.plan) if form.due_on.data else None,
        looked_at=_key(plan) if plan else None,
        units=units,
        refusal=refusal,
        version=form.seen_version or period.version,
    )


def _key(plan: PeriodPlan) -> str:
    """Return what tells a plan from others in a field of a form."""
    return " ".join(f"{step.value}:{day}" for step, day in plan.steps())
