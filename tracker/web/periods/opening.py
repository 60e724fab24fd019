"""Opening a reporting period: its days planned from the slot, who would be asked, then the act."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Stale
from tracker.domain.period_plan import check_plan
from tracker.domain.periods import Span, biennium, following
from tracker.domain.permissions import Action
from tracker.queries.asked_mandates import asked_count, nobody_answers_count
from tracker.queries.period_preview import period_preview
from tracker.queries.periods import find_next_session, listed_periods, session_choices
from tracker.services.periods import open_period
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.periods.blueprint import Page, blueprint
from tracker.web.periods.forms import PeriodForm
from tracker.web.periods.holidays import (
    counted_holidays,
    notes_on,
    offer_stations,
    show_counted_back,
)
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.get("/open")
@requires(Action.OPEN_PERIOD)
def new() -> Page:
    if not request.args:
        return _form_page(_proposed())
    form = _asked()
    if "plan" not in request.args:
        return _form_page(form)
    slot_on = form.slot_on.data or (
        form.session.planned_slot_on(counted_holidays(form)) if form.session else None
    )
    if slot_on is None:
        form.refuse(
            Invalid(
                "Enter the slot, or choose a session with its dates: the other days are counted "
                "back from there.",
                field="slot_on",
            )
        )
        return _form_page(form), 400
    show_counted_back(form, slot_on)
    return _form_page(form)


@blueprint.get("/open/preview")
@requires(Action.OPEN_PERIOD)
def preview() -> Page:
    form = _asked()
    if not form.validate():
        return _form_page(form), 400
    try:
        Span(cast("date", form.starts_on.data), cast("date", form.ends_on.data))
        check_plan(
            form.plan,
            starts_on=cast("date", form.starts_on.data),
            session_opens_on=form.session.opens_on if form.session else None,
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), 400
    return _preview_page(form)


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
                # The form demands these two.
                starts_on=cast("date", form.starts_on.data),
                ends_on=cast("date", form.ends_on.data),
                plan=form.plan,
                body_session_id=int(form.body_session_id.data or 0) or None,
                name=form.name.data,
                seen=form.seen.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form), 400
    except Duplicate as refusal:
        form.refuse(Invalid(refusal.sentence, field="name", **refusal.values))
        return _form_page(form), status_of(refusal)
    except Stale as refusal:
        return _preview_page(form, refusal), status_of(refusal)
    flash(gettext("The period %(name)s is open.", name=period.name), "success")
    return redirect(url_for("periods.show", period_id=period.id), 303)


def _form(sent: Mapping[str, str] | None = None) -> PeriodForm:
    with reading() as session:
        form = PeriodForm(session_choices(session), sent=sent)
    offer_stations(form)
    return form


def _asked() -> PeriodForm:
    """Return the form as the address fills it in."""
    return _form(request.args.to_dict())


def _proposed() -> PeriodForm:
    """Return the form for the span after the newest, planned from the next session's slot."""
    form = _form()
    today = clock.today(actor().time_zone)
    with reading() as session:
        newest = next(iter(listed_periods(session)), None)
        host = find_next_session(session, after=today)
    span = (
        following(Span(newest.starts_on, newest.ends_on))
        if newest
        else biennium(today.year - today.year % 2)
    )
    form.starts_on.data, form.ends_on.data = span.starts_on, span.ends_on
    slot_on = host.planned_slot_on(counted_holidays(form)) if host else None
    if host is not None and slot_on is not None:
        form.body_session_id.data = str(host.id)
        show_counted_back(form, slot_on)
    return form


def _form_page(form: PeriodForm) -> str:
    with reading() as session:
        return render_template(
            "periods/open.html",
            form=form,
            notes=notes_on(form, form.plan) if form.due_on.data else None,
            asked_count=asked_count(session),
            nobody_answers_count=nobody_answers_count(session),
        )


def _preview_page(form: PeriodForm, refusal: Stale | None = None) -> str:
    with reading() as session:
        found = period_preview(
            session,
            starts_on=cast("date", form.starts_on.data),
            due_on=cast("date", form.due_on.data),
        )
    return render_template(
        "periods/preview.html",
        form=form,
        preview=found,
        notes=notes_on(form, form.plan),
        values=form.values,
        refusal=filters.said(refusal) if refusal else None,
        today=clock.today(actor().time_zone),
    )
