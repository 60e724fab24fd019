"""The list of mandates, filtered and sorted; who can be asked to answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.assignments import Acceptance
from tracker.domain.mandates import Lifecycle, Nature
from tracker.domain.permissions import Action, is_allowed
from tracker.models.activities import ActivityLink
from tracker.models.instruments import Body, BodySession, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.asked_mandates import nobody_answers
from tracker.queries.many_keys import is_among, is_on_sqlite
from tracker.queries.paging import Column, Page, Place, all_rows, rows_of_page
from tracker.queries.people import actor_of
from tracker.queries.references import Reference
from tracker.queries.sorting import in_order_of, missing_last

FEW = 3000  # mandates: so many are sooner looked up and sorted than met along the list


class Asking(StrEnum):
    """Whether a person has confirmed that a mandate asks something of us."""

    REQUIRED = "required"
    SET_ASIDE = "set_aside"
    UNCONFIRMED = "unconfirmed"


class MandateOrder(StrEnum):
    """By what the list of mandates is sorted; rows that are equal follow symbol and paragraph."""

    MANDATE = "mandate"
    NATURE = "nature"
    OWNER = "owner"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class MandateFilter:
    """Which mandates are asked for; nothing given means all."""

    unit_id: int | None = None
    nature: Nature | None = None
    asking: Asking | None = None
    is_ownerless: bool = False
    acceptance: Acceptance | None = None
    instrument_id: int | None = None
    session_id: int | None = None
    lacks_activity: bool = False


@dataclass(frozen=True, slots=True)
class ListedMandate:
    """One line of the list of mandates."""

    id: int
    version: int
    reference: Reference
    text: str
    language: str
    verb: str | None
    nature: Nature
    is_proposed_for_action: bool
    requires_action: bool | None
    unit_name: str | None
    joint_lead: str
    focal_point_name: str | None
    acceptance: Acceptance | None
    due_on: date | None
    adopted_on: date | None


@dataclass(frozen=True, slots=True)
class PossibleFocalPoint:
    """A person who can write reports, and the units for which they can; None is the house."""

    id: int
    name: str
    unit_ids: frozenset[int]


def mandates_page(
    session: Session,
    wanted: MandateFilter,
    *,
    order: MandateOrder = MandateOrder.MANDATE,
    is_descending: bool = False,
    place: Place | None = None,
) -> Page[ListedMandate]:
    """Return a page of the mandates asked for; three statements."""
    conditions = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(Mandate).where(*conditions)) or 0
    # Sorted first and read afterwards: texts of a hundred thousand clauses are not to be sorted.
    rows, previous_key, next_key = rows_of_page(
        session,
        select(Mandate.id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(*(_along_the_list(session, conditions) if total > FEW else conditions)),
        sort=_sort(order, is_descending=is_descending),
        identity=Mandate.id,
        is_descending=is_descending,
        place=place or Place(),
    )
    ids = [row[0] for row in rows]
    found = sorted(chosen_mandates(session, ids), key=lambda mandate: ids.index(mandate.id))
    return Page(tuple(found), total, previous_key, next_key)


def all_mandates(
    session: Session, wanted: MandateFilter, *, order: MandateOrder, is_descending: bool
) -> Iterator[ListedMandate]:
    """Yield the mandates asked for as ``mandates_page`` lists them, by one statement."""
    rows = all_rows(
        session,
        _listed().where(*_conditions(wanted)),
        sort=_sort(order, is_descending=is_descending),
        identity=Mandate.id,
        is_descending=is_descending,
    )
    return map(_record, rows)


def chosen_mandates(session: Session, mandate_ids: Sequence[int]) -> tuple[ListedMandate, ...]:
    """Return the mandates with these ids by symbol and paragraph; what is not there is left out."""
    rows = session.execute(
        _listed()
        .where(is_among(session, Mandate.id, mandate_ids))
        .order_by(Instrument.sort_key, Instrument.id, Clause.position)
    )
    return tuple(_record(row) for row in rows)


def assignable_ids(session: Session, wanted: MandateFilter, *, most: int) -> list[int]:
    """Return the mandates of a list that can be assigned, one more than ``most`` at most."""
    return _ids(session, wanted, Mandate.requires_action.is_(True), most=most + 1)


def unconfirmed_ids(session: Session, wanted: MandateFilter, *, most: int) -> list[int]:
    """Return the mandates of a list that nobody has confirmed, ``most`` at most."""
    return _ids(session, wanted, Mandate.requires_action.is_(None), most=most)


def _ids(
    session: Session, wanted: MandateFilter, condition: ColumnElement[bool], *, most: int
) -> list[int]:
    return list(
        session.scalars(
            select(Mandate.id)
            .join(Instrument, Instrument.id == Mandate.instrument_id)
            .join(Clause, Clause.id == Mandate.clause_id)
            .where(*_conditions(wanted), condition)
            .order_by(Instrument.sort_key, Instrument.id, Clause.position)
            .limit(most)
        )
    )


def narrowed_to(session: Session, wanted: MandateFilter) -> str | None:
    """Return the symbol or the session to which a list is narrowed, None where it is to neither."""
    if wanted.instrument_id is not None:
        return session.scalar(
            select(Instrument.symbol).where(Instrument.id == wanted.instrument_id)
        )
    if wanted.session_id is not None:
        return session.scalar(select(BodySession.name).where(BodySession.id == wanted.session_id))
    return None


def possible_focal_points(session: Session) -> tuple[PossibleFocalPoint, ...]:
    """Return the active people who can write reports for some unit, by name; three statements."""
    unit_ids = session.scalars(select(OrganizationalUnit.id)).all()
    people = session.scalars(
        select(Person)
        .where(Person.is_active)
        .options(selectinload(Person.roles))
        .order_by(Person.name, Person.id)
    )
    found = (
        PossibleFocalPoint(person.id, person.name, _writes_for(person, unit_ids))
        for person in people
    )
    return tuple(person for person in found if person.unit_ids)


def _writes_for(person: Person, unit_ids: Sequence[int]) -> frozenset[int]:
    actor = actor_of(person)
    return frozenset(
        unit_id for unit_id in unit_ids if is_allowed(actor, Action.WRITE_PROGRESS, unit_id=unit_id)
    )


def _sort(order: MandateOrder, *, is_descending: bool) -> tuple[Column, ...]:
    place = (Instrument.sort_key, Instrument.id, Clause.position)
    if order is MandateOrder.NATURE:
        return (in_order_of(Mandate.nature, Nature), *place)
    if order is MandateOrder.OWNER:
        unit = missing_last(OrganizationalUnit.name, is_descending=is_descending)
        return (*unit, func.coalesce(Person.name, ""), *place)
    if order is MandateOrder.DUE:
        return (*missing_last(Mandate.due_on, is_descending=is_descending), *place)
    return place


def _conditions(wanted: MandateFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.unit_id is not None:
        conditions.append(Mandate.lead_unit_id == wanted.unit_id)
    if wanted.nature is not None:
        conditions.append(Mandate.nature == wanted.nature)
    if wanted.asking is Asking.UNCONFIRMED:
        conditions.append(Mandate.requires_action.is_(None))
    elif wanted.asking is not None:
        conditions.append(Mandate.requires_action.is_(wanted.asking is Asking.REQUIRED))
    if wanted.acceptance is not None:
        conditions += [Mandate.acceptance == wanted.acceptance, Mandate.requires_action.is_(True)]
    if wanted.instrument_id is not None:
        conditions.append(Mandate.instrument_id == wanted.instrument_id)
    if wanted.session_id is not None:
        of_session = select(Instrument.id).where(Instrument.session_id == wanted.session_id)
        conditions.append(Mandate.instrument_id.in_(of_session))
    if wanted.is_ownerless:
        conditions.append(nobody_answers())
    if wanted.lacks_activity:
        conditions.append(lacks_activity())
    return conditions


def _along_the_list(
    session: Session, conditions: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Return the conditions so that SQLite looks nothing up by them, but walks along the list.

    It does not know that an answer holds for a third of all, and sorts them for a page of fifty.
    """
    if not conditions or not is_on_sqlite(session):
        return list(conditions)
    return [case((and_(*conditions), 1), else_=0) == 1]


