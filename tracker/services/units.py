"""Organizational units: added to the house, renamed, moved, closed and opened again."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor
from tracker.domain.short_names import first_free, subject_of
from tracker.domain.units import check_closable, check_move
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.clearance_rules import waiting_at_second
from tracker.queries.people import units
from tracker.queries.references import cited
from tracker.queries.units import led_mandates
from tracker.services import audit
from tracker.services.names import note_new_original
from tracker.services.personal_details import check_name, check_time_zone
from tracker.services.versions import check_version

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY_LENGTH = 40


def add_unit(
    session: Session,
    *,
    key: str,
    name: str,
    kind: UnitKind,
    language: str,
    time_zone: str,
    parent_id: int | None = None,
    actor: Actor | None,
    at: datetime,
) -> OrganizationalUnit:
    """Add a unit, last in the order of the house; ``key`` is its short name, as in "statistics".

    An empty one is made from the name. No actor is the system itself. Raises Invalid at the field
    that is wrong and Duplicate when the short name is taken.
    """
    if actor is not None:
        permissions.require(actor, Action.INVITE_PERSON)
    if parent_id is not None and session.get(OrganizationalUnit, parent_id) is None:
        raise Invalid("There is no such unit. Choose one from the list.", field="parent_id")
    checked_name = check_name(name)
    unit = OrganizationalUnit(
        key=_checked_key(key) if key.strip() else _free_key(session, checked_name),
        name=checked_name,
        language=language,
        kind=kind,
        parent_id=parent_id,
        time_zone=check_time_zone(time_zone),
        position=(session.scalar(select(func.max(OrganizationalUnit.position))) or 0) + 1,
    )
    _add_unless_taken(session, unit)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="unit.added",
        subject=unit,
        after={"key": unit.key, "name": unit.name, "kind": kind, "time_zone": unit.time_zone},
    )
    return unit


def change_unit(
    session: Session,
    *,
    unit_id: int,
    version: int,
    name: str,
    kind: UnitKind,
    parent_id: int | None,
    actor: Actor,
    at: datetime,
) -> OrganizationalUnit:
    """Rename a unit, or make it part of another; its short name and its history stay.

    Names in other languages are out of date after a new name. Raises Stale, Invalid at the field,
    and refuses a ring.
    """
    unit = _take(session, unit_id, version, actor)
    parents = {each.id: each.parent_id for each in units(session)}
    if parent_id is not None and parent_id not in parents:
        raise Invalid("There is no such unit. Choose one from the list.", field="parent_id")
    check_move(unit_id, parent_id, parents)
    before = _told(unit)
    new_name = check_name(name)
    if new_name != unit.name:
        note_new_original(session, Named.UNIT, unit_id)
    unit.name, unit.kind, unit.parent_id = new_name, kind, parent_id
    if (after := _told(unit)) != before:
        audit.record(
            session,
            actor=actor,
            at=at,
            action="unit.changed",
            subject=unit,
            before=before,
            after=after,
        )
    return unit


def close_unit(
    session: Session, *, unit_id: int, version: int, actor: Actor, at: datetime
) -> OrganizationalUnit:
    """Let a unit take nothing more; refused, naming what is in the way, while it leads mandates."""
    unit = _take(session, unit_id, version, actor)
    if unit.closed_at is not None:
        raise WrongState("%(name)s is closed already.", name=unit.name)
    led = led_mandates(session, unit_id)
    check_closable(
        unit.name,
        mandates=[cited(symbol, path, actor.language) for symbol, path in led.first],
        mandate_count=led.total,
        units=[
            each.name
            for each in units(session)
            if each.parent_id == unit_id and each.closed_at is None
        ],
        asking=[
            each.name
            for each in units(session)
            if each.second_clearance_unit_id == unit_id and each.closed_at is None
        ],
        to_clear_count=waiting_at_second(session, unit_id),
    )
    unit.closed_at = at
    _record_closing(session, unit, "unit.closed", actor=actor, at=at)
    return unit


def reopen_unit(
    session: Session, *, unit_id: int, version: int, actor: Actor, at: datetime
) -> OrganizationalUnit:
    """Let a closed unit take mandates again."""
    unit = _take(session, unit_id, version, actor)
    if unit.closed_at is None:
        raise WrongState("%(name)s is not closed.", name=unit.name)
    unit.closed_at = None
    _record_closing(session, unit, "unit.reopened", actor=actor, at=at)
    return unit


def _take(session: Session, unit_id: int, version: int, actor: Actor) -> OrganizationalUnit:
    permissions.require(actor, Action.INVITE_PERSON)
    unit = session.get(OrganizationalUnit, unit_id, with_for_update=True, populate_existing=True)
    if unit is None:
        raise NotFound("There is no such unit. Choose one from the list of units.")
    check_version(unit, version)
    return unit


def _told(unit: OrganizationalUnit) -> dict[str, object]:
    return {"name": unit.name, "kind": unit.kind, "parent_id": unit.parent_id}


def _record_closing(
    session: Session, unit: OrganizationalUnit, action: str, *, actor: Actor, at: datetime
) -> None:
    is_closed = unit.closed_at is not None
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=unit,
        before={"is_closed": not is_closed},
        after={"is_closed": is_closed},
    )


def unit_ids_of(session: Session, keys: Iterable[str]) -> list[int]:
    """Return the ids of the units with these short names, in their order; NotFound names others."""
    ids = {unit.key: unit.id for unit in units(session)}
    wanted = [key.strip().lower() for key in keys]
    for key in wanted:
        if key not in ids:
            raise NotFound(
                "There is no unit %(key)s. Choose one of these: %(known)s.",
                key=key,
                known=", ".join(ids) or "–",
            )
    return [ids[key] for key in wanted]


def _checked_key(key: str) -> str:
    plain = key.strip().lower()
    if not _KEY.fullmatch(plain) or len(plain) > KEY_LENGTH:
        raise Invalid(
            "The short name is made of letters from a to z, digits and hyphens, %(length)s at "
            "most, such as “statistics”. Change it, or leave the field empty: it is then made from "
            "the name.",
            field="key",
            length=KEY_LENGTH,
        )
    return plain


def _free_key(session: Session, name: str) -> str:
    """Return a short name made from the name, with a number where it is taken."""
    return first_free(subject_of(name), set(session.scalars(select(OrganizationalUnit.key))))


def _add_unless_taken(session: Session, unit: OrganizationalUnit) -> None:
    taken = Duplicate(
        "The short name “%(key)s” belongs to another unit. Enter a different one, or leave "
        "the field empty: it is then made from the name.",
        key=unit.key,
    )
    if session.scalar(select(OrganizationalUnit.id).where(OrganizationalUnit.key == unit.key)):
        raise taken
    session.add(unit)
    try:
        session.flush()
    except IntegrityError as error:  # another session took the short name since we looked
        raise taken from error
