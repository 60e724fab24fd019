"""Requests and offers: entered, changed, followed to an activity, closed; and networks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.domain import permissions
from tracker.domain.cooperation import (
    Member,
    NoticeDetails,
    check_network,
    check_notice,
    check_reason,
)
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.models.activities import Activity
from tracker.models.cooperation import CooperationNotice, Network, NetworkMember
from tracker.services import audit
from tracker.services.versions import check_version


def enter_notice(
    session: Session, *, details: NoticeDetails, actor: Actor, at: datetime
) -> CooperationNotice:
    """Enter a request or an offer; raises Invalid at the field that cannot be kept."""
    permissions.require(actor, Action.KEEP_COOPERATION)
    plain = check_notice(details)
    added = CooperationNotice(entered_at=at, entered_by_id=actor.person_id, **_columns(plain))
    session.add(added)
    audit.record(
        session, actor=actor, at=at, action="cooperation_notice.entered", subject=added,
        after=_columns(plain),
    )  # fmt: skip
    return added


def change_notice(
    session: Session,
    *,
    notice_id: int,
    version: int,
    details: NoticeDetails,
    actor: Actor,
    at: datetime,
) -> CooperationNotice:
    """Let a request or an offer say something else; raises Stale, and as ``enter_notice``."""
    found = _take(session, notice_id, version, actor)
    plain = check_notice(details)
    before, after = _columns(found), _columns(plain)
    if before != after:
        for name, value in after.items():
            setattr(found, name, value)
        audit.record(
            session, actor=actor, at=at, action="cooperation_notice.changed", subject=found,
            before=before, after=after,
        )  # fmt: skip
    return found


def follow_notice(
    session: Session, *, notice_id: int, version: int, activity_id: int, actor: Actor, at: datetime
) -> CooperationNotice:
    """Say which activity answers a request or takes up an offer; it is open no more."""
    found = _take(session, notice_id, version, actor)
    _check_open(found)
    if session.get(Activity, activity_id) is None:
        raise Invalid("There is no such activity. Choose one from the list.", field="activity_id")
    found.activity_id = activity_id
    audit.record(
        session, actor=actor, at=at, action="cooperation_notice.followed", subject=found,
        before={"activity_id": None}, after={"activity_id": activity_id},
    )  # fmt: skip
    return found


def close_notice(
    session: Session, *, notice_id: int, version: int, reason: str, actor: Actor, at: datetime
) -> CooperationNotice:
    """Close a request or an offer that leads to no activity, for a reason that is kept."""
    found = _take(session, notice_id, version, actor)
    _check_open(found)
    found.closed_because, found.closed_at = check_reason(reason), at
    audit.record(
        session, actor=actor, at=at, action="cooperation_notice.closed", subject=found,
        after={"reason": found.closed_because},
    )  # fmt: skip
    return found


def reopen_notice(
    session: Session, *, notice_id: int, version: int, actor: Actor, at: datetime
) -> CooperationNotice:
    """Open again what was closed or followed to the wrong activity."""
    found = _take(session, notice_id, version, actor)
    if found.closed_at is None and found.activity_id is None:
        raise WrongState("It is open already. Nothing was changed.")
    before = {"activity_id": found.activity_id, "reason": found.closed_because}
    found.closed_at, found.closed_because, found.activity_id = None, "", None
    audit.record(
        session, actor=actor, at=at, action="cooperation_notice.reopened", subject=found,
        before=before,
    )  # fmt: skip
    return found


def keep_network(
    session: Session,
    *,
    network_id: int | None,
    version: int,
    name: str,
    purpose: str,
    members: Sequence[Member],
    actor: Actor,
    at: datetime,
) -> Network:
    """Add a network, or (with its id) let it have this name, purpose and these members.

    Raises Invalid, Duplicate for a name that another one bears, Stale.
    """
    permissions.require(actor, Action.KEEP_COOPERATION)
    plain, told = check_network(name, purpose, members)
    held = next(
        (each for each in session.scalars(select(Network)) if _same(each.name, plain)), None
    )
    if held is not None and held.id != network_id:
        raise Duplicate("There is a network “%(name)s” already. Open it instead.", name=held.name)
    if network_id is None:
        network = Network(entered_at=at, entered_by_id=actor.person_id, members=[])
        before = None
        session.add(network)
    else:
        network = _take_network(session, network_id, version)
        before = _told(network)
    network.name, network.purpose = plain, told
    network.members = [NetworkMember(name=each.name, country=each.country) for each in members]
    session.flush()
    audit.record(
        session, actor=actor, at=at,
        action="network.added" if before is None else "network.changed", subject=network,
        before=before, after=_told(network),
    )  # fmt: skip
    return network


def _take(session: Session, notice_id: int, version: int, actor: Actor) -> CooperationNotice:
    permissions.require(actor, Action.KEEP_COOPERATION)
    found = session.get(CooperationNotice, notice_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("There is no such request or offer. Choose one from the list.")
    check_version(found, version)
    return found


def _take_network(session: Session, network_id: int, version: int) -> Network:
    found = session.scalar(
        select(Network)
        .where(Network.id == network_id)
        .options(selectinload(Network.members))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("There is no such network. Choose one from the list.")
    check_version(found, version)
    return found


def _check_open(found: CooperationNotice) -> None:
    if found.closed_at is not None or found.activity_id is not None:
        raise WrongState("It is followed or closed already. Open it again first.")


def _columns(of: NoticeDetails | CooperationNotice) -> dict[str, object]:
    return {name: getattr(of, name) for name in NoticeDetails.__slots__}


def _told(network: Network) -> dict[str, object]:
    return {
        "name": network.name,
        "purpose": network.purpose,
        "members": [[member.name, member.country] for member in network.members],
    }


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
