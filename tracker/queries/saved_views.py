"""The views of lists that a person sees: their own, their units' and everybody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.domain.saved_views import ListKey, SharedWith, Sharing, numbers_named
from tracker.models.base import Base
from tracker.models.instruments import Body, BodySession, Instrument
from tracker.models.people import OrganizationalUnit, Person, Subprogramme
from tracker.models.progress import ReportingPeriod
from tracker.models.saved_views import SavedView
from tracker.queries.plain_rows import KeptStatement, plain_rows

# What a filter names by number.
_NAMED: Mapping[str, type[Base]] = {
    "unit": OrganizationalUnit,
    "body": Body,
    "session": BodySession,
    "adopted_by": BodySession,
    "resolution": Instrument,
    "subprogramme": Subprogramme,
    "period": ReportingPeriod,
}


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view as one reader sees it; ``owner`` is whose it is, ``unit`` with whom it is shared."""

    id: int
    version: int
    list: ListKey
    name: str
    filter: str
    owner_id: int
    owner: str
    shared_with: SharedWith
    unit: str | None
    is_own: bool
    may_change: bool


def kept_views(session: Session, actor: Actor) -> tuple[KeptView, ...]:
    """Return the views that ``actor`` sees, their own first, by name; one statement."""
    return _views(session, actor)


def kept_view(session: Session, view_id: int, actor: Actor) -> KeptView:
    """Return one view; raise NotFound where there is none or it is not for ``actor``."""
    found = _views(session, actor, SavedView.id == view_id)
    if not found:
        raise NotFound(
            "There is no such view any more, or it is not shared with you. Choose one from the "
            "list of views."
        )
    return found[0]


def gone_from(session: Session, written: str) -> tuple[str, ...]:
    """Return what a filter names that is no longer there, by the words of the address.

    A unit that was closed is no longer there. A statement for each number that is named.
    """
    gone = []
    for name, key in numbers_named(written, _NAMED):
        found = session.get(_NAMED[name], key)
        if found is None or (isinstance(found, OrganizationalUnit) and found.closed_at):
            gone.append(name)
    return tuple(dict.fromkeys(gone))


def may_change(actor: Actor, owner_id: int, shared_with: SharedWith) -> bool:
    """Tell whether a view is the actor's own, or shared and theirs to look after."""
    if owner_id == actor.person_id:
        return True
    return shared_with.sharing is not Sharing.NOBODY and is_allowed(actor, Action.SHARE_VIEW)


def _views(
    session: Session, actor: Actor, *conditions: ColumnElement[bool]
) -> tuple[KeptView, ...]:
    units = frozenset(unit_id for _role, unit_id in actor.roles if unit_id is not None)
    seen = _seen_by(actor.person_id, units)
    rows = (
        plain_rows(session, seen.statement.where(*conditions)) if conditions else seen.rows(session)
    )
    return tuple(_view(row, actor) for row in rows)


@lru_cache(maxsize=2048)
def _seen_by(person_id: int, unit_ids: frozenset[int]) -> KeptStatement[*tuple[Any, ...]]:
    """Return the statement, which every page of a list asks; making it takes longer than that."""
    return KeptStatement(
        select(
            SavedView.id,
            SavedView.version,
            SavedView.list,
            SavedView.name,
            SavedView.filter,
            SavedView.owner_id,
            SavedView.sharing,
            SavedView.unit_id,
            Person.name.label("owner"),
            OrganizationalUnit.name.label("unit"),
        )
        .join(Person, Person.id == SavedView.owner_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == SavedView.unit_id)
        .where(
            or_(
                SavedView.owner_id == person_id,
                SavedView.sharing == Sharing.EVERYBODY,
                SavedView.unit_id.in_(unit_ids),
            )
        )
        .order_by(SavedView.owner_id != person_id, SavedView.name, SavedView.id)
    )


def _view(row: Row[*tuple[Any, ...]], actor: Actor) -> KeptView:
    shared_with = SharedWith(row.sharing, row.unit_id)
    return KeptView(
        id=row.id,
        version=row.version,
        list=row.list,
        name=row.name,
        filter=row.filter,
        owner_id=row.owner_id,
        owner=row.owner,
        shared_with=shared_with,
        unit=row.unit,
        is_own=row.owner_id == actor.person_id,
        may_change=may_change(actor, row.owner_id, shared_with),
    )
