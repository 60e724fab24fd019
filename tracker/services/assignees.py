"""Units and people to whom mandates can be given, looked up once for many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.assignments import Answerers
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.people import actor_of


@dataclass(frozen=True, slots=True)
class Assignees:
    """Who answers, as rows of the database."""

    unit: OrganizationalUnit
    focal_point: Person | None
    deputy: Person | None
    contributing: tuple[OrganizationalUnit, ...]

    @property
    def names(self) -> dict[str, object]:
        """Return what the audit trail tells of them."""
        return {
            "unit": self.unit.name,
            "focal_point": self.focal_point.name if self.focal_point else None,
            "deputy": self.deputy.name if self.deputy else None,
            "contributing_units": [unit.name for unit in self.contributing],
        }


class Directory:
    """The units of the house and the people who are named; two statements."""

    def __init__(self, session: Session, wanted: Iterable[Answerers]) -> None:
        people = {key for each in wanted for key in each.people}
        self._units = {unit.id: unit for unit in session.scalars(select(OrganizationalUnit))}
        # Not session.get: it would leave the roles of a person who is loaded already unloaded.
        self._people = {
            person.id: person
            for person in session.scalars(
                select(Person).where(Person.id.in_(people)).options(selectinload(Person.roles))
            )
        }

    def assignees(self, wanted: Answerers) -> Assignees:
        """Return who is meant; refuse, at its field, what cannot answer for a mandate."""
        unit = self._unit(wanted.unit_id, "unit_id")
        if wanted.deputy_id is not None and wanted.deputy_id == wanted.focal_point_id:
            raise Invalid(
                "The deputy stands in for the focal point. Choose somebody else, or nobody.",
                field="deputy_id",
            )
        return Assignees(
            unit=unit,
            focal_point=self._person(wanted.focal_point_id, unit, "focal_point_id"),
            deputy=self._person(wanted.deputy_id, unit, "deputy_id"),
            contributing=self._contributing(wanted.contributing_unit_ids, unit),
        )

    def _unit(self, unit_id: int, field: str) -> OrganizationalUnit:
        if unit_id not in self._units:
            raise Invalid("There is no such unit. Choose one from the list.", field=field)
        if self._units[unit_id].closed_at is not None:
            raise Invalid(
                "%(unit)s is closed and takes no more mandates. Choose another unit.",
                field=field,
                unit=self._units[unit_id].name,
            )
        return self._units[unit_id]

    def _contributing(
        self, unit_ids: Collection[int], lead: OrganizationalUnit
    ) -> tuple[OrganizationalUnit, ...]:
        if lead.id in unit_ids:
            raise Invalid(
                "%(unit)s leads, so it cannot contribute as well. Choose other units.",
                field="contributing_unit_ids",
                unit=lead.name,
            )
        return tuple(self._unit(key, "contributing_unit_ids") for key in sorted(unit_ids))

    def _person(self, key: int | None, unit: OrganizationalUnit, field: str) -> Person | None:
        """Return the person; refuse one who is not active or could not write the unit's reports."""
        if key is None:
            return None
        person = self._people.get(key)
        if person is None or not person.is_active:
            raise Invalid(
                "This person cannot sign in any more. Choose another focal point.", field=field
            )
        if not permissions.is_allowed(actor_of(person), Action.WRITE_PROGRESS, unit_id=unit.id):
            raise Invalid(
                "%(person)s has no role in %(unit)s that lets them report. Choose one of its focal "
                "points, or ask the administrator to give them the role.",
                field=field,
                person=person.name,
                unit=unit.name,
            )
        return person
