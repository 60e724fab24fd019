"""Views of organizational units: the list, and the form that adds one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Action, may_ever
from tracker.models.people import UnitKind
from tracker.queries.people import units
from tracker.services.units import add_unit
from tracker.web.admin.forms import UNIT_KINDS, UnitForm
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("units", __name__, url_prefix="/admin/units")
Page = str | tuple[str, int] | Response


@blueprint.route("", methods=["GET", "POST"])
@requires(Action.INVITE_PERSON)
def index() -> Page:
    settings = installation().settings
    if request.method == "GET":
        values = {"time_zone": settings.time_zone, "language": house().languages[0]}
        return _page(UnitForm(data=values))
    form = UnitForm()
    with reading() as session:
        form.offer(units(session), settings.time_zone)
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


def _page(form: UnitForm) -> str:
    with reading() as session:
        found = units(session)
        form.offer(found, installation().settings.time_zone)
        return render_template(
            "admin/units.html",
            units=found,
            names={unit.id: unit.name for unit in found},
            kinds=UNIT_KINDS,
            form=form,
            may_set_up=may_ever(actor(), Action.SET_UP_HOUSE),
        )
