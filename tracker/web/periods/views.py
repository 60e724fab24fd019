"""Views of reporting periods."""

from datetime import date
from typing import cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.compliance import Compliance
from tracker.domain.errors import Duplicate, Invalid, NotFound
from tracker.domain.periods import PeriodState, Span, biennium, following
from tracker.domain.permissions import Action, may_ever
from tracker.queries.asked_mandates import asked_count, nobody_answers_count
from tracker.queries.compliance import compliance_overview
from tracker.queries.periods import (
    ListedPeriod,
    find_listed_period,
    find_reopening,
    listed_periods,
    session_choices,
)
from tracker.services.periods import lock_period, open_period, reopen_period
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.periods.forms import PeriodForm, ReopeningForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("periods", __name__, url_prefix="/periods")

Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.READ)
def index() -> str:
    with reading() as session:
        return render_template(
            "periods/index.html",
            periods=listed_periods(session),
            may_open=may_ever(actor(), Action.OPEN_PERIOD),
        )


@blueprint.get("/open")
@requires(Action.OPEN_PERIOD)
def new() -> str:
    form = _form()
    with reading() as session:
        newest = next(iter(listed_periods(session)), None)
    this_year = clock.today(actor().time_zone).year
    span = (
        following(Span(newest.starts_on, newest.ends_on))
        if newest
        else biennium(this_year - this_year % 2)
    )
    form.starts_on.data, form.ends_on.data = span.starts_on, span.ends_on
    return _form_page(form)


@blueprint.post("/open")
@requires(Action.OPEN_PERIOD)
def open_new() -> Page:
    form = _form()
    if not form.validate():
        return _form_page(form), 400
    try:
        with transaction() as session:
            period = open_period(
                session,
                # The form demands these three.
                starts_on=cast("date", form.starts_on.data),
                ends_on=cast("date", form.ends_on.data),
                due_on=cast("date", form.due_on.data),
                slot_on=form.slot_on.data,
                body_session_id=int(form.body_session_id.data or 0) or None,
                name=form.name.data,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), 400
    except Duplicate as refusal:
        form.refuse(Invalid(refusal.sentence, field="name", **refusal.values))
        return _form_page(form), status_of(refusal)
    flash(gettext("The period %(name)s is open.", name=period.name), "success")
    return redirect(url_for("periods.show", period_id=period.id), 303)


@blueprint.get("/<int:period_id>")
@requires(Action.READ)
def show(period_id: int) -> str:
    with reading() as session:
        period = _listed(session, period_id)
        sees_compliance = may_ever(actor(), Action.SEE_COMPLIANCE)
        may_open = may_ever(actor(), Action.OPEN_PERIOD)
        is_asking = may_open and period.state is PeriodState.OPEN
        return render_template(
            "periods/show.html",
            period=period,
            overview=compliance_overview(session, period_id, at=clock.now())
            if sees_compliance
            else None,
            reopening=find_reopening(session, period_id),
            standings=list(Compliance),
            may_lock=may_open,
            nobody_answers_count=nobody_answers_count(session) if is_asking else 0,
            today=clock.today(actor().time_zone),
        )


@blueprint.post("/<int:period_id>/lock")
@requires(Action.OPEN_PERIOD)
def lock(period_id: int) -> Page:
    with transaction() as session:
        period = lock_period(
            session,
            period_id=period_id,
            version=VersionedForm().seen_version,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The period %(name)s is locked.", name=period.name), "success")
    return redirect(url_for("periods.show", period_id=period_id), 303)


@blueprint.get("/<int:period_id>/reopen")
@requires(Action.OPEN_PERIOD)
def ask_to_reopen(period_id: int) -> str:
    return _reopening_page(period_id, ReopeningForm())


@blueprint.post("/<int:period_id>/reopen")
@requires(Action.OPEN_PERIOD)
def reopen(period_id: int) -> Page:
    form = ReopeningForm()
    try:
        with transaction() as session:
            period = reopen_period(
                session,
                period_id=period_id,
                version=form.seen_version,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _reopening_page(period_id, form), 400
    flash(gettext("The period %(name)s takes answers again.", name=period.name), "success")
    return redirect(url_for("periods.show", period_id=period_id), 303)


def _form() -> PeriodForm:
    with reading() as session:
        return PeriodForm(session_choices(session))


def _listed(session: Session, period_id: int) -> ListedPeriod:
    period = find_listed_period(session, period_id)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one from the list of periods.")
    return period


def _reopening_page(period_id: int, form: ReopeningForm) -> str:
    with reading() as session:
        period = _listed(session, period_id)
    version = form.seen_version or period.version
    return render_template("periods/reopen.html", period=period, form=form, version=version)


def _form_page(form: PeriodForm) -> str:
    with reading() as session:
        return render_template(
            "periods/open.html",
            form=form,
            asked_count=asked_count(session),
            nobody_answers_count=nobody_answers_count(session),
        )
