"""By what the results of a search can be narrowed, and how many each choice would leave."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import literal_column, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.goals import GOALS
from tracker.domain.mandates import Implementation, Nature
from tracker.domain.search import SearchKind
from tracker.domain.subjects import HOLDS, Subject, SubjectKind
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.instruments import Body, BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.models.subjects import SubjectMark
from tracker.queries.many_keys import asked_keys, is_among, is_among_asked, is_on_sqlite
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.search_index import Candidate, status_of
from tracker.queries.subject_parts import broader_words, taking_in

Place = Body | OrganizationalUnit | Subprogramme
Kept = KeptStatement[*tuple[Any, ...]]
MandateFacts = tuple[int | None, Nature | None, Implementation | None]
_MANDATES, _ACTIVITIES = "asked_mandates", "asked_activities"


class FacetKey(StrEnum):
    """By what results are narrowed; the value is the word of the address."""

    KIND = "kind"
    BODY = "body"
    SESSION = "session"
    SUBPROGRAMME = "subprogramme"
    UNIT = "unit"
    STATUS = "status"
    NATURE = "nature"
    GOAL = "goal"
    SUBJECT = "subject"
    COUNTRY = "country"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the results, and how many would be left.

    ``name`` is as the record has it, "" where ``value`` is a member or a code that has a label;
    ``of`` the body of a session where sessions of several bodies were found.
    """

    value: str
    name: str
    count: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one kind, the most frequent first; members and years in their own order."""

    key: FacetKey
    choices: tuple[Choice, ...]


def facets(session: Session, found: Sequence[Candidate]) -> tuple[Facet, ...]:
    """Return by what these records can be narrowed, each record counted once in each facet.

    What is about a part of a subject is about the subject, too. Seven statements at most, however
    many records.
    """
    subjects = Counter(_subjects(session, found))
    goals = [(goal, subjects[SubjectKind.GOAL, goal]) for goal in GOALS]
    goals = [(goal, count) for goal, count in goals if count]
    countries, words = _of_kind(subjects, SubjectKind.COUNTRY), _of_kind(subjects, SubjectKind.WORD)
    mandates = _mandates(session, found)
    of_mandates = [
        mandates[each.mandate_id]
        for each in found
        if each.mandate_id is not None and each.mandate_id in mandates
    ]
    places: dict[type[Place], Counter[int]] = {
        Body: _counts(each.body_id for each in found),
        Subprogramme: _counts(
            (*(subprogramme for subprogramme, _, _ in of_mandates), *_subprogrammes(session, found))
        ),
        OrganizationalUnit: _counts(each.unit_id for each in found),
    }
    names = _names(session, places)
    every = (
        Facet(FacetKey.KIND, _members(SearchKind, (each.kind for each in found))),
        Facet(FacetKey.BODY, _named(places[Body], names[Body])),
        Facet(FacetKey.SESSION, _sessions(session, found)),
        Facet(FacetKey.SUBPROGRAMME, _named(places[Subprogramme], names[Subprogramme])),
        Facet(FacetKey.UNIT, _named(places[OrganizationalUnit], names[OrganizationalUnit])),
        Facet(FacetKey.STATUS, _members(Implementation, (status for *_, status in of_mandates))),
        Facet(FacetKey.NATURE, _members(Nature, (nature for _, nature, _ in of_mandates))),
        Facet(FacetKey.GOAL, _plain(goals)),
        Facet(FacetKey.SUBJECT, _plain(words.most_common())),
        Facet(FacetKey.COUNTRY, _plain(countries.most_common())),
        Facet(FacetKey.YEAR, _plain(sorted(_counts(each.year for each in found).items())[::-1])),
    )
    return tuple(facet for facet in every if facet.choices)


def _of_kind(subjects: Counter[tuple[SubjectKind, str]], wanted: SubjectKind) -> Counter[str]:
    return Counter({key: count for (kind, key), count in subjects.items() if kind is wanted})


def _mandates(session: Session, found: Sequence[Candidate]) -> Mapping[int, MandateFacts]:
    """Return subprogramme, nature and status of the mandates that were found or are spoken of."""
    keys = {each.mandate_id for each in found if each.mandate_id is not None}
    if not keys:
        return {}
    statement = _facts_of_mandates(is_sqlite=is_on_sqlite(session))
    rows = statement.rows(session, asked_keys(session, keys))
    return {key: (subprogramme_id, nature, status) for key, subprogramme_id, nature, status in rows}


@cache
def _facts_of_mandates(*, is_sqlite: bool) -> Kept:
    return KeptStatement(
        select(Mandate.id, Mandate.subprogramme_id, Mandate.nature, status_of(Mandate.id)).where(
            is_among_asked(Mandate.id, is_sqlite=is_sqlite)
        )
    )


def _subprogrammes(session: Session, found: Sequence[Candidate]) -> Sequence[int | None]:
    """Return those of the activities that were found, once for each."""
    keys = [each.subject_id for each in found if each.kind is SearchKind.ACTIVITY]
    if not keys:
        return ()
    asked = select(Activity.subprogramme_id).where(is_among(session, Activity.id, keys))
    return session.scalars(asked).all()


def _counts(values: Iterable[int | None]) -> Counter[int]:
    return Counter(value for value in values if value is not None)


def _members(kind: type[StrEnum], values: Iterable[StrEnum | None]) -> tuple[Choice, ...]:
    counts = Counter(value for value in values if value is not None)
    return tuple(Choice(member.value, "", counts[member]) for member in kind if counts[member])


def _plain(counts: Iterable[tuple[object, int]]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), "", count) for value, count in counts)


def _names(
    session: Session, places: Mapping[type[Place], Counter[int]]
) -> Mapping[type[Place], Mapping[int, str]]:
    """Return the names of records by what they are and their key; one statement."""
    names: dict[type[Place], dict[int, str]] = {model: {} for model in places}
    models = tuple(places)
    asked: dict[str, object] = {}
    for model, counts in places.items():
        asked |= asked_keys(session, counts, name=model.__tablename__)
    statement = _names_of(models, is_sqlite=is_on_sqlite(session))
    for number, key, name in statement.rows(session, asked):
        names[models[number]][key] = name
    return names


@cache
def _names_of(models: tuple[type[Place], ...], *, is_sqlite: bool) -> Kept:
    names = union_all(
        *(
            select(literal_column(str(number)).label("number"), model.id, model.name).where(
                is_among_asked(model.id, is_sqlite=is_sqlite, name=model.__tablename__)
            )
            for number, model in enumerate(models)
        )
    ).subquery()
    return KeptStatement(select(*names.c))


def _named(counts: Counter[int], names: Mapping[int, str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), names.get(key, ""), count) for key, count in counts.most_common())


def _sessions(session: Session, found: Sequence[Candidate]) -> tuple[Choice, ...]:
    instruments = _counts(each.instrument_id for each in found)
    if not instruments:
        return ()
    statement = _sessions_of_asked(is_sqlite=is_on_sqlite(session))
    rows = statement.rows(session, asked_keys(session, instruments))
    names = {key: (name, body) for _instrument, key, name, body in rows}
    of_instrument = {instrument: key for instrument, key, _name, _body in rows}
    counts = _counts(of_instrument.get(each.instrument_id or 0) for each in found)
    has_bodies = len({body for _name, body in names.values()}) > 1
    return tuple(
        Choice(str(key), names[key][0], count, names[key][1] if has_bodies else "")
        for key, count in counts.most_common()
    )


@cache
def _sessions_of_asked(*, is_sqlite: bool) -> Kept:
    return KeptStatement(
        select(Instrument.id, BodySession.id, BodySession.name, Body.name)
        .join(BodySession, BodySession.id == Instrument.session_id)
        .join(Body, Body.id == BodySession.body_id)
        .where(is_among_asked(Instrument.id, is_sqlite=is_sqlite))
    )


def _subjects(session: Session, found: Sequence[Candidate]) -> Iterator[tuple[SubjectKind, str]]:
    """Yield the goals, subject words and countries of each record, each once."""
    activities = [each.subject_id for each in found if each.kind is SearchKind.ACTIVITY]
    mandates = {each.mandate_id for each in found if each.mandate_id is not None}
    by_activity, by_mandate = _marks(session, activities, mandates)
    for each in found:
        if each.kind is SearchKind.ACTIVITY:
            yield from by_activity.get(each.subject_id, ())
        elif each.mandate_id is not None:
            yield from by_mandate.get(each.mandate_id, ())


@cache
def _marks_of_asked(*, is_sqlite: bool) -> Kept:
    mark = SubjectMark
    return KeptStatement(
        select(mark.mandate_id, mark.activity_id, mark.kind, mark.key).where(
            or_(
                is_among_asked(mark.mandate_id, is_sqlite=is_sqlite, name=_MANDATES),
                is_among_asked(mark.activity_id, is_sqlite=is_sqlite, name=_ACTIVITIES),
            ),
            mark.verdict.in_(HOLDS),
        )
    )


Marks = Mapping[int, set[tuple[SubjectKind, str]]]


def _marks(
    session: Session, activities: Collection[int], mandates: Collection[int]
) -> tuple[Marks, Marks]:
    """Return goals, words and countries by activity and by mandate; three statements at most."""
    by_activity: dict[int, set[tuple[SubjectKind, str]]] = defaultdict(set)
    by_mandate: dict[int, set[tuple[SubjectKind, str]]] = defaultdict(set)
    if activities or mandates:
        asked = asked_keys(session, mandates, name=_MANDATES)
        asked |= asked_keys(session, activities, name=_ACTIVITIES)
        rows = _marks_of_asked(is_sqlite=is_on_sqlite(session)).rows(session, asked)
        has_words = any(kind is SubjectKind.WORD for _mandate, _activity, kind, _key in rows)
        broader = broader_words(session) if has_words else {}
        for mandate_id, activity_id, kind, key in rows:
            around = {(each.kind, each.key) for each in taking_in(Subject(kind, key), broader)}
            if mandate_id is not None:
                by_mandate[mandate_id] |= around
            elif activity_id is not None:
                by_activity[activity_id] |= around
    if activities:
        there = select(ActivityCountry.activity_id, ActivityCountry.country).where(
            is_among(session, ActivityCountry.activity_id, activities)
        )
        for activity_id, country in session.execute(there):
            by_activity[activity_id].add((SubjectKind.COUNTRY, country))
    return by_activity, by_mandate
