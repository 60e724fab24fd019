"""Pauses of reminders: those that hold, what they stop, and the list of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.pauses import Pause, PauseScope, PauseTarget, Reminded, find_pause
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.pauses import ReminderPause
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport
from tracker.queries.many_keys import is_among
from tracker.queries.references import Reference

_ONE_DAY = timedelta(days=1)  # the day of another time zone is at most the one before or after
MOST_LISTED = 200
_By = aliased(Person)
_Person = aliased(Person)


@dataclass(frozen=True, slots=True)
class ListedPause:
    """A pause with the names of what it is about and of who entered it."""

    id: int
    version: int
    target: PauseTarget
    starts_on: date
    ends_on: date
    reason: str
    entered_by: str
    unit: str
    person: str
    mandate: Reference | None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is paused on the day."""
        return self.starts_on <= day <= self.ends_on


def pauses_since(session: Session, at: datetime) -> tuple[Pause, ...]:
    """Return the pauses that hold at the moment or later. One statement."""
    query = select(ReminderPause).where(
        ReminderPause.withdrawn_at.is_(None),
        ReminderPause.ends_on >= at.astimezone(UTC).date() - _ONE_DAY,
    )
    return tuple(
        Pause(target_of(row), row.starts_on, row.ends_on, row.reason)
        for row in session.scalars(query)
    )


def places_of(
    session: Session, report_ids: Collection[int] | None
) -> Mapping[int, tuple[int, int]]:
    """Return unit and mandate of each report, of all when none are named. One statement."""
    query = select(ProgressReport.id, ProgressReport.unit_id, ProgressReport.mandate_id)
    if report_ids is not None:
        query = query.where(is_among(session, ProgressReport.id, report_ids))
    return {key: (unit_id, mandate_id) for key, unit_id, mandate_id in session.execute(query)}


def pauses_of(
    session: Session, told: Iterable[tuple[int, int]], *, at: datetime
) -> Mapping[tuple[int, int], Pause]:
    """Return by which pause each report is not told to each person now, by both ids.

    Three statements at most, one where nothing is paused.
    """
    pauses, pairs = pauses_since(session, at), set(told)
    if not pauses or not pairs:
        return {}
    places = places_of(session, {report_id for report_id, _person_id in pairs})
    zones = dict(
        session.execute(
            select(Person.id, Person.time_zone).where(Person.id.in_({key for _, key in pairs}))
        ).all()
    )
    found = {}
    for report_id, person_id in pairs:
        unit_id, mandate_id = places.get(report_id, (None, None))
        reminded = Reminded(person_id, zones.get(person_id, "UTC"), unit_id, mandate_id)
        if (pause := find_pause(pauses, reminded, at)) is not None:
            found[report_id, person_id] = pause
    return found


def listed_pauses(
    session: Session, *, since: date, targets: Collection[PauseTarget] | None = None
) -> Sequence[ListedPause]:
    """Return the pauses that end on the day or later, the next first. One statement.

    ``targets`` narrows them to those about one of these.
    """
    query = (
        select(
            ReminderPause, _By.name, _Person.name, OrganizationalUnit.name, Instrument.symbol,
            Body.key, Instrument.slug, Clause.path,
        )
        .join(_By, _By.id == ReminderPause.entered_by_id)
        .outerjoin(_Person, _Person.id == ReminderPause.person_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == ReminderPause.unit_id)
        .outerjoin(Mandate, Mandate.id == ReminderPause.mandate_id)
        .outerjoin(Clause, Clause.id == Mandate.clause_id)
        .outerjoin(Instrument, Instrument.id == Mandate.instrument_id)
        .outerjoin(Body, Body.id == Instrument.body_id)
        .where(ReminderPause.withdrawn_at.is_(None), ReminderPause.ends_on >= since)
        .order_by(ReminderPause.starts_on, ReminderPause.id)
        .limit(MOST_LISTED)
    )  # fmt: skip
    if targets is not None:
        query = query.where(or_(*(_is_about(target) for target in targets)))
    return [
        ListedPause(
            row.id, row.version, target_of(row), row.starts_on, row.ends_on, row.reason, author,
            unit or "", person_name or "",
            None if symbol is None else Reference(symbol, body, slug, path or ""),
        )
        for row, author, person_name, unit, symbol, body, slug, path in session.execute(query)
    ]  # fmt: skip


def target_of(row: ReminderPause) -> PauseTarget:
    """Return what a pause is about."""
    return PauseTarget(row.scope, row.unit_id or row.mandate_id or row.person_id or 0)


def _is_about(target: PauseTarget) -> ColumnElement[bool]:
    columns = {
        PauseScope.UNIT: ReminderPause.unit_id,
        PauseScope.MANDATE: ReminderPause.mandate_id,
        PauseScope.PERSON: ReminderPause.person_id,
    }
    if target.scope is PauseScope.HOUSE:
        return ReminderPause.scope == PauseScope.HOUSE
    return columns[target.scope] == target.id
