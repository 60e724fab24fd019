"""Views of the mandates of other resolutions that ask much the same as one."""

from flask import render_template

from tracker.domain.permissions import Action
from tracker.queries.mandate_owners import owned_mandate
from tracker.queries.similar_mandates import similar_mandates
from tracker.web.mandates.views import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading


@blueprint.get("/mandates/<int:mandate_id>/alike")
@requires(Action.READ)
def alike(mandate_id: int) -> str:
    with reading() as session:
        mandate = owned_mandate(session, mandate_id)
        found = similar_mandates(session, [mandate_id], actor=actor()).get(mandate_id, ())
    return render_template("mandates/alike.html", mandate=mandate, alike=found)
