"""What mandates and activities are about: counts by subject, their lists, and what is proposed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, union, union_all
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.records import sees_everything, units_seen
from tracker.domain.subjects import HOLDS, AboutKind, Proposal, Subject, SubjectKind, Verdict
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.instruments import ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectMark
from tracker.queries.activities import ListedActivity, activities_with_ids
from tracker.queries.mandate_owners import OwnedMandate, mandate_owners
from tracker.queries.paging import Page, Place, rows_of_page
from tracker.queries.subject_parts import goal_of, is_within, words_around
from tracker.queries.subject_words import WordList, words_in_use
from tracker.reading.subject_proposals import propose_subjects
from tracker.reading.subject_terms import Terms

REVIEWED_AT_ONCE = 25

Record = type[Mandate] | type[Activity]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many mandates and activities are about a subject or a part of it."""

    mandates: int = 0
    activities: int = 0

    @property
    def total(self) -> int:
        """Return how many records there are of either kind."""
        return self.mandates + self.activities


@dataclass(frozen=True, slots=True)
class Described:
    """A mandate or an activity with what it is about, and what is proposed and not decided."""

    about: AboutKind
    id: int
    unit_id: int | None
    mandate: OwnedMandate | None
    title: str
    language: str
    subjects: tuple[Subject, ...]
    proposals: tuple[Proposal, ...]


def subject_counts(session: Session, actor: Actor) -> Mapping[Subject, Counts]:
    """Return how many records that ``actor`` may see are about each subject or a part of it.

    Two statements.
    """
    found: dict[Subject, dict[str, int]] = defaultdict(dict)
    for name, record in (("mandates", Mandate), ("activities", Activity)):
        for kind, key, count in session.execute(_counted(record, actor)):
            found[Subject(SubjectKind(kind), key)][name] = count
    return {subject: Counts(**counts) for subject, counts in found.items()}


def counts_of_subject(session: Session, subject: Subject, actor: Actor) -> Counts:
    """Return how many records that ``actor`` may see are about a subject or a part of it.

    Two statements.
    """
    mandates = _about(select(Mandate.id), Mandate, subject, actor)
    activities = _about(select(Activity.id), Activity, subject, actor)
    return Counts(_total(session, mandates), _total(session, activities))


def mandates_about(
    session: Session, subject: Subject, actor: Actor, place: Place
) -> Page[OwnedMandate]:
    """Return a page of the mandates that are about a subject or a part of it, the newest first."""
    wanted = _about(select(Mandate.clause_id), Mandate, subject, actor)
    rows, before, after = rows_of_page(
        session, wanted, sort=Mandate.id, identity=Mandate.id, is_descending=True, place=place
    )
    owners = mandate_owners(session, [row[0] for row in rows])
    return Page(
        rows=tuple(owners[row[0]] for row in rows),
        total=_total(session, wanted),
        previous_key=before,
        next_key=after,
    )


def activities_about(
    session: Session, subject: Subject, actor: Actor, place: Place
) -> Page[ListedActivity]:
    """Return a page of the activities that are about a subject or a part of it, newest first."""
    wanted = _about(select(Activity.id), Activity, subject, actor)
    rows, before, after = rows_of_page(
        session, wanted, sort=Activity.id, identity=Activity.id, is_descending=True, place=place
    )
    found = activities_with_ids(session, [row[0] for row in rows])
    listed = {activity.id: activity for activity in found}
    return Page(
        rows=tuple(listed[row[0]] for row in rows),
        total=_total(session, wanted),
        previous_key=before,
        next_key=after,
    )


def described_page(
    session: Session, about: AboutKind, actor: Actor, place: Place
) -> Page[Described]:
    """Return active mandates, or activities, with what is proposed of them, the newest first."""
    record, wanted = _records(about)
    query = wanted.where(_visible(record, actor))
    rows, before, after = rows_of_page(
        session,
        query,
        sort=record.id,
        identity=record.id,
        is_descending=True,
        place=place,
        size=REVIEWED_AT_ONCE,
    )
    return Page(
        rows=_described(session, about, [row[0] for row in rows]),
        total=_total(session, query),
        previous_key=before,
        next_key=after,
    )


def described(session: Session, about: AboutKind, record_id: int, actor: Actor) -> Described | None:
    """Return one record with what it is about, None where ``actor`` sees none."""
    record = Mandate if about is AboutKind.MANDATE else Activity
    found = session.scalars(
        select(record.id).where(record.id == record_id, _visible(record, actor))
    ).all()
    return next(iter(_described(session, about, found)), None)


