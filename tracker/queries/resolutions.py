"""The list of resolutions, with the counts of their mandates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.mandates import Lifecycle
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.queries.asked_mandates import nobody_answers
from tracker.queries.paging import Column, Page, Place, all_rows, rows_of_page
from tracker.queries.sorting import missing_last

_NEEDS_US = Mandate.requires_action.is_(True) & (Mandate.lifecycle == Lifecycle.ACTIVE)
_UNCONFIRMED = Mandate.requires_action.is_(None)
_Counts = tuple[int, int, int, int]
_HAS_TEXT = select(Clause.id).where(Clause.instrument_id == Instrument.id).exists()


class ResolutionOrder(StrEnum):
    """By what the list of resolutions is sorted; rows that are equal follow their symbol."""

    RESOLUTION = "resolution"
    ADOPTED = "adopted"
    MANDATES = "mandates"
    ACTION = "action"
    UNCONFIRMED = "unconfirmed"
    OWNERLESS = "ownerless"


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """A resolution in the list, with the counts of its mandates."""

    instrument_id: int
    symbol: str
    title: str
    language: str
    body_key: str
    body_name: str
    slug: str
    session_name: str | None
    adopted_on: date | None
    mandate_count: int
    unconfirmed_count: int
    action_count: int
    ownerless_count: int


def resolutions(
    session: Session,
    *,
    body_key: str | None = None,
    order: ResolutionOrder = ResolutionOrder.RESOLUTION,
    is_descending: bool = True,
    place: Place | None = None,
) -> Page[ResolutionRow]:
    """Return a page of the resolutions (of one body); three statements."""
    of_body = _of_body(body_key)
    rows, previous_key, next_key = rows_of_page(
        session,
        _listed(of_body),
        sort=_sort(order, is_descending=is_descending),
        identity=Instrument.id,
        is_descending=is_descending,
        place=place or Place(),
    )
    counts = _counts(session, [row.id for row in rows])
    total = session.scalar(
        select(func.count(Instrument.id)).join(Body, Body.id == Instrument.body_id).where(*of_body)
    )
    found = tuple(_row(row, counts) for row in rows)
    return Page(found, total or 0, previous_key, next_key)


def all_resolutions(
    session: Session, *, body_key: str | None, order: ResolutionOrder, is_descending: bool
) -> Iterator[ResolutionRow]:
    """Yield the resolutions (of one body) as ``resolutions`` lists them, by two statements."""
    counts = _counts(session)
    rows = all_rows(
        session,
        _listed(_of_body(body_key)),
        sort=_sort(order, is_descending=is_descending),
        identity=Instrument.id,
        is_descending=is_descending,
    )
    return (_row(row, counts) for row in rows)


def _of_body(body_key: str | None) -> list[ColumnElement[bool]]:
    # What stands in the standing list alone has no text to open, and a list of its own.
    return [_HAS_TEXT, Body.key == body_key] if body_key else [_HAS_TEXT]


def _listed(of_body: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Instrument.id,
            Instrument.symbol,
            Instrument.slug,
            Instrument.adopted_on,
            Body.key.label("body_key"),
            Body.name.label("body_name"),
            BodySession.name.label("session_name"),
            InstrumentText.title,
            InstrumentText.language,
        )
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(InstrumentText.is_original, *of_body)
    )


def _row(row: Row[*tuple[Any, ...]], counts: Mapping[int, _Counts]) -> ResolutionRow:
    mandates, unconfirmed, for_action, ownerless = counts.get(row.id, (0, 0, 0, 0))
    return ResolutionRow(
        instrument_id=row.id,
        symbol=row.symbol,
        title=row.title,
        language=row.language,
        body_key=row.body_key,
        body_name=row.body_name,
        slug=row.slug,
        session_name=row.session_name,
        adopted_on=row.adopted_on,
        mandate_count=mandates,
        unconfirmed_count=unconfirmed,
        action_count=for_action,
        ownerless_count=ownerless,
    )


def _sort(order: ResolutionOrder, *, is_descending: bool) -> tuple[Column, ...]:
    if order is ResolutionOrder.RESOLUTION:
        return (Instrument.sort_key,)
    if order is ResolutionOrder.ADOPTED:
        day = missing_last(Instrument.adopted_on, is_descending=is_descending)
        return (*day, Instrument.sort_key)
    counted = select(func.count(Mandate.id)).where(Mandate.instrument_id == Instrument.id)
    condition = {
        ResolutionOrder.ACTION: _NEEDS_US,
        ResolutionOrder.UNCONFIRMED: _UNCONFIRMED,
        ResolutionOrder.OWNERLESS: nobody_answers(),
    }.get(order)
    if condition is not None:
        counted = counted.where(condition)
    return (counted.scalar_subquery(), Instrument.sort_key)


def bodies(session: Session) -> list[tuple[str, str, int]]:
    """Return key, name and count of resolutions of each body that adopted one, by name."""
    rows = session.execute(
        select(Body.key, Body.name, func.count(Instrument.id))
        .join(Instrument, Instrument.body_id == Body.id)
        .where(_HAS_TEXT)
        .group_by(Body.id)
        .order_by(Body.name)
    )
    return [(key, name, count) for key, name, count in rows]


def body_names(session: Session) -> list[str]:
    """Return the names of all known bodies."""
    return list(session.scalars(select(Body.name).order_by(Body.name)))


def resolution_address(session: Session, instrument_id: int) -> tuple[str, str]:
    """Return body key and slug of a resolution; raise NotFound when there is none."""
    found = session.execute(
        select(Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.id == instrument_id)
    ).first()
    if found is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    return found.key, found.slug


def _counts(session: Session, instrument_ids: Sequence[int] | None = None) -> Mapping[int, _Counts]:
    """Return how many mandates there are, unconfirmed, requiring action, and without a unit.

    Without ids those of all resolutions.
    """
    query = select(
        Mandate.instrument_id,
        func.count(Mandate.id),
        func.count(case((_UNCONFIRMED, 1))),
        func.count(case((_NEEDS_US, 1))),
        func.count(case((nobody_answers(), 1))),
    ).group_by(Mandate.instrument_id)
    if instrument_ids is not None:
        query = query.where(Mandate.instrument_id.in_(instrument_ids))
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(query)}
