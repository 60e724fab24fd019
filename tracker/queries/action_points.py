"""Action points: those of a mandate, those that a reader proposes, and those of a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from tracker.domain.action_points import derived_status
from tracker.domain.findings import FindingField
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.permissions import Actor, Role
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import ActionPoint, Mandate, MandateFinding
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.references import Reference

MOST_OF_MINE = 50
_OVER = (Implementation.COMPLETED, Implementation.NOT_IMPLEMENTED)
# Made once, since that takes longer than to run it.
_PROPOSED = (
    select(MandateFinding.value)
    .where(
        MandateFinding.mandate_id == bindparam("mandate_id"),
        MandateFinding.field == FindingField.ACTION_POINT,
        MandateFinding.decision.is_(None),
    )
    .order_by(MandateFinding.position)
)


@dataclass(frozen=True, slots=True)
class PointOfMandate:
    """One action point with who answers for it."""

    id: int
    text: str
    language: str
    unit_id: int | None
    unit_name: str | None
    person_id: int | None
    person_name: str | None
    status: Implementation | None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be done about it."""
        return self.status in _OVER


@dataclass(frozen=True, slots=True)
class PointsOfMandate:
    """The action points of a mandate in their order, and the asks that wait for a person."""

    points: tuple[PointOfMandate, ...]
    proposed: tuple[str, ...]

    @property
    def status(self) -> Implementation | None:
        """Return how far the mandate is by its points, None while they say nothing."""
        return derived_status([point.status for point in self.points])


NO_POINTS = PointsOfMandate(points=(), proposed=())


@dataclass(frozen=True, slots=True)
class MyPoint:
    """An action point that a person answers for, and where it stands."""

    reference: Reference
    text: str
    language: str
    status: Implementation | None


def points_of_mandate(session: Session, mandate_id: int) -> PointsOfMandate:
    """Return the action points of a mandate; two statements."""
    rows = session.execute(_with_owners(ActionPoint.mandate_id == mandate_id)).all()
    proposed = session.scalars(_PROPOSED, {"mandate_id": mandate_id}).all()
    return PointsOfMandate(
        points=tuple(_point(point, unit, person) for point, unit, person in rows),
        proposed=tuple(proposed),
    )


def _with_owners(
    condition: ColumnElement[bool],
) -> Select[ActionPoint, str | None, str | None]:
    return (
        select(ActionPoint, OrganizationalUnit.name, Person.name)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == ActionPoint.unit_id)
        .outerjoin(Person, Person.id == ActionPoint.person_id)
        .where(condition)
        .order_by(ActionPoint.mandate_id, ActionPoint.position)
    )


def _point(point: ActionPoint, unit: str | None, person: str | None) -> PointOfMandate:
    return PointOfMandate(
        id=point.id,
        text=point.text,
        language=point.language,
        unit_id=point.unit_id,
        unit_name=unit,
        person_id=point.person_id,
        person_name=person,
        status=point.status,
    )


def points_of_mandates(
    session: Session, mandate_ids: Collection[int]
) -> Mapping[int, tuple[PointOfMandate, ...]]:
    """Return the action points of mandates in their order, by mandate; those without are left out.

    At most one statement.
    """
    found: dict[int, list[PointOfMandate]] = defaultdict(list)
    if mandate_ids:
        rows = session.execute(_with_owners(ActionPoint.mandate_id.in_(mandate_ids)))
        for point, unit, person in rows:
            found[point.mandate_id].append(_point(point, unit, person))
    return {mandate_id: tuple(points) for mandate_id, points in found.items()}


def my_action_points(session: Session, actor: Actor) -> tuple[MyPoint, ...]:
    """Return what is not over of the action points that this person answers for; one statement.

    Those given to them by name, and those of a unit of theirs that are given to nobody by name.
    """
    units = actor.units_acting_as(Role.FOCAL_POINT) - {None}
    rows = session.execute(
        select(ActionPoint, Instrument.symbol, Body.key, Instrument.slug, Clause.path)
        .join(Mandate, Mandate.id == ActionPoint.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(
            Mandate.lifecycle == Lifecycle.ACTIVE,
            or_(
                ActionPoint.person_id.in_(actor.answers_for),
                ActionPoint.person_id.is_(None) & ActionPoint.unit_id.in_(units),
            ),
            ActionPoint.status.is_(None) | ActionPoint.status.not_in(_OVER),
        )
        .order_by(Instrument.sort_key, Clause.position, ActionPoint.position)
        .limit(MOST_OF_MINE)
    )
    return tuple(
        MyPoint(Reference(symbol, key, slug, path or ""), point.text, point.language, point.status)
        for point, symbol, key, slug, path in rows
    )
