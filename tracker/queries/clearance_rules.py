"""Which units have their texts cleared at a second level, by whom, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.workflow import Review
from tracker.models.audit import AuditEntry
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport

RULE_CHANGED = "unit.second_clearance"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change of a unit's rule: to which unit by name, None where once is enough."""

    at: datetime
    by: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SecondLevel:
    """The second level of clearance as the page of a unit tells it.

    ``waiting`` are the units that have texts of this one to clear, each with how many; ``asking``
    the units whose texts this one clears, and ``to_clear`` how many wait here for that.
    """

    waiting: Sequence[tuple[str, int]]
    asking: Sequence[str]
    to_clear: int
    changes: Sequence[RuleChange]


def second_level(session: Session, unit_id: int) -> SecondLevel:
    """Return what the page of a unit tells of the second level; four statements."""
    waiting = session.execute(
        select(OrganizationalUnit.name, func.count(ProgressReport.id))
        .join(OrganizationalUnit, OrganizationalUnit.id == ProgressReport.second_unit_id)
        .where(ProgressReport.unit_id == unit_id, ProgressReport.review == Review.SUBMITTED)
        .group_by(OrganizationalUnit.id, OrganizationalUnit.name)
        .order_by(OrganizationalUnit.name, OrganizationalUnit.id)
    ).all()
    asking = session.scalars(
        select(OrganizationalUnit.name)
        .where(OrganizationalUnit.second_clearance_unit_id == unit_id)
        .order_by(OrganizationalUnit.position, OrganizationalUnit.id)
    ).all()
    return SecondLevel(
        waiting=[(name, count) for name, count in waiting],
        asking=asking,
        to_clear=waiting_at_second(session, unit_id),
        changes=_changes(session, unit_id),
    )


def waiting_at_second(session: Session, unit_id: int) -> int:
    """Return how many texts of other units wait for the unit at the second level."""
    return session.scalars(
        select(func.count(ProgressReport.id)).where(
            ProgressReport.second_unit_id == unit_id, ProgressReport.review == Review.SUBMITTED
        )
    ).one()


def _changes(session: Session, unit_id: int) -> list[RuleChange]:
    rows = session.execute(
        select(AuditEntry, Person.name)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == OrganizationalUnit.__tablename__,
            AuditEntry.subject_id == unit_id,
            AuditEntry.action == RULE_CHANGED,
        )
        .order_by(AuditEntry.id.desc())
    )
    return [
        RuleChange(
            at=entry.happened_at,
            by=name,
            before=(entry.before or {}).get("second_level"),
            after=(entry.after or {}).get("second_level"),
        )
        for entry, name in rows
    ]
