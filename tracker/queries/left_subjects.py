"""Which records one subject is still proposed for, found by the index of search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.domain.search import SearchKind
from tracker.domain.subjects import AboutKind, Choice, Subject, SubjectKind, Verdict
from tracker.models.activities import Activity
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.search import SearchEntry
from tracker.models.subjects import SubjectMark
from tracker.queries.search_index import Candidate, Narrowing, Wanted, candidates
from tracker.queries.subject_words import find_word, telling_rows_of_word
from tracker.queries.subjects import Described, described_with_ids
from tracker.reading.subject_proposals import telling_rows

MOST_LEFT = 400  # texts that are read in one step


@dataclass(frozen=True, slots=True)
class LeftOfSubject:
    """Records that a subject is proposed for and nobody decided about, the newest first.

    ``words`` are those of the text that each proposal stands on. ``older`` is where the next step
    begins, None where all are here.
    """

    rows: tuple[Described, ...]
    words: dict[Choice, str]
    older: int | None


@dataclass(frozen=True, slots=True)
class DecidedStep:
    """What somebody decided about a subject in one step: when, and about how many records."""

    decided_at: datetime
    count: int


def left_of_subject(
    session: Session, subject: Subject, about: AboutKind, actor: Actor, before: int | None = None
) -> LeftOfSubject:
    """Return what is left to decide of a subject, as far as ``actor`` may; seven statements.

    At most ``MOST_LEFT`` texts are read, those older than the entry ``before`` of the index.
    """
    rows, body_id = _looked_for(session, subject)
    if about is AboutKind.ACTIVITY and subject.kind is SubjectKind.COUNTRY:
        return LeftOfSubject((), {}, None)
    found = candidates(
        session,
        Wanted((rows,)) if rows else Wanted(()),
        Narrowing(kind=SearchKind(about.value)),
        actor=actor,
        also=_open(subject, about, actor, body_id, before),
        most=MOST_LEFT,
    )
    ids = sorted({_record_id(each, about) for each in found}, reverse=True)
    proposed = [
        (row, proposal)
        for row in described_with_ids(session, about, ids)
        if is_allowed(actor, Action.CONFIRM_SUBJECT, unit_id=row.unit_id)
        for proposal in row.proposals
        if proposal.subject == subject
    ]
    return LeftOfSubject(
        tuple(row for row, _proposal in proposed),
        {Choice(about, row.id, subject): proposal.words for row, proposal in proposed},
        min(each.id for each in found) if len(found) == MOST_LEFT else None,
    )


def last_step(
    session: Session, subject: Subject, about: AboutKind, actor: Actor
) -> DecidedStep | None:
    """Return what ``actor`` confirmed last of a subject in one press; None for nothing."""
    record = SubjectMark.mandate_id if about is AboutKind.MANDATE else SubjectMark.activity_id
    row = session.execute(
        select(SubjectMark.decided_at, func.count())
        .where(
            SubjectMark.kind == subject.kind,
            SubjectMark.key == subject.key,
            SubjectMark.verdict == Verdict.CONFIRMED,
            SubjectMark.decided_by_id == actor.person_id,
            record.is_not(None),
        )
        .group_by(SubjectMark.decided_at)
        .order_by(SubjectMark.decided_at.desc())
        .limit(1)
    ).first()
    return None if row is None else DecidedStep(*row)


def _looked_for(
    session: Session, subject: Subject
) -> tuple[frozenset[tuple[str, ...]], int | None]:
    """Return the rows of stems that texts hold, and the body whose texts alone count."""
    if subject.kind is not SubjectKind.WORD:
        return telling_rows(subject), None
    word = find_word(session, int(subject.key))
    if word is None or word.is_retired:
        return frozenset(), None
    return telling_rows_of_word(word), word.body_id


def _open(
    subject: Subject, about: AboutKind, actor: Actor, body_id: int | None, before: int | None
) -> Sequence[ColumnElement[bool]]:
    is_mandate = about is AboutKind.MANDATE
    decided = select(SubjectMark.id).where(
        SubjectMark.kind == subject.kind, SubjectMark.key == subject.key
    )
    if is_mandate:
        decided = decided.where(SubjectMark.mandate_id == Mandate.id)
    else:
        decided = decided.where(SubjectMark.activity_id == Activity.id)
    conditions: list[ColumnElement[bool]] = [~decided.exists()]
    if is_mandate:
        conditions += [
            Mandate.lifecycle == Lifecycle.ACTIVE,
            Mandate.requires_action.is_not(False),
        ]
    if is_mandate and body_id is not None:
        conditions.append(Instrument.body_id == body_id)
    if before is not None:
        conditions.append(SearchEntry.id < before)
    if not is_allowed(actor, Action.CONFIRM_SUBJECT):
        units = {unit_id for _role, unit_id in actor.roles if unit_id is not None}
        conditions.append(SearchEntry.unit_id.in_(units))
    return conditions


def _record_id(found: Candidate, about: AboutKind) -> int:
    if about is AboutKind.ACTIVITY:
        return found.subject_id
    return found.mandate_id or 0
