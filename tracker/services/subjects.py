"""Subjects of mandates and activities: confirmed, refused and added by people, many at once."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.records import may_see
from tracker.domain.subjects import (
    HOLDS,
    MOST_DECIDED,
    AboutKind,
    Choice,
    Subject,
    SubjectKind,
    Verdict,
)
from tracker.models.activities import Activity
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectMark, SubjectWord
from tracker.services import audit

logger = logging.getLogger(__name__)
Record = Mandate | Activity


def decide_subjects(
    session: Session,
    *,
    choices: Sequence[Choice],
    verdict: Verdict,
    words: Mapping[Choice, str],
    actor: Actor,
    at: datetime,
) -> int:
    """Let each chosen subject be as decided; return how many changed, all of them or none.

    ``words`` are those of the text that the proposals stood on. What was decided before gives way.
    Raises Invalid for none or too many, NotFound, and NotAllowed for a record of another unit.
    """
    if not choices:
        raise Invalid("Choose at least one subject, then press again.")
    if len(choices) > MOST_DECIDED:
        raise Invalid("Decide about %(most)s subjects at most in one step.", most=MOST_DECIDED)
    changed = 0
    for choice in choices:
        record = _record(session, choice, actor)
        if choice.subject.kind is SubjectKind.WORD and verdict in HOLDS:
            _check_word(session, record, int(choice.subject.key))
        changed += _decide(session, record, choice, verdict, words.get(choice, ""), actor, at)
    logger.info("%s subjects %s by person %s", changed, verdict, actor.person_id)
    return changed


def confirm_left(
    session: Session,
    *,
    left: Mapping[Choice, str],
    seal: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Confirm all that is left of a subject, as it was looked at; return how many there were.

    ``left`` are the choices with the words that they stand on. Raises Stale where others are left
    than those under ``seal``, and as ``decide_subjects``.
    """
    if seal_of_choices(left) != seal:
        raise Stale(
            "Something else is left since you looked at it. Nothing was confirmed: look at it once "
            "more, then confirm it."
        )
    return decide_subjects(
        session, choices=list(left), verdict=Verdict.CONFIRMED, words=left, actor=actor, at=at
    )


def seal_of_choices(choices: Iterable[Choice]) -> str:
    """Return a mark of choices, by which others are told from these."""
    return sha256("\n".join(sorted(map(str, choices))).encode()).hexdigest()


def take_back_step(
    session: Session,
    *,
    subject: Subject,
    about: AboutKind,
    decided_at: datetime,
    actor: Actor,
    at: datetime,
) -> int:
    """Let what ``actor`` confirmed of a subject in one step wait again; return how many records.

    What somebody decided otherwise since stays. Raises WrongState where nothing of it is left.
    """
    record = SubjectMark.mandate_id if about is AboutKind.MANDATE else SubjectMark.activity_id
    marks = session.scalars(
        select(SubjectMark)
        .where(
            SubjectMark.kind == subject.kind,
            SubjectMark.key == subject.key,
            SubjectMark.verdict == Verdict.CONFIRMED,
            SubjectMark.decided_by_id == actor.person_id,
            SubjectMark.decided_at == decided_at,
            record.is_not(None),
        )
        .order_by(SubjectMark.id)
        .limit(MOST_DECIDED)
        .with_for_update()
    ).all()
    if not marks:
        raise WrongState("Nothing of this step is left to take back. Nothing was changed.")
    for mark in marks:
        owner = mark.mandate_id if about is AboutKind.MANDATE else mark.activity_id
        choice = Choice(about, owner or 0, subject)
        held = _record(session, choice, actor)
        audit.record(
            session, actor=actor, at=at, action="subject.taken_back", subject=held,
            before={"kind": mark.kind, "key": mark.key, "verdict": mark.verdict},
        )  # fmt: skip
        session.delete(mark)
    logger.info("%s subjects taken back by person %s", len(marks), actor.person_id)
    return len(marks)


def _record(session: Session, choice: Choice, actor: Actor) -> Record:
    record: Record | None
    if choice.about is AboutKind.MANDATE:
        record = session.get(Mandate, choice.id)
    else:
        record = session.get(Activity, choice.id)
    unit_id = _unit_of(record) if record else None
    if record is None or not may_see(actor, record.sensitivity, unit_id):
        raise NotFound("One of these is no longer there. Open the page again.")
    permissions.require(actor, Action.CONFIRM_SUBJECT, unit_id=unit_id)
    if choice.about is AboutKind.ACTIVITY and choice.subject.kind is SubjectKind.COUNTRY:
        raise Invalid("The countries of an activity are entered on its own page.")
    return record


def _check_word(session: Session, record: Record, word_id: int) -> None:
    """Refuse a word that is retired, or is kept for the texts of another body."""
    word = session.get(SubjectWord, word_id)
    if word is None or word.retired_at is not None:
        raise Invalid("This subject word is not in use any more. Choose another one.")
    if isinstance(record, Mandate) and word.body_id is not None:
        body_id = session.get_one(Instrument, record.instrument_id).body_id
        if word.body_id != body_id:
            raise Invalid("This subject word is for the texts of another body. Choose another one.")


def _unit_of(record: Record) -> int | None:
    return record.lead_unit_id if isinstance(record, Mandate) else record.unit_id


def _decide(
    session: Session,
    record: Record,
    choice: Choice,
    verdict: Verdict,
    words: str,
    actor: Actor,
    at: datetime,
) -> bool:
    owner = {"mandate_id" if isinstance(record, Mandate) else "activity_id": record.id}
    subject = {"kind": choice.subject.kind, "key": choice.subject.key}
    mark = session.scalars(
        select(SubjectMark).filter_by(**owner, **subject).with_for_update()
    ).one_or_none()
    before = mark.verdict if mark else None
    if before is verdict or {before, verdict} == {Verdict.CONFIRMED, Verdict.ADDED}:
        return False
    if mark is None:
        mark = SubjectMark(**owner, **subject, words=words)
        session.add(mark)
    mark.verdict, mark.decided_at, mark.decided_by_id = verdict, at, actor.person_id
    mark.words = words or mark.words
    audit.record(
        session,
        actor=actor,
        at=at,
        action=f"subject.{verdict}",
        subject=record,
        before={**subject, "verdict": before} if before else None,
        after={**subject, "verdict": verdict, "words": mark.words},
    )
    return True
