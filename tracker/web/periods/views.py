"""Views of reporting periods: the list, one of them, locking it and opening it again."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.database import Session
from tracker.domain.compliance import Compliance
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, may_ever
from tracker.queries.asked_mandates import nobody_answers_count
from tracker.queries.compliance import compliance_overview
from tracker.queries.periods import (
    ListedPeriod,
    find_last_move,
    find_listed_period,
    find_reopening,
    listed_periods,
)
from tracker.services.periods import lock_period, reopen_period
from tracker.web.forms import VersionedForm
from tracker.web.periods.blueprint import Page, blueprint
from tracker.web.periods.forms import ReopeningForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.get("")
@requires(Action.READ)
def index() -> str:
    with reading() as session:
        return render_template(
            "periods/index.html",
            periods=listed_periods(session),
            may_open=may_ever(actor(), Action.OPEN_PERIOD),
        )


@blueprint.get("/<int:period_id>")
@requires(Action.READ)
def show(period_id: int) -> str:
    with reading() as session:
        period = listed(session, period_id)
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
            last_move=find_last_move(session, period_id),
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


def listed(session: Session, period_id: int) -> ListedPeriod:
    """Return the period, or say that there is no such one."""
    period = find_listed_period(session, period_id)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one from the list of periods.")
    return period


def _reopening_page(period_id: int, form: ReopeningForm) -> str:
    with reading() as session:
        period = listed(session, period_id)
    version = form.seen_version or period.version
    return render_template("periods/reopen.html", period=period, form=form, version=version)
