"""Views of the mail that goes out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.permissions import Action, is_allowed
from tracker.models.reminders import Delivery
from tracker.queries.deliveries import deliveries, delivery_counts
from tracker.queries.pauses import listed_pauses
from tracker.services.stuck_mail import is_being_sent, resend_message, settle_message
from tracker.web.addresses import whole_number
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

UNDECIDED = frozenset({Delivery.SENDING, Delivery.FAILED})

blueprint = Blueprint("deliveries", __name__, url_prefix="/admin/deliveries")


@blueprint.get("")
@requires(Action.SEE_DELIVERIES)
def index() -> str:
    chosen = request.args.get("state", "")
    state = Delivery(chosen) if chosen in set(Delivery) else None
    with reading() as session:
        listed = frozenset(Delivery) - UNDECIDED if state is None else frozenset({state})
        page = deliveries(session, listed, before=whole_number(request.args.get("before", "")))
        undecided = deliveries(session, UNDECIDED)
        counts = delivery_counts(session)
        today = clock.today(actor().time_zone)
        pauses = listed_pauses(session, since=today)
    settings = installation().settings
    at = clock.now()
    return render_template(
        "deliveries/index.html",
        page=page,
        undecided=undecided,
        counts=counts,
        pauses=pauses,
        today=today,
        chosen=state,
        mail_dir=None if settings.smtp_url else settings.mail_dir,
        may_rule=is_allowed(actor(), Action.SET_UP_HOUSE),
        may_settle=is_allowed(actor(), Action.SETTLE_DELIVERY),
        may_set_rules=is_allowed(actor(), Action.SET_REMINDERS),
        # Jinja's own would fill in placeholders, and a server's words may hold a per cent sign.
        translate=gettext,
        being_sent={
            row.message_id
            for row in (*page.rows, *undecided.rows)
            if row.state is Delivery.SENDING and is_being_sent(row.claimed_at, at)
        },
    )


@blueprint.post("/<int:message_id>/resend")
@requires(Action.SETTLE_DELIVERY)
def resend(message_id: int) -> Response:
    with transaction() as session:
        resend_message(session, message_id=message_id, actor=actor(), at=clock.now())
    flash(gettext("The mail waits again and goes out within a minute."), "success")
    return redirect(url_for("deliveries.index"), 303)


@blueprint.post("/<int:message_id>/settle")
@requires(Action.SETTLE_DELIVERY)
def settle(message_id: int) -> Response:
    with transaction() as session:
        settle_message(session, message_id=message_id, actor=actor(), at=clock.now())
    flash(gettext("The mail is settled and is not sent again."), "success")
    return redirect(url_for("deliveries.index"), 303)