def described_with_ids(
    session: Session, about: AboutKind, ids: Sequence[int]
) -> tuple[Described, ...]:
    """Return records that the reader may see with what they are about, in the order of the ids.

    Four statements.
    """
    return _described(session, about, ids)


def subjects_of(session: Session, about: AboutKind, record_id: int) -> tuple[Subject, ...]:
    """Return what people confirmed that a record is about, goals first; one statement."""
    marks = _decided(session, about, [record_id])[record_id]
    return _holding(marks)


def all_subjects(session: Session, about: AboutKind) -> Mapping[int, Sequence[Subject]]:
    """Return what all mandates or all activities are about, by their ids; one statement."""
    marks = _marks_of_mandates() if about is AboutKind.MANDATE else _marks_of_activities()
    shared: dict[tuple[str, str], Subject] = {}
    found: dict[int, list[Subject]] = defaultdict(list)
    for record_id, kind, key in session.execute(select(marks)):
        subject = shared.setdefault((kind, key), Subject(SubjectKind(kind), key))
        found[record_id].append(subject)
    return found


def _described(session: Session, about: AboutKind, ids: Sequence[int]) -> tuple[Described, ...]:
    decided = _decided(session, about, ids)
    words = WordList(words_in_use(session)) if ids else WordList(())
    if about is AboutKind.ACTIVITY:
        found = {
            row.id: row for row in session.scalars(select(Activity).where(Activity.id.in_(ids)))
        }
        return tuple(
            _one(
                about, key, decided[key], unit_id=found[key].unit_id, title=found[key].title,
                language=found[key].language,
                text=f"{found[key].title}. {found[key].description}",
                terms=words.terms(None, found[key].language),
            )
            for key in ids
        )  # fmt: skip
    clauses = session.execute(
        select(Mandate.id, Mandate.clause_id, ClauseText.text, Instrument.body_id)
        .join(ClauseText, (ClauseText.clause_id == Mandate.clause_id) & ClauseText.is_original)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(Mandate.id.in_(ids))
    ).all()
    owners = mandate_owners(session, [row.clause_id for row in clauses])
    texts = {row.id: (owners[row.clause_id], row.text, row.body_id) for row in clauses}
    return tuple(
        _one(
            about, key, decided[key], unit_id=texts[key][0].unit_id, title=texts[key][0].text,
            language=texts[key][0].language, text=texts[key][1], mandate=texts[key][0],
            terms=words.terms(texts[key][2], texts[key][0].language),
        )
        for key in ids
    )  # fmt: skip


def _one(
    about: AboutKind,
    key: int,
    decided: Mapping[Subject, Verdict],
    *,
    unit_id: int | None,
    title: str,
    language: str,
    text: str,
    terms: Terms,
    mandate: OwnedMandate | None = None,
) -> Described:
    proposals = tuple(
        proposal
        for proposal in propose_subjects(text, language, terms)
        if proposal.subject not in decided and _can_be(about, proposal.subject)
    )
    return Described(about, key, unit_id, mandate, title, language, _holding(decided), proposals)


def _can_be(about: AboutKind, subject: Subject) -> bool:
    """Tell whether a record is marked so: the countries of an activity stand on its own page."""
    return about is AboutKind.MANDATE or subject.kind is not SubjectKind.COUNTRY


def _holding(decided: Mapping[Subject, Verdict]) -> tuple[Subject, ...]:
    holding = (subject for subject, verdict in decided.items() if verdict in HOLDS)
    return tuple(sorted(holding, key=order_of_subjects))


def order_of_subjects(subject: Subject) -> tuple[int, int, str]:
    """Return a key by which goals come first, in the order of their numbers."""
    number = subject.key.partition(".")[0]
    rest = subject.key.partition(".")[2]
    return (
        list(SubjectKind).index(subject.kind),
        int(number) if number.isdigit() else 0,
        rest.zfill(2) if rest.isdigit() else rest or subject.key,
    )


def _decided(
    session: Session, about: AboutKind, ids: Collection[int]
) -> Mapping[int, dict[Subject, Verdict]]:
    record_id = SubjectMark.mandate_id if about is AboutKind.MANDATE else SubjectMark.activity_id
    rows = session.execute(
        select(record_id, SubjectMark.kind, SubjectMark.key, SubjectMark.verdict).where(
            record_id.in_(ids)
        )
    )
    found: dict[int, dict[Subject, Verdict]] = defaultdict(dict)
    for key, kind, subject_key, verdict in rows:
        if key is not None:
            found[key][Subject(kind, subject_key)] = verdict
    return found


