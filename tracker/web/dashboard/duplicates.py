"""What may be there twice, in pairs: each is looked at, and kept apart where it is not the same."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.radar import Alike
from tracker.queries.duplicates import alike_activities, alike_mandates
from tracker.services.kept_apart import keep_apart
from tracker.web.dashboard.views import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

MOST_PAIRS = 50


@blueprint.get("/compliance/duplicates")
@requires(Action.SEE_COMPLIANCE)
def show_duplicates() -> str:
    with reading() as session:
        mandates, mandate_count = alike_mandates(session, most=MOST_PAIRS)
        activities, activity_count = alike_activities(session, seen_by=actor(), most=MOST_PAIRS)
        return render_template(
            "dashboard/duplicates.html",
            mandates=mandates,
            mandate_count=mandate_count,
            activities=activities,
            activity_count=activity_count,
            may_decide=is_allowed(actor(), Action.CONFIRM_MANDATE),
        )


@blueprint.post(
    "/compliance/duplicates/<any(mandate, activity):kind>/<int:first_id>/<int:second_id>"
)
@requires(Action.CONFIRM_MANDATE)
def keep_apart_now(kind: str, first_id: int, second_id: int) -> Response:
    with transaction() as session:
        keep_apart(session, Alike(kind), (first_id, second_id), actor=actor(), at=clock.now())
    flash(gettext("The two are kept apart and not shown again."), "success")
    return redirect(url_for("dashboard.show_duplicates"), 303)
