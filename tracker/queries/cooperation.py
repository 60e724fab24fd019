"""Requests and offers as they are listed, what fits them, and networks with what was done."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from tracker.domain.activities import FrameworkKind, PartnerKind
from tracker.domain.cooperation import PASSING, Fit, NoticeKind, Subject, fit_of
from tracker.domain.permissions import Actor
from tracker.domain.subjects import HOLDS, SubjectKind
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityFramework, ActivityPartner
from tracker.models.cooperation import CooperationNotice, Network, NetworkMember
from tracker.models.subjects import SubjectMark
from tracker.queries.activities import ActivityFilter, ListedActivity, first_activities, is_seen_by
from tracker.queries.subject_words import WordList, words_in_use
from tracker.reading.subject_terms import told_by
from tracker.stemming import LANGUAGES, all_stems, formula_stems, telling_stems, words_of

MOST_LISTED = 200
MOST_FITS = 8
MOST_ACTIVITIES = 50
MOST_ASKED = 6  # words that are looked for in titles
MOST_ALIKE = 5  # of few notices, so many may have a word that still tells


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
    """Return the open notices of the other kind that fit, the best first; two statements."""
    words = WordList(words_in_use(session))
    mine = subject_of(notice, words)
    others = session.scalars(_open(on).where(CooperationNotice.kind == notice.kind.other)).all()
    subjects = [subject_of(other, words) for other in others]
    common = _common_stems(subjects)
    found = [
        FittingNotice(other, fit)
        for other, subject in zip(others, subjects, strict=True)
        if (fit := fit_of(mine, subject, common))
    ]
    found.sort(key=lambda each: (-each.fit.strength, each.notice.id))
    return tuple(found[:MOST_FITS])


def _common_stems(subjects: Sequence[Subject]) -> frozenset[str]:
    """Return the stems that too many notices have to tell one from the other."""
    counts = Counter(stem for subject in subjects for stem in subject.stems)
    most = max(MOST_ALIKE, len(subjects) // 3)
    return frozenset(stem for stem, count in counts.items() if count > most)


def fitting_activities(
    session: Session, notice: CooperationNotice, *, seen_by: Actor, words: str = ""
) -> tuple[FittingActivity, ...]:
    """Return activities that the notice could be followed to, the best first.

    People confirmed that they are about a subject word of the notice, or their title has one of its
    words; with ``words`` they are searched for these instead. At most nine statements.
    """
    if words:
        found, _count = first_activities(
            session, ActivityFilter(words=words, seen_by=seen_by), limit=MOST_FITS
        )
        return tuple(FittingActivity(each, ()) for each in found)
    subject = subject_of(notice, WordList(words_in_use(session)))
    counted: dict[int, tuple[ListedActivity, list[str]]] = {}
    weights: Counter[int] = Counter()
    for each, names in _confirmed_about(session, subject.listed, seen_by):
        counted[each.id] = (each, [*names])
        weights[each.id] += 2 * len(names)
    for written in _asked_of_titles(subject):
        found, _count = first_activities(
            session, ActivityFilter(words=written, seen_by=seen_by), limit=MOST_FITS
        )
        for each in found:
            shared = counted.setdefault(each.id, (each, []))[1]
            if written not in shared:
                shared.append(written)
                weights[each.id] += 1
    best = sorted(counted.values(), key=lambda pair: (-weights[pair[0].id], pair[0].id))
    return tuple(FittingActivity(each, tuple(shared)) for each, shared in best[:MOST_FITS])


def _asked_of_titles(subject: Subject) -> Sequence[str]:
    """Return the words that are looked for in titles: those that people said, before the others."""
    in_order = sorted(subject.stems.items(), key=lambda pair: (pair[0] not in subject.said, pair))
    return list(dict.fromkeys(word for _stem, word in in_order))[:MOST_ASKED]


def _confirmed_about(
    session: Session, listed: Mapping[str, str], seen_by: Actor
) -> Iterator[tuple[ListedActivity, list[str]]]:
    """Yield the newest activities that are about some subject words, with these; two statements."""
    if not listed:
        return
    newest = (
        select(SubjectMark.activity_id, SubjectMark.key)
        .where(
            SubjectMark.kind == SubjectKind.WORD,
            SubjectMark.key.in_(listed),
            SubjectMark.verdict.in_(HOLDS),
            SubjectMark.activity_id.is_not(None),
        )
        .order_by(SubjectMark.activity_id.desc())
        .limit(MOST_ACTIVITIES)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for activity_id, key in session.execute(newest):
        if activity_id is not None:
            names[activity_id].append(listed[key])
    wanted = ActivityFilter(ids=tuple(names), seen_by=seen_by)
    found, _count = first_activities(session, wanted, limit=MOST_ACTIVITIES)
    for each in found:
        yield each, names[each.id]


def subject_of(notice: CooperationNotice, words: WordList) -> Subject:
    """Return what a notice is about: the stems of its words, subject words of the house, where.

    Nobody says in which language a notice is, so that it is read in each.
    """
    said = _stems(f"{notice.words} {notice.sector}")
    text = f"{notice.words}. {notice.sector}. {notice.title}"
    listed = {
        found.key: written.casefold()
        for language in LANGUAGES
        for found, written in told_by(words.terms(None, language), text, language)
    }
    others = {ending: word for ending, word in _stems(notice.title).items() if ending not in said}
    return Subject(said | others, notice.country, frozenset(said), listed)


def _stems(text: str) -> dict[str, str]:
    """Return the telling stems of a text, in any language, with the word that has each."""
    return {
        ending: word.text
        for word in words_of(text)
        for ending in telling_stems(" ".join(all_stems(word.text))) - _passing_stems()
    }


@cache
def _passing_stems() -> frozenset[str]:
    """Return the stems of words that requests and offers have whatever they are about."""
    return formula_stems() | {ending for word in PASSING for ending in all_stems(word)}


def notices_of_activity(session: Session, activity_id: int) -> Sequence[CooperationNotice]:
    """Return the requests and offers that were followed to an activity; one statement."""
    return session.scalars(
        select(CooperationNotice)
        .where(CooperationNotice.activity_id == activity_id)
        .order_by(CooperationNotice.received_on, CooperationNotice.id)
    ).all()


def networks(session: Session, *, seen_by: Actor) -> tuple[ListedNetwork, ...]:
    """Return the networks by name with their counts, as far as a reader may see.

    One statement.
    """
    members = (
        select(func.count(NetworkMember.id))
        .where(NetworkMember.network_id == Network.id)
        .correlate(Network)
        .scalar_subquery()
    )
    with_it = (
        select(func.count(Activity.id))
        .where(_is_with(Network.name), is_seen_by(seen_by))
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
    # Else each would look among all networks for one of this name.
    return or_(*(each.correlate(Activity, Network) for each in (belongs, partners)))


def _open(on: date) -> Select[CooperationNotice]:
    return select(CooperationNotice).where(
        CooperationNotice.closed_at.is_(None),
        CooperationNotice.activity_id.is_(None),
        or_(CooperationNotice.valid_to.is_(None), CooperationNotice.valid_to >= on),
    )
