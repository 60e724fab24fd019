"""Views of mandates: the list, one mandate, and the act of confirming it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.assignments import Acceptance, Answerers, may_answer
from tracker.domain.clauses import path_of_slug, slug_path
from tracker.domain.differences import word_difference
from tracker.domain.errors import NotFound, Stale, WrongState
from tracker.domain.mandates import Nature
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.domain.subjects import AboutKind
from tracker.queries.absences import find_represented
from tracker.queries.action_points import points_of_mandate
from tracker.queries.assignments import newest_answers, standing_assignment
from tracker.queries.clause_corrections import corrections_of, path_now
from tracker.queries.language_versions import clause_versions
from tracker.queries.mandate_lineage import neighbours_of
from tracker.queries.mandate_pages import (
    MandatePage,
    find_mandate_page,
    has_clause,
    has_resolution,
    mandate_reference,
    reports_on,
)
from tracker.queries.mandates import (
    Asking,
    MandateOrder,
    mandates_page,
    narrowed_to,
)
from tracker.queries.owner_suggestions import are_hints_slow, owner_suggestions
from tracker.queries.people import units
from tracker.queries.progress_entries import notes_by_period
from tracker.queries.proposed_due_dates import proposed_due_dates
from tracker.queries.subjects import subjects_of
from tracker.queries.submissions import reports_noted_in
from tracker.queries.text_editions import earlier_holders, editions_of_clause
from tracker.queries.understanding import understanding_of
from tracker.services.mandates import confirm_mandate
from tracker.web.choices import language_name
from tracker.web.lists import asked_order, asked_place
from tracker.web.mandates.decisions import deciding
from tracker.web.mandates.forms import REQUIRES, ConfirmForm
from tracker.web.mandates.history import describe
from tracker.web.mandates.suggesting import suggested_orders
from tracker.web.mandates.wanted import wanted_mandates
from tracker.web.reminder_rules.words import applied_rule
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("mandates", __name__)
Page = str | tuple[str, int]
MOST_TOLD = 5  # mandates whose place one took, of which the page repeats what was said


@blueprint.get("/mandates")
@requires(Action.READ)
def index() -> str:
    wanted = wanted_mandates()
    order, is_descending = asked_order(MandateOrder.MANDATE)
    may_assign = may_ever(actor(), Action.ASSIGN_MANDATE)
    with reading() as session:
        page = mandates_page(
            session, wanted, order=order, is_descending=is_descending, place=asked_place()
        )
        free = [row.id for row in page.rows if row.requires_action and row.unit_name is None]
        # Among very many clauses hints take long: on the list of those that wait for an owner, and
        # in a large body only when somebody asks for them.
        may_hint = bool(free) and may_assign and wanted.is_ownerless
        waits_for_asking = (
            may_hint and request.args.get("hints") != "yes" and are_hints_slow(session)
        )
        hinted = free if may_hint and not waits_for_asking else []
        suggested = owner_suggestions(session, hinted, actor=actor())
        proposed = proposed_due_dates(session, free, today=clock.today()) if may_assign else {}
        declined = [row.id for row in page.rows if row.acceptance is Acceptance.DECLINED]
        return render_template(
            "mandates/index.html",
            page=page,
            wanted=wanted,
            narrowed_to=narrowed_to(session, wanted),
            units=units(session),
            natures=list(Nature),
            askings=list(Asking),
            may_assign=may_assign,
            suggested=suggested,
            waits_for_asking=waits_for_asking,
            proposed=proposed,
            orders=suggested_orders(page.rows, suggested, proposed),
            answers=newest_answers(session, declined),
            **deciding(session, wanted, shown=page.rows),
        )


@blueprint.get("/mandates/<int:mandate_id>")
@requires(Action.READ)
def by_id(mandate_id: int) -> Response:
    return to_mandate(mandate_id, status=302)


@blueprint.get("/<body>/<slug>/<path:path>")
@requires(Action.READ)
def show(body: str, slug: str, path: str) -> Response | Page:
    with reading() as session:
        mandate = find_mandate_page(session, body, slug, path_of_slug(path))
        if mandate is None and has_clause(session, body, slug, path_of_slug(path)):
            asked = path_of_slug(path)
            anchor = f"para-{asked.replace('.', '-')}"
            return redirect(
                url_for("resolutions.show", body=body, slug=slug, paragraph=asked, _anchor=anchor)
            )
        if mandate is None and not has_resolution(session, body, slug):
            abort(404)
        now = path_now(session, body, slug, path_of_slug(path)) if mandate is None else None
    if now is not None:  # it was renumbered: its former address leads on for ever
        address = url_for("mandates.show", body=body, slug=slug, path=slug_path(now))
        return redirect(address, 301)
    if mandate is None:
        raise NotFound(
            "There is no paragraph at this address. Open the resolution and choose one of its "
            "paragraphs."
        )
    return _mandate_page(mandate, _confirm_form(mandate))


@blueprint.post("/mandates/<int:mandate_id>/confirm")
@requires(Action.CONFIRM_MANDATE)
def confirm(mandate_id: int) -> Response | Page:
    mandate = mandate_of(mandate_id)
    form = _confirm_form(mandate)
    if not form.validate():
        return _mandate_page(mandate, form), 400
    try:
        with transaction() as session:
            confirm_mandate(
                session,
                mandate_id=mandate_id,
                version=form.seen_version,
                requires_action=form.requires_action.data == REQUIRES,
                nature=Nature(form.nature.data),
                actor=actor(),
                at=clock.now(),
            )
    except (Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _mandate_page(mandate, form), 409
    if form.requires_action.data == REQUIRES:
        flash(gettext("The mandate is confirmed as requiring our action."), "success")
    else:
        flash(gettext("The mandate is set aside. It stays in view."), "success")
    return to_mandate(mandate_id)


def to_mandate(mandate_id: int, *, status: int = 303) -> Response:
    """Lead to the page of a mandate."""
    with reading() as session:
        reference = mandate_reference(session, mandate_id)
    path = slug_path(reference.path)
    address = url_for("mandates.show", body=reference.body_key, slug=reference.slug, path=path)
    return redirect(address, status)


def mandate_of(mandate_id: int) -> MandatePage:
    """Return the page of a mandate; raise NotFound when there is none."""
    with reading() as session:
        reference = mandate_reference(session, mandate_id)
        mandate = find_mandate_page(session, reference.body_key, reference.slug, reference.path)
    if mandate is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    return mandate


def _confirm_form(mandate: MandatePage) -> ConfirmForm:
    decided = mandate.requires_action
    return ConfirmForm(
        nature=mandate.nature,
        requires_action=mandate.is_proposed_for_action if decided is None else decided,
        version=mandate.version,
    )


def _mandate_page(mandate: MandatePage, form: ConfirmForm) -> str:
    unit_id, stands = mandate.unit_id, not mandate.has_ended
    with reading() as session:
        versions = clause_versions(session, mandate.id)
        notes = notes_by_period(session, mandate.id)
        corrections = corrections_of(session, mandate.clause_id)
        editions = editions_of_clause(session, mandate.clause_id)
        holders = earlier_holders(
            session,
            instrument_id=mandate.instrument_id,
            path=mandate.reference.path,
            clause_id=mandate.clause_id,
        )
        understood = understanding_of(session, mandate.instrument_id, mandate_id=mandate.id)
        standing = standing_assignment(session, mandate.id)
        points = points_of_mandate(session, mandate.id)
        subjects = subjects_of(session, AboutKind.MANDATE, mandate.id)
        rule = applied_rule(session, mandate.id)
        reports_noted = reports_noted_in(session, mandate.clause_id)
        neighbours = neighbours_of(session, mandate.id)
        said_before = [
            (each.reference, reports)
            for each in neighbours[:MOST_TOLD]
            if each.is_earlier
            and each.mandate_id is not None
            and (reports := [one for one in reports_on(session, each.mandate_id) if one.said_by])
        ]
        represented = (
            find_represented(session, mandate.focal_point_id, at=clock.now())
            if mandate.focal_point_id
            else None
        )
    asked = Answerers(unit_id or 0, mandate.focal_point_id, standing.deputy_id)
    return render_template(
        "mandates/show.html",
        standing=standing,
        represented=represented,
        neighbours=neighbours,
        said_before=said_before,
        rule=rule,
        points=points,
        subjects=subjects,
        reports_noted=reports_noted,
        may_answer=unit_id is not None
        and standing.acceptance is not None
        and may_answer(actor(), asked),
        understood=understood.clauses[0],
        mandate=mandate,
        versions=[(version, language_name(version.language)) for version in versions],
        notes=notes,
        confirm_form=form,
        history=[(entry, describe(entry)) for entry in mandate.history],
        corrections=[(each, word_difference(each.before, each.after)) for each in corrections],
        editions=[
            (each, word_difference(each.paragraph.before or "", each.paragraph.after or ""))
            for each in editions
        ],
        earlier_holders=holders,
        may_correct=stands and is_allowed(actor(), Action.CORRECT_CLAUSE),
        may_pause=is_allowed(actor(), Action.PAUSE_REMINDERS),
        may_confirm=stands and is_allowed(actor(), Action.CONFIRM_MANDATE),
        may_assign=stands and _may_assign(unit_id),
        may_link=stands and is_allowed(actor(), Action.LINK_ACTIVITY, unit_id=unit_id),
        may_write=stands and is_allowed(actor(), Action.WRITE_PROGRESS, unit_id=unit_id),
    )


def _may_assign(unit_id: int | None) -> bool:
    if unit_id is None:
        return may_ever(actor(), Action.ASSIGN_MANDATE)
    return is_allowed(actor(), Action.ASSIGN_MANDATE, unit_id=unit_id)
