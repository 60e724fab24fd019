"""The audit trail: every change leaves who, what, when, before and after."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.base import Base


def record(
    session: Session,
    *,
    actor: Actor | None,
    at: datetime,
    action: str,
    subject: Base,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append an audit entry on ``subject``; no actor means that the system itself did it."""
    session.flush()
    session.add(
        AuditEntry(
            happened_at=at,
            actor_id=actor.person_id if actor else None,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=_key_of(subject),
            before=_plain(before),
            after=_plain(after),
        )
    )


def _key_of(subject: Base) -> int:
    identity = subject.__mapper__.primary_key_from_instance(subject)
    return int(identity[0])


def _plain(values: Mapping[str, object] | None) -> dict[str, object] | None:
    return None if values is None else {name: _scalar(value) for name, value in values.items()}


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
