"""Views of jobs: how each ran last and when it rings next; the check that somebody watches."""

from flask import Blueprint, Response, render_template

from tracker import clock
from tracker.domain.jobs import PURPOSES
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.jobs import last_runs, late_jobs
from tracker.queries.pauses import listed_pauses
from tracker.web.security import actor, public, requires
from tracker.web.transactions import reading

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/admin/jobs")
@requires(Action.SEE_DELIVERIES)
def index() -> str:
    at = clock.now()
    today = clock.today(actor().time_zone)
    with reading() as session:
        runs = last_runs(session)
        pauses = listed_pauses(session, since=today)
    return render_template(
        "jobs/index.html",
        pauses=pauses,
        today=today,
        may_pause=is_allowed(actor(), Action.PAUSE_REMINDERS),
        jobs=[(name, purpose, runs.get(name)) for name, purpose in PURPOSES.items()],
        late={name for name, run in runs.items() if run.is_late(at)},
    )


@blueprint.get("/health/jobs")
@public
def health() -> Response:
    """Answer 200 while every job runs when it should, else 503 with the names of the others."""
    with reading() as session:
        late = late_jobs(session, clock.now())
    if not late:
        return Response("ok\n", mimetype="text/plain")
    return Response(f"late: {', '.join(late)}\n", status=503, mimetype="text/plain")
