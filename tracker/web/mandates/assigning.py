"""Views of assigning: one mandate or many, as suggested or to one unit, rehearsed first."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.assignments import AssignmentOrder
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.models.mandates import Mandate
from tracker.queries.assignments import standing_assignment
from tracker.queries.mandate_pages import mandate_reference
from tracker.queries.mandates import (
    ListedMandate,
    assignable_ids,
    chosen_mandates,
    possible_focal_points,
)
from tracker.queries.owner_suggestions import SuggestedOwner, owner_suggestions
from tracker.queries.people import units
from tracker.queries.proposed_due_dates import proposed_due_dates
from tracker.queries.similar_mandates import similar_mandates
from tracker.services.assignments import MOST_AT_ONCE, Effect, assign_each
from tracker.web.errors import refused
from tracker.web.mandates.assign_form import (
    REHEARSE,
    SUGGESTED,
    AssignForm,
    own_dates_of,
)
from tracker.web.mandates.orders import read_orders
from tracker.web.mandates.rehearsal import RehearsedRow, rehearsed_rows
from tracker.web.mandates.selection import Selection, read_ids, read_selection
from tracker.web.mandates.suggesting import read_suggested, write_suggested
from tracker.web.mandates.views import blueprint, mandate_of, to_mandate
from tracker.web.mandates.wanted import wanted_mandates
from tracker.web.offered_people import SHOW_PEOPLE
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/mandates/assign")
@requires(Action.ASSIGN_MANDATE)
def assign_several() -> Page:
    if "all" not in request.args:
        return assign_page(read_ids(request.args))
    with reading() as session:
        found = assignable_ids(session, wanted_mandates(), most=MOST_AT_ONCE)
    if len(found) > MOST_AT_ONCE:
        refusal = Invalid(
            "More than %(most)s mandates are like this, too many for one step. Narrow the list "
            "first.",
            most=MOST_AT_ONCE,
        )
        return refused(refusal, list_url=url_for("mandates.index"))
    return assign_page(found)


@blueprint.get("/mandates/<int:mandate_id>/assign")
@requires(Action.ASSIGN_MANDATE)
def assign_one(mandate_id: int) -> Page:
    mandate = mandate_of(mandate_id)
    with reading() as session:
        standing = standing_assignment(session, mandate_id)
    present = {
        "unit_id": str(mandate.unit_id or ""),
        "focal_point_id": str(mandate.focal_point_id or ""),
        "deputy_id": str(standing.deputy_id or ""),
        "contributing_unit_ids": list(map(str, standing.contributing)),
        "joint_lead": standing.joint_lead,
        "due_on": mandate.due_on,
    }
    return assign_page([mandate_id], present=present)


@blueprint.post("/mandates/assign")
@requires(Action.ASSIGN_MANDATE)
def assign() -> Response | Page:
    selection = read_selection(request.form)
    form = _form()
    if request.form.get("do") == SHOW_PEOPLE:
        return assign_page(selection.ids, form=form, seen=selection.versions)
    if not form.validate():
        return assign_page(selection.ids, form=form, seen=selection.versions), 400
    try:
        orders = _orders(form, selection)
        with reading() as session:
            rows = rehearsed_rows(session, orders, actor=actor())
            proposed = proposed_due_dates(session, selection.ids, today=clock.today())
        if request.form.get("do") == REHEARSE or _overwrites(rows):
            return render_template("mandates/rehearsal.html", rows=rows, proposed=proposed)
        return _carry_out(orders)
    except Invalid as refusal:
        form.refuse(refusal)
        return assign_page(selection.ids, form=form, seen=selection.versions), 400
    except (Stale, WrongState) as refusal:
        form.refuse(refusal)
        return assign_page(selection.ids, form=form, seen=selection.versions), 409


@blueprint.post("/mandates/assign/orders")
@requires(Action.ASSIGN_MANDATE)
def carry_out_orders() -> Response:
    return _carry_out(read_orders(request.form))


def _orders(form: AssignForm, selection: Selection) -> list[AssignmentOrder]:
    if not form.is_as_suggested:
        return [form.order(key, version) for key, version in selection.versions.items()]
    suggested = read_suggested(request.form)
    orders = [
        AssignmentOrder(key, version, suggested[key], form.due_on_of(key))
        for key, version in selection.versions.items()
        if key in suggested
    ]
    if not orders:
        raise Invalid("Nobody is suggested for these mandates. Choose the lead unit.")
    return orders


def _overwrites(rows: Sequence[RehearsedRow]) -> bool:
    """Tell whether several mandates are assigned and somebody who answers for one would not."""
    return len(rows) > 1 and any(row.effect is Effect.MOVED for row in rows)


def _carry_out(orders: Sequence[AssignmentOrder]) -> Response:
    with transaction() as session:
        mandates = assign_each(session, orders, actor=actor(), at=clock.now())
    flash(
        ngettext("%(num)s mandate is assigned.", "%(num)s mandates are assigned.", len(mandates)),
        "success",
    )
    return _leads_on(mandates)


def _leads_on(mandates: Sequence[Mandate]) -> Response:
    """Lead to the mandate, to the list that was narrowed, or to the resolution of all of them."""
    sent = request.form
    if "list" in sent:
        narrowed = sent.get("session") or None, sent.get("resolution") or None
        return redirect(
            url_for("mandates.index", owner="none", session=narrowed[0], resolution=narrowed[1]),
            303,
        )
    if len(mandates) == 1:
        return to_mandate(mandates[0].id)
    if len({mandate.instrument_id for mandate in mandates}) > 1:
        return redirect(url_for("mandates.index", asking="required"), 303)
    with reading() as session:
        reference = mandate_reference(session, mandates[0].id)
    return redirect(url_for("resolutions.show", body=reference.body_key, slug=reference.slug), 303)


def _form(present: Mapping[str, object] | None = None) -> AssignForm:
    with reading() as session:
        return AssignForm(
            units=units(session),
            people=possible_focal_points(session),
            actor=actor(),
            present=present,
        )


def assign_page(
    mandate_ids: Sequence[int],
    *,
    form: AssignForm | None = None,
    present: Mapping[str, object] | None = None,
    seen: Mapping[int, int] | None = None,
) -> str:
    """Return the page on which these mandates are assigned, in the order of their resolutions."""
    with reading() as session:
        chosen = chosen_mandates(session, mandate_ids)
        proposed = proposed_due_dates(session, mandate_ids, today=clock.today())
        free = [each.id for each in chosen if each.requires_action and each.unit_name is None]
        suggested = owner_suggestions(session, free, actor=actor())
        alike = similar_mandates(session, mandate_ids, actor=actor()) if len(chosen) == 1 else {}
    begun = dict(present or {})
    if len(chosen) == 1:
        proposal = proposed.get(chosen[0].id)
        begun["due_on"] = begun.get("due_on") or (proposal.due_on if proposal else None)
        begun |= _begun_with(chosen[0], suggested)
    else:
        begun["own_dates"] = own_dates_of(chosen, proposed)
    shown = form or _form(begun)
    return render_template(
        "mandates/assign.html",
        mandates=chosen,
        form=shown,
        own_dates=shown.own_dates_by_mandate,
        proposed=proposed,
        suggested=suggested,
        suggestions={key: write_suggested(key, owner) for key, owner in suggested.items()},
        alike=alike,
        seen=seen or {},
        as_suggested=SUGGESTED,
        rehearse=REHEARSE,
        show_people=SHOW_PEOPLE,
    )


def _begun_with(
    mandate: ListedMandate, suggested: Mapping[int, SuggestedOwner]
) -> dict[str, object]:
    """Return the suggested owner of a single mandate as what the form begins with."""
    owner = suggested.get(mandate.id)
    if owner is None:
        return {}
    return {"unit_id": str(owner.unit_id), "focal_point_id": str(owner.focal_point_id or "")}
