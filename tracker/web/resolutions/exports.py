"""The list of resolutions as a file."""

from flask import Response, request
from flask_babel import gettext

from tracker.domain.permissions import Action
from tracker.queries.resolutions import ResolutionOrder, ResolutionRow, all_resolutions
from tracker.web.exports import FORMS, Exported, identifiers, list_file, named, page_address
from tracker.web.lists import asked_order
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import requires
from tracker.web.shown_names import body_name, session_name
from tracker.web.transactions import reading


@blueprint.get(f"/resolutions/list.{FORMS}")
@requires(Action.READ)
def export(form: str) -> Response:
    order, is_descending = asked_order(ResolutionOrder.RESOLUTION, is_descending=True)
    with reading() as session:
        return list_file(
            form,
            name="resolutions",
            title=gettext("Resolutions"),
            columns=_columns(),
            rows=all_resolutions(
                session,
                body_key=request.args.get("body"),
                order=order,
                is_descending=is_descending,
            ),
        )


def _columns() -> list[Exported[ResolutionRow]]:
    return [
        Exported(gettext("Resolution"), lambda row: row.symbol),
        Exported(gettext("Title"), lambda row: row.title, 60),
        Exported(gettext("Body"), named(lambda row: row.body_name, body_name), 40),
        Exported(gettext("Session"), named(lambda row: row.session_name, session_name), 24),
        Exported(gettext("Adopted"), lambda row: row.adopted_on, 12),
        Exported(gettext("Mandates"), lambda row: row.mandate_count, 10),
        Exported(gettext("Require our action"), lambda row: row.action_count, 12),
        Exported(gettext("To be confirmed"), lambda row: row.unconfirmed_count, 12),
        Exported(gettext("Nobody answers yet"), lambda row: row.ownerless_count, 12),
        *identifiers(
            lambda row: row.instrument_id,
            lambda row: page_address("resolutions.show", body=row.body_key, slug=row.slug),
        ),
    ]
