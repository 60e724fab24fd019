"""Hand-overs: all that a person leaves open goes to successors in one step, rehearsed before."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.errors import Refused, Stale, WrongState
from tracker.domain.handovers import (
    NEEDED,
    Choices,
    Closing,
    OpenItem,
    check_successors,
)
from tracker.domain.permissions import Action, Actor, Role
from tracker.models.handovers import Handover, HandoverPack
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.handover_packs import pack_for
from tracker.queries.handovers import OpenRow, accounts_left, open_rows
from tracker.queries.people import actor_of
from tracker.services import audit
from tracker.services.handed_items import move_items
from tracker.services.people import check_leaves_nothing, deactivate_person
from tracker.services.roles import change_roles, person_with_roles
from tracker.services.versions import check_version
from tracker.storage import FileStore
from tracker.writing.handover_pack import write_pack

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a pack comes from: the house by its name in a language, its address, its folder."""

    entity: Callable[[str], str]
    address: str
    files: FileStore


@dataclass(frozen=True, slots=True)
class Moved:
    """An open item and who takes it, with their name; nobody where it stays."""

    row: OpenRow
    successor_id: int | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role that a successor lacks and is given: in a unit, or (None) in the whole house."""

    successor_id: int
    successor: str
    role: Role
    unit_id: int | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class HandoverPlan:
    """What a hand-over would do; ``seal`` marks it, ``refusal`` says why it cannot be.

    Who ``leaves`` is deactivated where it ``closes`` their account, else an administrator is asked.
    """

    moved: tuple[Moved, ...]
    roles: tuple[GivenRole, ...]
    leaves: bool
    closes: bool
    refusal: Refused | None = None

    @property
    def seal(self) -> str:
        """Return a mark by which a later plan is seen to be the same."""
        told = repr((self.moved, self.roles, self.leaves, self.closes))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def taken(self) -> Mapping[int, Sequence[OpenRow]]:
        """Return what each successor takes."""
        found: dict[int, list[OpenRow]] = {}
        for each in self.moved:
            if each.successor_id is not None:
                found.setdefault(each.successor_id, []).append(each.row)
        return found


def rehearse_handover(
    session: Session,
    *,
    person_id: int,
    choices: Choices,
    leaves: bool,
    actor: Actor,
    at: datetime,
) -> HandoverPlan:
    """Return what the hand-over would do, tried and taken back again; nothing is changed.

    Raises Invalid where nobody is chosen or cannot be, and NotAllowed.
    """
    person, plan = _plan(session, person_id, choices, leaves=leaves, actor=actor, at=at)
    attempt = session.begin_nested()
    try:
        _carry_out(session, person, plan, actor=actor, at=at)
        session.flush()
    except Refused as refusal:
        return replace(plan, refusal=refusal)
    finally:
        attempt.rollback()
    return plan


def hand_over(
    session: Session,
    *,
    person_id: int,
    version: int,
    choices: Choices,
    leaves: bool,
    seal: str,
    sender: Sender,
    actor: Actor,
    at: datetime,
) -> Handover:
    """Let successors take what a person leaves open, and keep a pack for each; all of it or none.

    With ``leaves`` the person is deactivated as well, or, by a coordinator, the administrators are
    asked to do it. Raises Stale where something changed since it was rehearsed under ``seal``, and
    whatever a single step refuses.
    """
    person, plan = _plan(session, person_id, choices, leaves=leaves, actor=actor, at=at)
    check_version(person, version)
    if plan.seal != seal:
        raise Stale(
            "Something of this work was changed since you looked at it, so nothing was handed "
            "over. Look through it once more, then confirm."
        )
    packs = _packs(session, person, plan, sender, at=at)
    _carry_out(session, person, plan, actor=actor, at=at)
    handover = Handover(
        person_id=person_id,
        handed_at=at,
        handed_by_id=actor.person_id,
        has_left=plan.leaves and plan.closes,
        closing=Closing.ASKED if _is_to_be_asked(session, plan, person_id) else None,
        packs=packs,
    )
    session.add(handover)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="person.handed_over",
        subject=person,
        after={
            "items": [f"{each.row.item.key}: {each.successor}" for each in plan.moved],
            "has_left": handover.has_left,
            "closing": handover.closing,
        },
    )
    logger.info("work of person %s handed over by person %s", person_id, actor.person_id)
    return handover


def _plan(
    session: Session,
    person_id: int,
    choices: Choices,
    *,
    leaves: bool,
    actor: Actor,
    at: datetime,
) -> tuple[Person, HandoverPlan]:
    permissions.require(actor, Action.HAND_OVER)
    person = person_with_roles(session, person_id)
    rows = open_rows(session, person_id, today=_today(person, at))
    wanted = {row.item: choices.successor_of(row.item) for row in rows}
    successors = _successors(session, wanted.values())
    if rows or not leaves:
        check_successors(person_id, {each.id: each.is_active for each in successors.values()})
    moved = tuple(
        Moved(row, found.id if found else None, found.name if found else None)
        for row in rows
        for found in [successors.get(wanted[row.item] or 0)]
    )
    return person, HandoverPlan(
        moved,
        _missing_roles(session, moved, successors),
        leaves,
        closes=permissions.is_allowed(actor, Action.INVITE_PERSON),
    )


def _successors(session: Session, ids: Iterable[int | None]) -> Mapping[int, Person]:
    found = session.scalars(
        select(Person)
        .where(Person.id.in_({each for each in ids if each}))
        .options(selectinload(Person.roles))
        .execution_options(populate_existing=True)
    )
    return {person.id: person for person in found}


def _missing_roles(
    session: Session, moved: Iterable[Moved], successors: Mapping[int, Person]
) -> tuple[GivenRole, ...]:
    """Return the roles that successors need and have not, each once."""
    names = {unit.id: unit.name for unit in session.scalars(select(OrganizationalUnit))}
    missing: dict[tuple[int, Role, int | None], GivenRole] = {}
    for each in moved:
        item = each.row.item
        if each.successor_id is None or each.successor is None or item.kind not in NEEDED:
            continue
        role, person = NEEDED[item.kind], successors[each.successor_id]
        if not _suffices(person, role, item):
            missing[person.id, role, item.unit_id] = GivenRole(
                person.id, person.name, role, item.unit_id, names.get(item.unit_id or 0)
            )
    return tuple(missing.values())


def _suffices(person: Person, role: Role, item: OpenItem) -> bool:
    action = Action.CLEAR_REPORT if role is Role.MANAGER else Action.WRITE_PROGRESS
    return permissions.is_allowed(actor_of(person), action, unit_id=item.unit_id)


def _carry_out(
    session: Session, person: Person, plan: HandoverPlan, *, actor: Actor, at: datetime
) -> None:
    if not plan.closes:
        _check_not_to_oneself(plan.roles, actor)
    for successor_id in sorted({given.successor_id for given in plan.roles}):
        successor = person_with_roles(session, successor_id)
        held = {(role.role, role.unit_id) for role in successor.roles}
        given = {
            (each.role, each.unit_id) for each in plan.roles if each.successor_id == successor_id
        }
        change_roles(
            session,
            person_id=successor_id,
            version=successor.version,
            roles=held | given,
            right=Action.HAND_OVER,
            actor=actor,
            at=at,
        )
    moves = {each.row.item: each.successor_id for each in plan.moved if each.successor_id}
    move_items(session, person.id, moves, actor=actor, at=at)
    if not plan.leaves:
        return
    leaver = person_with_roles(session, person.id)
    if plan.closes:
        deactivate_person(session, person_id=leaver.id, version=leaver.version, actor=actor, at=at)
    else:
        check_leaves_nothing(session, leaver, at=at)


def _is_to_be_asked(session: Session, plan: HandoverPlan, person_id: int) -> bool:
    return plan.leaves and not plan.closes and person_id not in accounts_left(session)


def _check_not_to_oneself(roles: Iterable[GivenRole], actor: Actor) -> None:
    if any(given.successor_id == actor.person_id for given in roles):
        raise WrongState(
            "You would give yourself a role that you do not have. Choose somebody else for it, or "
            "ask an administrator to hand this over."
        )


def _packs(
    session: Session, person: Person, plan: HandoverPlan, sender: Sender, *, at: datetime
) -> list[HandoverPack]:
    """Write a pack for each successor and keep its file; one too many harms nobody."""
    successors = _successors(session, plan.taken)
    made = []
    for successor_id, rows in sorted(plan.taken.items()):
        successor = successors[successor_id]
        pack = pack_for(
            session, rows, person=person, successor=successor, on=_today(person, at), at=at
        )
        content = write_pack(pack, entity=sender.entity(successor.language), address=sender.address)
        made.append(
            HandoverPack(
                successor_id=successor_id,
                language=successor.language,
                digest=sender.files.keep(content),
                item_count=len(rows),
            )
        )
    return made


def _today(person: Person, at: datetime) -> date:
    return at.astimezone(ZoneInfo(person.time_zone)).date()
