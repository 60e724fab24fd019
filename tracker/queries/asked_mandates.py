"""The mandates that a reporting period asks about; domain/asking.py states the rule in words."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.assignments import is_declined

_Report = aliased(ProgressReport)
_Period = aliased(ReportingPeriod)
_LaterReport = aliased(ProgressReport)
_LaterPeriod = aliased(ReportingPeriod)


@dataclass(frozen=True, slots=True)
class AskedMandate:
    """Who is to answer for a mandate, in which time zone, and the mandate's own due date.

    ``is_declined``: whoever was given it has declined, so nobody is written to.
    """

    mandate_id: int
    unit_id: int
    time_zone: str
    focal_point_id: int | None
    due_on: date | None
    is_declined: bool


def asked_mandates(session: Session) -> Sequence[AskedMandate]:
    """Return the mandates that a period opened now would ask about, by id."""
    rows = session.execute(
        select(
            Mandate.id,
            OrganizationalUnit.id.label("unit_id"),
            OrganizationalUnit.time_zone,
            Mandate.focal_point_id,
            Mandate.due_on,
            is_declined().label("is_declined"),
        )
        .join(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .where(*_is_asked())
        .order_by(Mandate.id)
    )
    return [
        AskedMandate(
            mandate_id=row.id,
            unit_id=row.unit_id,
            time_zone=row.time_zone,
            focal_point_id=row.focal_point_id,
            due_on=row.due_on,
            is_declined=row.is_declined,
        )
        for row in rows
    ]


def digest_of(asked: Sequence[AskedMandate]) -> str:
    """Return a digest that changes when somebody else is asked, about another mandate or by then.

    What a person saw before they confirm is held against it.
    """
    told = sha256()
    for mandate in asked:
        told.update(repr(astuple(mandate)).encode())
    return told.hexdigest()[:16]


def asked_count(session: Session) -> int:
    """Return how many mandates a period opened now would ask about."""
    return session.scalar(select(func.count(Mandate.id)).where(*_is_asked())) or 0


def nobody_answers() -> ColumnElement[bool]:
    """Say, of a mandate, that it would be asked about if only a unit answered for it.

    None of these is completed: what was cleared was reported by a unit, and stays with one.
    """
    return and_(
        Mandate.requires_action.is_(True),
        Mandate.lifecycle == Lifecycle.ACTIVE,
        Mandate.lead_unit_id.is_(None),
    )


def nobody_answers_count(session: Session) -> int:
    """Return how many mandates no period asks about because nobody answers for them."""
    return session.scalar(select(func.count(Mandate.id)).where(nobody_answers())) or 0


def is_cleared_as_completed(session: Session, mandate_id: int) -> bool:
    """Tell whether the newest cleared report on the mandate says that it is completed."""
    return bool(session.scalar(select(Mandate.id).where(Mandate.id == mandate_id, is_completed())))


def _is_asked() -> tuple[ColumnElement[bool], ...]:
    return (
        Mandate.requires_action.is_(True),
        Mandate.lifecycle == Lifecycle.ACTIVE,
        Mandate.lead_unit_id.is_not(None),
        ~is_completed(),
    )


def is_completed() -> ColumnElement[bool]:
    """Say, of a mandate, that the newest of its cleared reports has the status completed."""
    cleared = (Review.CLEARED, Review.FROZEN)
    is_outdated = (
        exists()
        .where(
            _LaterReport.mandate_id == _Report.mandate_id,
            _LaterReport.review.in_(cleared),
            _LaterReport.period_id == _LaterPeriod.id,
            _LaterPeriod.ends_on > _Period.ends_on,
        )
        .correlate(_Report, _Period)
    )
    return (
        exists()
        .where(
            _Report.mandate_id == Mandate.id,
            _Report.period_id == _Period.id,
            _Report.review.in_(cleared),
            _Report.status == Implementation.COMPLETED,
            ~is_outdated,
        )
        .correlate(Mandate)
    )
