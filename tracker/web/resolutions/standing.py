"""The standing list of mandates: by subprogramme, and its import with a rehearsal."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Stale
from tracker.domain.permissions import Action, may_ever
from tracker.domain.standing_list import COLUMNS, StandingRow
from tracker.queries.standing_list import standing_choices, standing_group
from tracker.reading.standing_list import read_standing_list, standing_list_text
from tracker.services.standing_list import (
    Effect,
    PlannedSeries,
    plan_standing_list,
    seal_of,
    take_standing_list,
)
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import StandingForm, StandingRehearsedForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response


@blueprint.get("/resolutions/standing")
@requires(Action.READ)
def standing() -> str:
    with reading() as session:
        choices = standing_choices(session)
        numbers = [choice.number for choice in choices]
        wanted = request.args.get("subprogramme", "")
        number = wanted if wanted in numbers else (numbers[0] if numbers else "")
        return render_template(
            "resolutions/standing.html",
            choices=choices,
            group=standing_group(session, number),
            may_import=may_ever(actor(), Action.IMPORT_RESOLUTION),
        )


@blueprint.get("/resolutions/standing/import")
@requires(Action.IMPORT_RESOLUTION)
def standing_upload() -> Page:
    return _upload_page(StandingForm())


@blueprint.post("/resolutions/standing/import")
@requires(Action.IMPORT_RESOLUTION)
def rehearse_standing() -> Page:
    form = StandingForm()
    if not form.validate():
        return _upload_page(form), 400
    try:
        text = standing_list_text(form.standing_list.data.read())
        rows = read_standing_list(text)
    except Invalid as refusal:
        form.refuse(refusal, at="standing_list")
        return _upload_page(form), 400
    return _rehearsal_page(rows, text)


@blueprint.post("/resolutions/standing/take")
@requires(Action.IMPORT_RESOLUTION)
def take_standing() -> Page:
    form = StandingRehearsedForm()
    text = form.text.data or ""
    rows = read_standing_list(text)
    if not form.validate():
        return _rehearsal_page(rows, text, form), 400
    try:
        with transaction() as session:
            counts = take_standing_list(
                session,
                rows,
                languages=house().languages,
                actor=actor(),
                at=clock.now(),
                seal=form.seal.data or "",
            )
    except (Invalid, Stale, Duplicate) as refusal:
        form.refuse(refusal)
        return _rehearsal_page(rows, text, form), status_of(refusal)
    flash(
        gettext(
            "The list is taken. Added: %(made)s; changed: %(changed)s; unchanged: %(same)s.",
            made=counts.get(Effect.MADE, 0),
            changed=counts.get(Effect.CHANGED, 0),
            same=counts.get(Effect.SAME, 0),
        ),
        "success",
    )
    return redirect(url_for("resolutions.standing"), 303)


def _upload_page(form: StandingForm) -> str:
    return render_template("resolutions/standing_upload.html", form=form, columns=COLUMNS)


def _rehearsal_page(
    rows: Sequence[StandingRow], text: str, form: StandingRehearsedForm | None = None
) -> str:
    with reading() as session:
        plan = plan_standing_list(session, rows, languages=house().languages, actor=actor())
    shown = form or StandingRehearsedForm(formdata=None)
    shown.text.data, shown.seal.data = text, seal_of(plan)
    return render_template(
        "resolutions/standing_rehearsal.html",
        form=shown,
        plan=sorted(plan, key=lambda done: done.effect is not Effect.REFUSED),
        counts={effect: _count(plan, effect) for effect in Effect},
        symbol_count=sum(len(done.symbols) for done in plan),
        sentences={done.row.line: filters.said(done.refusal) for done in plan if done.refusal},
    )


def _count(plan: Sequence[PlannedSeries], effect: Effect) -> int:
    return sum(done.effect is effect for done in plan)
