"""Requests and offers as they are listed, what fits them, and networks with what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from tracker.domain.activities import FrameworkKind, PartnerKind
from tracker.domain.cooperation import Fit, NoticeKind, Subject, fit_of
from tracker.domain.permissions import Actor
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityFramework, ActivityPartner
from tracker.models.cooperation import CooperationNotice, Network, NetworkMember
from tracker.queries.activities import ActivityFilter, ListedActivity, first_activities
from tracker.stemming import all_stems, formula_stems, telling_stems, words_of

MOST_LISTED = 200
MOST_FITS = 8
MOST_ACTIVITIES = 50


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which requests and offers are asked for; open ones unless ``shows_closed``."""

    kind: NoticeKind | None = None
    country: str | None = None
    words: str = ""
    shows_closed: bool = False


@dataclass(frozen=True, slots=True)
class FittingNotice:
    """A notice of the other kind, and why it fits."""

    notice: CooperationNotice
    fit: Fit


@dataclass(frozen=True, slots=True)
class FittingActivity:
    """An activity to which a notice could be followed, and why."""

    activity: ListedActivity
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedNetwork:
    """A network with how many members it has, and with how many activities."""

    id: int
    name: str
    members: int
    activities: int


def listed_notices(
    session: Session, wanted: NoticeFilter, *, on: date, limit: int | None = MOST_LISTED
) -> Sequence[CooperationNotice]:
    """Return requests and offers, the newest first; one statement. Open ones are still valid."""
    query = _open(on) if not wanted.shows_closed else select(CooperationNotice)
    if wanted.kind is not None:
        query = query.where(CooperationNotice.kind == wanted.kind)
    if wanted.country is not None:
        query = query.where(CooperationNotice.country == wanted.country)
    columns = (
        CooperationNotice.title,
        CooperationNotice.party,
        CooperationNotice.sector,
        CooperationNotice.words,
        CooperationNotice.agreement,
    )
    for word in wanted.words.split():
        query = query.where(or_(*(text.icontains(word, autoescape=True) for text in columns)))
    query = query.order_by(CooperationNotice.received_on.desc(), CooperationNotice.id.desc())
    return session.scalars(query if limit is None else query.limit(limit + 1)).all()


def find_notice(session: Session, notice_id: int) -> CooperationNotice | None:
    """Return a request or an offer, or None."""
    return session.get(CooperationNotice, notice_id)


def fitting_notices(
    session: Session, notice: CooperationNotice, *, on: date
) -> tuple[FittingNotice, ...]:
    """Return the open notices of the other kind that fit, the best first; one statement."""
    mine = subject_of(notice)
    others = session.scalars(_open(on).where(CooperationNotice.kind == notice.kind.other))
    found = [
        FittingNotice(other, fit) for other in others if (fit := fit_of(mine, subject_of(other)))
    ]
    found.sort(key=lambda each: (-each.fit.strength, each.notice.id))
    return tuple(found[:MOST_FITS])


def fitting_activities(
    session: Session, notice: CooperationNotice, *, seen_by: Actor, words: str = ""
) -> tuple[FittingActivity, ...]:
    """Return activities that the notice could be followed to, those with most words first.

    They share a subject word in their title; with ``words`` they are searched for these instead.
    """
    if words:
        found, _count = first_activities(
            session, ActivityFilter(words=words, seen_by=seen_by), limit=MOST_FITS
        )
        return tuple(FittingActivity(each, ()) for each in found)
    stems = subject_of(notice).stems
    counted: dict[int, tuple[ListedActivity, list[str]]] = {}
    for written in list(stems.values())[:6]:
        found, _count = first_activities(
            session, ActivityFilter(words=written, seen_by=seen_by), limit=MOST_FITS
        )
        for each in found:
            counted.setdefault(each.id, (each, []))[1].append(written)
    best = sorted(counted.values(), key=lambda pair: (-len(pair[1]), pair[0].id))
    return tuple(FittingActivity(each, tuple(shared)) for each, shared in best[:MOST_FITS])


def subject_of(notice: CooperationNotice) -> Subject:
    """Return what a notice is about: the stems of title, sector and subject words, and where."""
    stems: dict[str, str] = {}
    for word in words_of(f"{notice.words} {notice.sector} {notice.title}"):
        for ending in sorted(telling_stems(" ".join(all_stems(word.text))) - formula_stems()):
            stems.setdefault(ending, word.text)
    once: dict[str, str] = {}
    seen: set[str] = set()
    for ending, written in stems.items():
        if written not in seen:
            seen.add(written)
            once[ending] = written
    return Subject(once, notice.country)


def notices_of_activity(session: Session, activity_id: int) -> Sequence[CooperationNotice]:
    """Return the requests and offers that were followed to an activity; one statement."""
    return session.scalars(
        select(CooperationNotice)
        .where(CooperationNotice.activity_id == activity_id)
        .order_by(CooperationNotice.received_on, CooperationNotice.id)
    ).all()


def networks(session: Session) -> tuple[ListedNetwork, ...]:
    """Return the networks by name with their counts; one statement."""
    members = (
        select(func.count(NetworkMember.id))
        .where(NetworkMember.network_id == Network.id)
        .correlate(Network)
        .scalar_subquery()
    )
    with_it = (
        select(func.count(Activity.id))
        .where(_is_with(Network.name))
        .correlate(Network)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Network.id, Network.name, members, with_it).order_by(Network.name)
    )
    return tuple(ListedNetwork(*row) for row in rows)


def find_network(session: Session, network_id: int) -> Network | None:
    """Return a network with its members, or None."""
    return session.scalar(
        select(Network).where(Network.id == network_id).options(selectinload(Network.members))
    )


def activities_with(
    session: Session, network: Network, *, seen_by: Actor
) -> tuple[tuple[ListedActivity, ...], int]:
    """Return the first activities that were done with a network, and how many there are."""
    ids = session.scalars(select(Activity.id).where(_is_with(network.name))).all()
    wanted = ActivityFilter(ids=tuple(ids), seen_by=seen_by)
    return first_activities(session, wanted, limit=MOST_ACTIVITIES)


def _is_with(name: InstrumentedAttribute[str] | str) -> ColumnElement[bool]:
    """Say, of an activity, that it names a network as what it belongs to or as its partner."""
    belongs = exists().where(
        ActivityFramework.activity_id == Activity.id,
        ActivityFramework.kind == FrameworkKind.NETWORK,
        func.lower(ActivityFramework.name) == func.lower(name),
    )
    partners = exists().where(
        ActivityPartner.activity_id == Activity.id,
        ActivityPartner.kind == PartnerKind.NETWORK,
        func.lower(ActivityPartner.name) == func.lower(name),
    )
    return or_(belongs, partners)


def _open(on: date) -> Select[CooperationNotice]:
    return select(CooperationNotice).where(
        CooperationNotice.closed_at.is_(None),
        CooperationNotice.activity_id.is_(None),
        or_(CooperationNotice.valid_to.is_(None), CooperationNotice.valid_to >= on),
    )
