"""The radar: what is missing or does not fit, and how much each person has for who distributes."""

from flask import render_template

from tracker import clock
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.radar import radar
from tracker.queries.workload import MOST_PEOPLE, workloads
from tracker.web.dashboard.views import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading


@blueprint.get("/compliance/radar")
@requires(Action.SEE_COMPLIANCE)
def show_radar() -> str:
    at, person = clock.now(), actor()
    distributes = is_allowed(person, Action.ASSIGN_MANDATE)
    with reading() as session:
        return render_template(
            "dashboard/radar.html",
            findings=radar(session, seen_by=person, at=at),
            workloads=workloads(session, at=at) if distributes else (),
            most_people=MOST_PEOPLE,
            distributes=distributes,
            may_hand_over=is_allowed(person, Action.HAND_OVER),
            today=clock.today(person.time_zone),
        )
