"""Views of organizational units: the tree, one added, renamed, moved, closed, cleared twice."""

from datetime import datetime
from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor, is_allowed, may_ever
from tracker.domain.reminder_rules import RuleScope, RuleTarget
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.clearance_rules import second_level
from tracker.queries.people import units
from tracker.queries.reminder_rules import rule_book
from tracker.queries.units import led_mandates, members_of, unit_tree
from tracker.services.clearance_rules import set_second_clearance
from tracker.services.units import add_unit, change_unit, close_unit, reopen_unit
from tracker.web.admin.forms import UNIT_KINDS, ChangedUnitForm, SecondClearanceForm, UnitForm
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.SET_CLEARANCE)
def index() -> Page:
    values = {
        "time_zone": installation().settings.time_zone,
        "language": house().languages[0],
    }
    return _page(UnitForm(data=values))


@blueprint.post("")
@requires(Action.INVITE_PERSON)
def add() -> Page:
    form = UnitForm()
    with reading() as session:
        form.offer(units(session), installation().settings.time_zone)
    if not form.validate():
        return _page(form), 400
    try:
        with transaction() as session:
            unit = add_unit(
                session,
                key=form.key.data or "",
                name=form.name.data or "",
                kind=UnitKind(form.kind.data),
                language=form.language.data,
                time_zone=form.time_zone.data,
                parent_id=form.parent_id.data or None,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Duplicate) as refusal:
        field = refusal.field if isinstance(refusal, Invalid) else "key"
        form.refuse(Invalid(refusal.sentence, field=field, **refusal.values))
        return _page(form), status_of(refusal)
    flash(gettext("The unit “%(name)s” is added.", name=unit.name), "success")
    return redirect(url_for("units.index"), 303)


@blueprint.get("/<int:unit_id>")
@requires(Action.SET_CLEARANCE)
def show(unit_id: int) -> Page:
    return _unit_page(unit_id)


@blueprint.post("/<int:unit_id>")
@requires(Action.INVITE_PERSON)
def change(unit_id: int) -> Page:
    form = ChangedUnitForm()
    with reading() as session:
        form.offer(units(session), but=unit_id)
    if not form.validate():
        return _unit_page(unit_id, form), 400
    try:
        with transaction() as session:
            unit = change_unit(
                session,
                unit_id=unit_id,
                version=form.seen_version,
                name=form.name.data or "",
                kind=UnitKind(form.kind.data),
                parent_id=form.parent_id.data or None,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _unit_page(unit_id, form), status_of(refusal)
    flash(gettext("The unit “%(name)s” is saved.", name=unit.name), "success")
    return redirect(url_for("units.show", unit_id=unit_id), 303)


@blueprint.post("/<int:unit_id>/clearance")
@requires(Action.SET_CLEARANCE)
def set_clearance(unit_id: int) -> Page:
    form = SecondClearanceForm()
    with reading() as session:
        form.offer(units(session), of=unit_id)
    if not form.validate():
        return _unit_page(unit_id, clearance_form=form), 400
    try:
        with transaction() as session:
            set_second_clearance(
                session,
                unit_id=unit_id,
                version=form.seen_version,
                second_unit_id=form.second_unit_id.data or None,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _unit_page(unit_id, clearance_form=form), status_of(refusal)
    flash(gettext("Saved: it holds for what is cleared from now on."), "success")
    return redirect(url_for("units.show", unit_id=unit_id), 303)


@blueprint.post("/<int:unit_id>/close")
@requires(Action.INVITE_PERSON)
def close(unit_id: int) -> Page:
    return _opened_or_closed(unit_id, close_unit, gettext("The unit is closed."))


@blueprint.post("/<int:unit_id>/reopen")
@requires(Action.INVITE_PERSON)
def reopen(unit_id: int) -> Page:
    return _opened_or_closed(unit_id, reopen_unit, gettext("The unit takes mandates again."))


class UnitAct(Protocol):
    """A service that closes a unit or opens it again."""

    def __call__(
        self, session: Session, *, unit_id: int, version: int, actor: Actor, at: datetime
    ) -> OrganizationalUnit:
        """Do it."""


def _opened_or_closed(unit_id: int, act: UnitAct, told: str) -> Page:
    form = ChangedUnitForm()
    try:
        with transaction() as session:
            act(
                session,
                unit_id=unit_id,
                version=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except WrongState as refusal:
        return _unit_page(unit_id, refusal=refusal), status_of(refusal)
    flash(told, "success")
    return redirect(url_for("units.show", unit_id=unit_id), 303)


def _unit_page(
    unit_id: int,
    form: ChangedUnitForm | None = None,
    *,
    clearance_form: SecondClearanceForm | None = None,
    refusal: WrongState | None = None,
) -> str:
    with reading() as session:
        found = units(session)
        unit = next((each for each in found if each.id == unit_id), None)
        if unit is None:
            raise NotFound("There is no such unit. Choose one from the list of units.")
        shown = form or ChangedUnitForm(
            formdata=None,
            data={
                "version": unit.version,
                "name": unit.name,
                "kind": unit.kind.value,
                "parent_id": unit.parent_id or 0,
            },
        )
        shown.offer(found, but=unit_id)
        asked = clearance_form or SecondClearanceForm(
            formdata=None,
            data={
                "version": unit.version,
                "second_unit_id": unit.second_clearance_unit_id or 0,
            },
        )
        asked.offer(found, of=unit_id)
        if refusal is not None:
            shown.refuse(Invalid(refusal.sentence, field=None, **refusal.values))
        return render_template(
            "admin/unit.html",
            unit=unit,
            form=shown,
            kinds=UNIT_KINDS,
            members=members_of(session, unit_id),
            parts=[each for each in found if each.parent_id == unit_id],
            led=led_mandates(session, unit_id),
            clearance_form=asked,
            level=second_level(session, unit_id),
            second_unit=next(
                (each for each in found if each.id == unit.second_clearance_unit_id), None
            ),
            may_change=is_allowed(actor(), Action.INVITE_PERSON),
            has_own_rule=RuleTarget(RuleScope.UNIT, unit_id) in rule_book(session).rules,
        )


def _page(form: UnitForm) -> str:
    with reading() as session:
        tree = unit_tree(session)
        form.offer([row.unit for row in tree], installation().settings.time_zone)
        return render_template(
            "admin/units.html",
            rows=tree,
            kinds=UNIT_KINDS,
            form=form,
            second_names={
                row.unit.id: second.name
                for row in tree
                for second in (each.unit for each in tree)
                if second.id == row.unit.second_clearance_unit_id
            },
            may_change=is_allowed(actor(), Action.INVITE_PERSON),
            may_set_up=may_ever(actor(), Action.SET_UP_HOUSE),
        )