def lacks_activity() -> ColumnElement[bool]:
    """Say, of a mandate, that a unit is to carry it out and no activity is linked to it."""
    return and_(
        Mandate.requires_action.is_(True),
        Mandate.lifecycle == Lifecycle.ACTIVE,
        Mandate.lead_unit_id.is_not(None),
        ~exists().where(ActivityLink.mandate_id == Mandate.id).correlate(Mandate),
    )


def _listed() -> Select[
    Mandate, str, str, str, str | None, str, str, str | None, date | None, str | None, str | None
]:
    return (
        select(
            Mandate,
            Instrument.symbol,
            Instrument.slug,
            Body.key,
            Clause.path,
            ClauseText.text,
            ClauseText.language,
            ClauseText.verb,
            Instrument.adopted_on,
            OrganizationalUnit.name,
            Person.name,
        )
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
    )


def _record(row: Row[*tuple[Any, ...]]) -> ListedMandate:
    # By position, since two of the columns are called name.
    mandate, symbol, slug, body_key, path, text, language, verb, adopted_on, unit, person = row[:11]
    return ListedMandate(
        id=mandate.id,
        version=mandate.version,
        reference=Reference(symbol, body_key, slug, path or ""),
        text=text,
        language=language,
        verb=verb,
        nature=mandate.nature,
        is_proposed_for_action=mandate.is_proposed_for_action,
        requires_action=mandate.requires_action,
        unit_name=unit,
        joint_lead=mandate.joint_lead,
        focal_point_name=person,
        acceptance=mandate.acceptance,
        due_on=mandate.due_on,
        adopted_on=adopted_on,
    )
