"""How much each person answers for: for who distributes the work, and for nobody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.periods import PeriodState
from tracker.domain.workflow import ANSWERABLE
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod

MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True)
class Workload:
    """What a person has: mandates in force, reports to write in open periods, and late ones."""

    person_id: int
    name: str
    mandates: int
    to_write: int
    late: int


def workloads(session: Session, *, at: datetime, most: int = MOST_PEOPLE) -> tuple[Workload, ...]:
    """Return the active people who answer for most, those with most to write first; a statement."""
    held = (
        select(Mandate.focal_point_id.label("person_id"), func.count().label("mandates"))
        .where(Mandate.requires_action.is_(True), Mandate.lifecycle == Lifecycle.ACTIVE)
        .group_by(Mandate.focal_point_id)
        .subquery()
    )
    asked = (
        select(
            ProgressReport.focal_point_id.label("person_id"),
            func.count().label("to_write"),
            func.sum(case((ProgressReport.overdue_at <= at, 1), else_=0)).label("late"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ReportingPeriod.state == PeriodState.OPEN,
            ProgressReport.review.in_(ANSWERABLE),
            ProgressReport.is_waived.is_(False),
        )
        .group_by(ProgressReport.focal_point_id)
        .subquery()
    )
    to_write = func.coalesce(asked.c.to_write, 0)
    rows = session.execute(
        select(Person.id, Person.name, held.c.mandates, to_write, func.coalesce(asked.c.late, 0))
        .join(held, held.c.person_id == Person.id)
        .outerjoin(asked, asked.c.person_id == Person.id)
        .where(Person.is_active)
        .order_by(to_write.desc(), held.c.mandates.desc(), Person.name, Person.id)
        .limit(most)
    )
    return tuple(Workload(*row) for row in rows)