def _records(about: AboutKind) -> tuple[Record, Select[Any]]:
    if about is AboutKind.ACTIVITY:
        return Activity, select(Activity.id.label("record"))
    asked = select(Mandate.id.label("record")).where(
        Mandate.lifecycle == Lifecycle.ACTIVE, Mandate.requires_action.is_not(False)
    )
    return Mandate, asked


def _marks_of_mandates() -> Any:
    return (
        select(SubjectMark.mandate_id.label("record_id"), SubjectMark.kind, SubjectMark.key)
        .where(SubjectMark.mandate_id.is_not(None), SubjectMark.verdict.in_(HOLDS))
        .subquery()
    )


def _marks_of_activities() -> Any:
    """Return the marks of activities and the countries that are entered with them, each once."""
    marks = select(
        SubjectMark.activity_id.label("record_id"), SubjectMark.kind, SubjectMark.key
    ).where(SubjectMark.activity_id.is_not(None), SubjectMark.verdict.in_(HOLDS))
    countries = select(
        ActivityCountry.activity_id, literal(SubjectKind.COUNTRY.value), ActivityCountry.country
    )
    return union(marks, countries).subquery()


def _counted(record: Record, actor: Actor) -> Select[Any]:
    """Return the statement that counts records by subject: kind, key and how many."""
    marks = _marks_of_mandates() if record is Mandate else _marks_of_activities()
    marked = SubjectMark.mandate_id if record is Mandate else SubjectMark.activity_id
    around = words_around()
    each = _seen(
        select(marks.c.kind, marks.c.key, func.count().label("count"))
        .where(marks.c.kind.in_((SubjectKind.TARGET, SubjectKind.COUNTRY)))
        .group_by(marks.c.kind, marks.c.key),
        record,
        marks.c.record_id,
        actor,
    )
    # A record that is about two parts of a subject is counted once.
    count = func.count(marked.distinct())
    holding = (SubjectMark.verdict.in_(HOLDS), marked.is_not(None))
    goal = goal_of().label("goal")
    of_goals = _seen(
        select(literal(SubjectKind.GOAL.value), goal, count)
        .where(SubjectMark.kind.in_((SubjectKind.GOAL, SubjectKind.TARGET)), *holding)
        .group_by(goal),
        record,
        marked,
        actor,
    )
    of_words = _seen(
        select(literal(SubjectKind.WORD.value), around.c.of, count)
        .join_from(SubjectMark, around, around.c.key == SubjectMark.key)
        .where(SubjectMark.kind == SubjectKind.WORD, *holding)
        .group_by(around.c.of),
        record,
        marked,
        actor,
    )
    counts = union_all(each, of_goals, of_words).subquery()
    return select(*counts.c)


def _seen(
    query: Select[*tuple[Any, ...]], record: Record, record_id: Any, actor: Actor
) -> Select[*tuple[Any, ...]]:
    """Narrow a statement to what ``actor`` may see; nothing is looked up for who sees all."""
    if sees_everything(actor):
        return query
    return query.join(record, record.id == record_id).where(_visible(record, actor))


def _about(query: Select[Any], record: Record, subject: Subject, actor: Actor) -> Select[Any]:
    marked = SubjectMark.mandate_id if record is Mandate else SubjectMark.activity_id
    said: ColumnElement[bool] = record.id.in_(
        select(marked).where(
            is_within(subject), SubjectMark.verdict.in_(HOLDS), marked.is_not(None)
        )
    )
    if record is Activity and subject.kind is SubjectKind.COUNTRY:
        there = select(ActivityCountry.activity_id).where(ActivityCountry.country == subject.key)
        said = or_(said, record.id.in_(there))
    return query.where(said, _visible(record, actor))


def _total(session: Session, query: Select[Any]) -> int:
    return session.scalars(select(func.count()).select_from(query.subquery())).one()


def _visible(record: Record, actor: Actor) -> ColumnElement[bool]:
    if sees_everything(actor):
        return true()
    unit_id = Mandate.lead_unit_id if record is Mandate else Activity.unit_id
    return or_(record.sensitivity != Sensitivity.CONFIDENTIAL, unit_id.in_(units_seen(actor)))
