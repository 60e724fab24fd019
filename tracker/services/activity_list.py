"""A list of activities: rehearsed row by row, then taken whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.activity_list import (
    ActivityRow,
)
from tracker.domain.permissions import Actor
from tracker.domain.rehearsal import Effect, counts_of, require_as_rehearsed
from tracker.models.activities import Activity
from tracker.models.people import Subprogramme
from tracker.queries.activity_details import with_everything
from tracker.queries.people import units
from tracker.services.activities import add_activity, change_activity
from tracker.services.activity_rows import ActivityPlanning, PlannedActivity, is_number
from tracker.stemming import fold


def plan_activities(
    session: Session, rows: Sequence[ActivityRow], *, languages: Sequence[str], actor: Actor
) -> list[PlannedActivity]:
    """Return for each row, in order, what taking it would do; changes nothing.

    A row means the activity whose number it names, else that of its unit with its title and first
    day, else a new one. An empty cell leaves what is there as it is.
    """
    known_units = units(session)
    planning = ActivityPlanning(
        units={fold(name): unit.id for unit in known_units for name in (unit.name, unit.key)},
        unit_keys=", ".join(unit.key for unit in known_units) or "–",
        subprogrammes={
            row.number: row.id
            for row in session.execute(select(Subprogramme.number, Subprogramme.id))
        },
        languages=tuple(languages),
        held=_held(session, rows),
        actor=actor,
        taken={},
    )
    return [planning.planned(row) for row in rows]


def take_activities(
    session: Session,
    rows: Sequence[ActivityRow],
    *,
    languages: Sequence[str],
    actor: Actor,
    at: datetime,
    seal: str | None = None,
) -> Mapping[Effect, int]:
    """Take all rows and return how many had which effect; taking them again changes nothing.

    Raises Invalid and Stale as ``require_as_rehearsed`` does.
    """
    plan = plan_activities(session, rows, languages=languages, actor=actor)
    require_as_rehearsed(plan, seal)
    for done in plan:
        if done.details is None or done.effect is Effect.SAME:
            continue
        if done.activity_id is None:
            add_activity(session, details=done.details, actor=actor, at=at)
        else:
            change_activity(
                session,
                activity_id=done.activity_id,
                version=done.version,
                details=done.details,
                actor=actor,
                at=at,
            )
    return counts_of(plan)


def _held(session: Session, rows: Sequence[ActivityRow]) -> Sequence[Activity]:
    numbers = [int(row.cell("number")) for row in rows if is_number(row.cell("number"))]
    titles = {" ".join(row.cell("title").split()) for row in rows}
    return session.scalars(
        select(Activity)
        .where(or_(Activity.id.in_(numbers), Activity.title.in_(titles)))
        .options(*with_everything())
    ).all()
