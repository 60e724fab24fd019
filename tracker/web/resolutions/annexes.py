"""The view that makes an annex of a resolution an instrument of its own."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Action
from tracker.queries.resolutions import resolution_address
from tracker.services.annexes import add_annexes
from tracker.web import filters
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.post("/resolutions/<int:instrument_id>/annexes/<int:position>")
@requires(Action.IMPORT_RESOLUTION)
def add_annex(instrument_id: int, position: int) -> Response:
    try:
        with transaction() as session:
            [made] = add_annexes(
                session,
                instrument_id=instrument_id,
                positions=[position],
                entity=house().entity,
                actor=actor(),
                at=clock.now(),
            )
            annex_id = made.id
    except (Duplicate, Invalid) as refusal:
        flash(filters.said(refusal), "error")
        annex_id = instrument_id
    else:
        flash(gettext("The annex is an instrument of its own now."), "success")
    with reading() as session:
        body, slug = resolution_address(session, annex_id)
    return redirect(url_for("resolutions.show", body=body, slug=slug), 303)
