"""Views of assigning: one mandate or several, with the due dates that their words propose."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.mandate_pages import mandate_reference
from tracker.queries.mandates import chosen_mandates, possible_focal_points
from tracker.queries.people import units
from tracker.queries.proposed_due_dates import proposed_due_dates
from tracker.services.assignments import assign_mandates
from tracker.web.mandates.assign_form import AssignForm, own_dates_of
from tracker.web.mandates.selection import read_ids, read_selection
from tracker.web.mandates.views import blueprint, mandate_of, to_mandate
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/mandates/assign")
@requires(Action.ASSIGN_MANDATE)
def assign_several() -> Page:
    return _assign_page(read_ids(request.args))


@blueprint.get("/mandates/<int:mandate_id>/assign")
@requires(Action.ASSIGN_MANDATE)
def assign_one(mandate_id: int) -> Page:
    mandate = mandate_of(mandate_id)
    present = {
        "unit_id": str(mandate.unit_id or ""),
        "focal_point_id": str(mandate.focal_point_id or ""),
        "due_on": mandate.due_on,
    }
    return _assign_page([mandate_id], present=present)


@blueprint.post("/mandates/assign")
@requires(Action.ASSIGN_MANDATE)
def assign() -> Response | Page:
    versions = read_selection(request.form).versions
    form = _form()
    if not form.validate():
        return _assign_page(list(versions), form=form, seen=versions), 400
    try:
        with transaction() as session:
            mandates = assign_mandates(
                session,
                versions=versions,
                unit_id=int(form.unit_id.data),
                focal_point_id=form.chosen_focal_point_id,
                due_on=form.due_on.data,
                own_due_dates=form.chosen_own_dates,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _assign_page(list(versions), form=form, seen=versions), 400
    except (Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _assign_page(list(versions), form=form, seen=versions), 409
    flash(
        ngettext("%(num)s mandate is assigned.", "%(num)s mandates are assigned.", len(mandates)),
        "success",
    )
    if len(mandates) == 1:
        return to_mandate(mandates[0].id)
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


def _assign_page(
    mandate_ids: Sequence[int],
    *,
    form: AssignForm | None = None,
    present: Mapping[str, object] | None = None,
    seen: Mapping[int, int] | None = None,
) -> str:
    with reading() as session:
        chosen = chosen_mandates(session, mandate_ids)
        proposed = proposed_due_dates(session, mandate_ids, today=clock.today())
    begun = dict(present or {})
    if len(chosen) == 1:
        proposal = proposed.get(chosen[0].id)
        begun["due_on"] = begun.get("due_on") or (proposal.due_on if proposal else None)
    else:
        begun["own_dates"] = own_dates_of(chosen, proposed)
    shown = form or _form(begun)
    return render_template(
        "mandates/assign.html",
        mandates=chosen,
        form=shown,
        own_dates=shown.own_dates_by_mandate,
        proposed=proposed,
        seen=seen or {},
    )
