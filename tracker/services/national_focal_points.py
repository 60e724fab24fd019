"""National focal points: added, changed, ended, and taken from a list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.national_focal_points import (
    FocalPointDetails,
    FocalPointRow,
    check_details,
    details_of_row,
)
from tracker.domain.permissions import Action, Actor
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.models.national_focal_points import NationalFocalPoint
from tracker.services import audit
from tracker.services.versions import check_version


@dataclass(frozen=True, slots=True)
class PlannedFocalPoint(Planned[FocalPointRow]):
    """A row, what it says, and the focal point that it would change, if there is one."""

    details: FocalPointDetails | None = None
    focal_point_id: int | None = None


def add_focal_point(
    session: Session, *, details: FocalPointDetails, actor: Actor, at: datetime
) -> NationalFocalPoint:
    """Add a national focal point; raises Invalid at the field that cannot be kept."""
    permissions.require(actor, Action.KEEP_FOCAL_POINTS)
    plain = check_details(details)
    added = NationalFocalPoint(entered_at=at, entered_by_id=actor.person_id, **_columns(plain))
    session.add(added)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="national_focal_point.added",
        subject=added,
        after=_columns(plain),
    )
    return added


def change_focal_point(
    session: Session,
    *,
    focal_point_id: int,
    version: int,
    details: FocalPointDetails,
    actor: Actor,
    at: datetime,
) -> NationalFocalPoint:
    """Let the directory say something else of a focal point; raises Stale, and as above."""
    found = _take(session, focal_point_id, version, actor)
    return _change(session, found, check_details(details), actor=actor, at=at)


def end_focal_point(
    session: Session, *, focal_point_id: int, version: int, on: date, actor: Actor, at: datetime
) -> NationalFocalPoint:
    """Let the day ``on`` be a focal point's last; they stay in the directory as a former one."""
    found = _take(session, focal_point_id, version, actor)
    if found.valid_to is not None and found.valid_to < on:
        raise WrongState("This focal point has ended already. Nothing was changed.")
    if found.valid_from is not None and on < found.valid_from:
        raise WrongState(
            "This focal point begins only on %(day)s. Change the dates instead.",
            day=found.valid_from,
        )
    before = {"valid_to": found.valid_to}
    found.valid_to = on
    audit.record(
        session,
        actor=actor,
        at=at,
        action="national_focal_point.ended",
        subject=found,
        before=before,
        after={"valid_to": on},
    )
    return found


def plan_focal_points(
    session: Session, rows: Sequence[FocalPointRow], *, actor: Actor
) -> list[PlannedFocalPoint]:
    """Return for each row, in order, what taking it would do; changes nothing.

    A row changes who has the same country, institution and person; else it adds somebody.
    """
    permissions.require(actor, Action.KEEP_FOCAL_POINTS)
    known = {_identity(row): row for row in session.scalars(select(NationalFocalPoint))}
    seen: Counter[tuple[str, str, str]] = Counter()
    return [_planned(row, known, seen) for row in rows]


def take_focal_points(
    session: Session, rows: Sequence[FocalPointRow], *, seal: str, actor: Actor, at: datetime
) -> Mapping[Effect, int]:
    """Take all rows as they were rehearsed; raises as ``require_as_rehearsed`` does."""
    plan = plan_focal_points(session, rows, actor=actor)
    require_as_rehearsed(plan, seal)
    for done in plan:
        if done.details is None:
            continue
        if done.effect is Effect.MADE:
            add_focal_point(session, details=done.details, actor=actor, at=at)
        elif done.effect is Effect.CHANGED:
            found = session.get_one(NationalFocalPoint, done.focal_point_id)
            _change(session, found, done.details, actor=actor, at=at)
    return counts_of(plan)


def _planned(
    row: FocalPointRow,
    known: Mapping[tuple[str, str, str], NationalFocalPoint],
    seen: Counter[tuple[str, str, str]],
) -> PlannedFocalPoint:
    try:
        details = details_of_row(row)
    except Invalid as refusal:
        return PlannedFocalPoint(row, Effect.REFUSED, (refusal,))
    seen[_identity(details)] += 1
    if seen[_identity(details)] > 1:
        twice = Invalid("This focal point stands in the list twice. Leave one of the two out.")
        return PlannedFocalPoint(row, Effect.REFUSED, (twice,))
    held = known.get(_identity(details))
    if held is None:
        return PlannedFocalPoint(row, Effect.MADE, details=details)
    effect = Effect.SAME if _columns(held) == _columns(details) else Effect.CHANGED
    return PlannedFocalPoint(row, effect, details=details, focal_point_id=held.id)


def _identity(of: FocalPointDetails | NationalFocalPoint) -> tuple[str, str, str]:
    return of.country, of.institution.casefold(), of.person.casefold()


def _take(session: Session, focal_point_id: int, version: int, actor: Actor) -> NationalFocalPoint:
    permissions.require(actor, Action.KEEP_FOCAL_POINTS)
    found = session.get(
        NationalFocalPoint, focal_point_id, with_for_update=True, populate_existing=True
    )
    if found is None:
        raise NotFound("There is no such focal point. Choose one from the directory.")
    check_version(found, version)
    return found


def _change(
    session: Session,
    found: NationalFocalPoint,
    details: FocalPointDetails,
    *,
    actor: Actor,
    at: datetime,
) -> NationalFocalPoint:
    before, after = _columns(found), _columns(details)
    if before != after:
        for name, value in after.items():
            setattr(found, name, value)
        audit.record(
            session,
            actor=actor,
            at=at,
            action="national_focal_point.changed",
            subject=found,
            before=before,
            after=after,
        )
    return found


def _columns(of: FocalPointDetails | NationalFocalPoint) -> dict[str, object]:
    return {name: getattr(of, name) for name in FocalPointDetails.__slots__}
