"""The sheet of one activity: everything about it, and the mandates that it carries out."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.activity_details import ActivityDetails, ended_before_adoption
from tracker.domain.activity_parts import Attendance
from tracker.domain.names import Named, Names
from tracker.models.activities import Activity, ActivityLink
from tracker.models.deliverables import DeliverableLine
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person, Subprogramme
from tracker.queries.activity_details import details_of, total, with_everything


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A mandate that an activity carries out; body, slug and path make its address."""

    mandate_id: int
    body: str
    symbol: str
    slug: str
    path: str
    text: str
    language: str
    contribution: str
    linked_by: str
    lead_unit_id: int | None
    is_after_activity: bool


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """Everything about one activity."""

    id: int
    version: int
    details: ActivityDetails
    unit: str
    subprogramme: str | None
    created_by: str
    line_id: int | None
    line: str | None
    mandates: tuple[CarriedOut, ...]

    @property
    def planned(self) -> Decimal | None:
        """Return what was planned in all years, None where nobody said."""
        return total(quantity.planned for quantity in self.details.quantities)

    @property
    def actual(self) -> Decimal | None:
        """Return what was done in all years, None where nobody said."""
        return total(quantity.actual for quantity in self.details.quantities)

    @property
    def attendance(self) -> Attendance | None:
        """Return how many took part in all; a lower bound among them makes the sum one."""
        rows = self.details.attendance
        if not rows:
            return None
        return Attendance(
            sum(row.count for row in rows), is_at_least=any(row.is_at_least for row in rows)
        )

    @property
    def budget(self) -> Decimal | None:
        """Return the money of all sources, in United States dollars, None where nobody said."""
        return total(fund.budget for fund in self.details.funds)

    @property
    def expenditure(self) -> Decimal | None:
        """Return what was spent from all sources, None where nobody said."""
        return total(fund.expenditure for fund in self.details.funds)


def find_activity_sheet(session: Session, activity_id: int) -> ActivitySheet | None:
    """Return everything about one activity, or None when there is no such one."""
    activity = session.scalar(
        select(Activity)
        .where(Activity.id == activity_id)
        .options(joinedload(Activity.unit), *with_everything())
    )
    if activity is None:
        return None
    return ActivitySheet(
        id=activity.id,
        version=activity.version,
        details=details_of(activity),
        unit=activity.unit.name,
        subprogramme=session.scalar(
            select(Subprogramme.name).where(Subprogramme.id == activity.subprogramme_id)
        ),
        created_by=session.scalars(
            select(Person.name).where(Person.id == activity.created_by_id)
        ).one(),
        line_id=activity.line_id,
        line=session.scalar(
            select(DeliverableLine.text).where(DeliverableLine.id == activity.line_id)
        ),
        mandates=_carried_out(session, activity),
    )


def subprogrammes(session: Session, names: Names) -> tuple[tuple[int, str], ...]:
    """Return id and name of each subprogramme by its number, as ``names`` have it."""
    rows = session.execute(
        select(Subprogramme.id, Subprogramme.number, Subprogramme.name).order_by(
            Subprogramme.number
        )
    )
    return tuple(
        (row.id, f"{row.number}. {names.of(Named.SUBPROGRAMME, row.name)}") for row in rows
    )


def _carried_out(session: Session, activity: Activity) -> tuple[CarriedOut, ...]:
    last_day = activity.ends_on or activity.starts_on
    rows = session.execute(
        select(
            ActivityLink,
            Mandate.lead_unit_id,
            Body.key,
            Instrument,
            Clause.path,
            ClauseText,
            Person.name,
        )
        .join(Mandate, Mandate.id == ActivityLink.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .join(Person, Person.id == ActivityLink.linked_by_id)
        .where(ActivityLink.activity_id == activity.id)
        .order_by(Instrument.sort_key, Clause.position)
    )
    return tuple(
        CarriedOut(
            mandate_id=link.mandate_id,
            body=body,
            symbol=instrument.symbol,
            slug=instrument.slug,
            path=path or "",
            text=text.text,
            language=text.language,
            contribution=link.contribution,
            linked_by=linked_by,
            lead_unit_id=lead_unit_id,
            is_after_activity=ended_before_adoption(last_day, instrument.adopted_on),
        )
        for link, lead_unit_id, body, instrument, path, text, linked_by in rows
    )
