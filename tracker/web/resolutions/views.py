"""Views of resolutions: the list, and one as adopted with what is done to its mandates."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid, Refused
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.queries.annexes import annexation_of
from tracker.queries.earlier_texts import earlier_texts
from tracker.queries.language_versions import language_versions
from tracker.queries.mandates import MandateFilter
from tracker.queries.resolution_pages import resolution_at
from tracker.queries.resolutions import (
    ResolutionOrder,
    bodies,
    resolution_address,
    resolutions,
)
from tracker.queries.standing_list import find_series
from tracker.queries.text_editions import editions_of
from tracker.services.annexes import annexes_of
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.web import filters
from tracker.web.choices import language_name
from tracker.web.lists import asked_order, asked_place
from tracker.web.mandates.decisions import deciding
from tracker.web.mandates.selection import read_selection
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.parts import asked_part, parts_of
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/resolutions")
@requires(Action.READ)
def index() -> str:
    body_key = request.args.get("body")
    order, is_descending = asked_order(ResolutionOrder.RESOLUTION, is_descending=True)
    with reading() as session:
        return render_template(
            "resolutions/index.html",
            page=resolutions(
                session,
                body_key=body_key,
                order=order,
                is_descending=is_descending,
                place=asked_place(),
            ),
            bodies=bodies(session),
            body_key=body_key,
            may_import=may_ever(actor(), Action.IMPORT_RESOLUTION),
            may_check=may_ever(actor(), Action.CHECK_DRAFT),
        )


@blueprint.get("/<body>/<slug>")
@requires(Action.READ)
def show(body: str, slug: str) -> str:
    return _resolution_page(body, slug)


@blueprint.post("/resolutions/<int:instrument_id>/confirm")
@requires(Action.CONFIRM_MANDATE)
def confirm(instrument_id: int) -> Response | Page:
    return _decide(instrument_id, requires_action=True)


@blueprint.post("/resolutions/<int:instrument_id>/set-aside")
@requires(Action.CONFIRM_MANDATE)
def set_aside(instrument_id: int) -> Response | Page:
    return _decide(instrument_id, requires_action=False)


@blueprint.post("/resolutions/<int:instrument_id>/assign")
@requires(Action.ASSIGN_MANDATE)
def assign(instrument_id: int) -> Response | Page:
    try:
        selection = read_selection(request.form)
    except Invalid as refusal:
        return _refused_selection(instrument_id, refusal)
    return redirect(url_for("mandates.assign_several", mandate=selection.ids), 303)


@blueprint.post("/resolutions/<int:instrument_id>/set-aside-rest")
@requires(Action.CONFIRM_MANDATE)
def set_rest_aside(instrument_id: int) -> Response:
    with transaction() as session:
        count = set_aside_rest(session, instrument_id=instrument_id, actor=actor(), at=clock.now())
    flash(_decided(count, requires_action=False), "success")
    return _to_resolution(instrument_id)


def _decide(instrument_id: int, *, requires_action: bool) -> Response | Page:
    try:
        selection = read_selection(request.form)
    except Invalid as refusal:
        return _refused_selection(instrument_id, refusal)
    with transaction() as session:
        count = confirm_mandates(
            session,
            decisions=dict.fromkeys(selection.ids, requires_action),
            versions=selection.versions,
            actor=actor(),
            at=clock.now(),
        )
    flash(_decided(count, requires_action=requires_action), "success")
    return _to_resolution(instrument_id)


def _decided(count: int, *, requires_action: bool) -> str:
    if requires_action:
        return ngettext(
            "%(num)s mandate is confirmed as requiring our action.",
            "%(num)s mandates are confirmed as requiring our action.",
            count,
        )
    return ngettext("%(num)s mandate is set aside.", "%(num)s mandates are set aside.", count)


def _refused_selection(instrument_id: int, refusal: Invalid) -> Page:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    return _resolution_page(body, slug, problem=refusal), 400


def _to_resolution(instrument_id: int) -> Response:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    part = request.args.get("part", type=int)
    return redirect(url_for("resolutions.show", body=body, slug=slug, part=part), 303)


def _resolution_page(body: str, slug: str, *, problem: Refused | None = None) -> str:
    with reading() as session:
        resolution = resolution_at(session, body, slug, language=request.args.get("text"))
        series = find_series(session, resolution.instrument_id)
        versions = language_versions(session, resolution.instrument_id)
        editions = editions_of(session, resolution.instrument_id)
        annexation = annexation_of(session, resolution.instrument_id)
        may_annex = is_allowed(actor(), Action.IMPORT_RESOLUTION) and not annexation.annexes
        has_annex = any(block.kind is BlockKind.ANNEX for block in resolution.clauses)
        annexes = annexes_of(session, resolution.instrument_id) if may_annex and has_annex else ()
        decisions = deciding(session, MandateFilter(instrument_id=resolution.instrument_id))
        may_confirm = is_allowed(actor(), Action.CONFIRM_MANDATE)
        earlier = earlier_texts(session, resolution.instrument_id) if may_confirm else ()
    may_correct = is_allowed(actor(), Action.CORRECT_CLAUSE)
    parts = parts_of(resolution.clauses)
    return render_template(
        "resolutions/show.html",
        earlier=earlier,
        resolution=resolution,
        parts=parts,
        part=asked_part(parts, request.args),
        versions=[(version, language_name(version.language)) for version in versions],
        may_add_language=is_allowed(actor(), Action.IMPORT_RESOLUTION),
        series=series,
        editions=editions,
        annexation=annexation,
        annexes=annexes,
        **decisions,
        may_import=may_ever(actor(), Action.IMPORT_RESOLUTION),
        problem=filters.said(problem) if problem else None,
        may_correct=may_correct,
        is_correcting=may_correct and "correct" in request.args,
        may_confirm=may_confirm,
        may_assign=may_ever(actor(), Action.ASSIGN_MANDATE),
    )
