"""Views of long work in the background; where it stands is shown on the page that asked for it."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.permissions import Action
from tracker.services.background_tasks import cancel_task
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")


@blueprint.post("/<int:task_id>/cancel")
@requires(Action.READ)
def cancel(task_id: int) -> Response:
    with transaction() as session:
        cancel_task(session, task_id=task_id, actor=actor(), at=clock.now())
    flash(gettext("The work stops within a few seconds. Nothing of it is kept."), "success")
    return redirect(_page_before(), 303)


def _page_before() -> str:
    """Return the page on which the button stood; the browser tells it on our own pages only."""
    page = urlsplit(request.referrer or "")
    is_ours = page.netloc == request.host and page.path.startswith("/")
    if not is_ours or page.path.startswith("//"):
        return url_for("dashboard.index")
    return f"{page.path}?{page.query}" if page.query else page.path
