"""Corrections of what the machine read: kept beside the text, with author, moment and reason."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain import permissions
from tracker.domain.clauses import Entity, paragraph_label, parent_path
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.domain.review_effects import LONGEST_TEXT
from tracker.domain.review_paths import is_below, label_of, moved
from tracker.domain.reviewed_text import Correction
from tracker.models.instruments import Clause, ClauseCorrection, FormerPath, Instrument
from tracker.services import audit
from tracker.services.changed_words import follow_words
from tracker.services.clauses import give_up_path, touch_mandate, verb_of
from tracker.services.read_findings import read_again
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


def add_corrections(
    session: Session,
    clauses: Sequence[Clause],
    corrections: Sequence[Correction],
    authors: Mapping[int, tuple[int, datetime]],
) -> list[ClauseCorrection]:
    """Keep what people corrected in a review as corrections of the clauses that it became.

    ``authors`` tells for the number of an edit who made it and when.
    """
    rows = [_row(clauses[each.index], each, *authors[each.edit]) for each in corrections]
    session.add_all(rows)
    session.flush()
    return rows


def correct_clause(
    session: Session,
    *,
    clause_id: int,
    version: int,
    text: str,
    path: str | None,
    reason: str,
    entity: Entity,
    actor: Actor,
    at: datetime,
) -> Clause:
    """Correct the words or the number of an imported clause; ``version`` is its instrument's.

    What it said is kept as a correction with the reason, and former numbers keep leading to it.
    What nobody decided on of its understanding is proposed anew, with ``entity`` as ours.
    Raises Stale, or Invalid for what makes no sense.
    """
    permissions.require(actor, Action.CORRECT_CLAUSE)
    clause = _locked_clause(session, clause_id)
    check_version(clause.instrument, version)
    original = next(each for each in clause.texts if each.is_original)
    words, why = _words(text), _reason(reason)
    before_path, before_text = clause.path, original.text
    if clause.path is not None and path is not None and path != clause.path:
        _renumber(session, clause, path, at=at)
    if words == before_text and clause.path == before_path:
        raise Invalid("Nothing was changed. Change the words or the number, then save.")
    if words != before_text:
        original.text = words
        original.verb = verb_of(clause.kind, words)
        follow_words(session, clause, before=before_text, after=words)
    session.add(
        ClauseCorrection(
            clause_text_id=original.id,
            before=before_text,
            after=words,
            before_path=before_path,
            after_path=clause.path,
            before_kind=clause.kind,
            after_kind=clause.kind,
            reason=why,
            corrected_at=at,
            corrected_by_id=actor.person_id,
        )
    )
    flag_modified(clause.instrument, "sort_key")  # another version: nobody else writes over this
    audit.record(
        session,
        actor=actor,
        at=at,
        action="correct_clause",
        subject=clause,
        before={"path": before_path, "text": before_text},
        after={"path": clause.path, "text": words, "reason": why},
    )
    read_again(session, instrument_id=clause.instrument_id, entity=entity, actor=actor, at=at)
    logger.info("clause %s corrected by person %s", clause.id, actor.person_id)
    return clause


def _locked_clause(session: Session, clause_id: int) -> Clause:
    clause = session.get(
        Clause, clause_id, options=[joinedload(Clause.instrument), selectinload(Clause.texts)]
    )
    if clause is None:
        raise NotFound("There is no such paragraph. Open the resolution and choose one of its own.")
    session.execute(
        select(Instrument.id).where(Instrument.id == clause.instrument_id).with_for_update()
    )
    return clause


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Invalid("Enter the words of the paragraph.", field="text")
    if len(words) > LONGEST_TEXT:
        raise Invalid(
            "This text is longer than %(count)s characters, which no paragraph is. Enter the words "
            "of one paragraph.",
            field="text",
            count=LONGEST_TEXT,
        )
    return words


def _reason(reason: str) -> str:
    why = " ".join(reason.split())
    if not why:
        raise Invalid(
            "Say why it is corrected, for example: compared with the signed text.", field="reason"
        )
    return why


def _renumber(session: Session, clause: Clause, path: str, *, at: datetime) -> None:
    """Give a clause another path, and what stands below it with it; former paths lead on."""
    others = {
        each.path: each
        for each in session.scalars(
            select(Clause).where(
                Clause.instrument_id == clause.instrument_id, Clause.path.is_not(None)
            )
        )
    }
    old = clause.path or ""
    moves = {
        each: moved(there, old, path)
        for there, each in others.items()
        if there is not None and (there == old or is_below(there, old))
    }
    _check_path(session, clause, path, others, moves)
    deeper = path.count(".") - old.count(".")
    for each, new in sorted(moves.items(), key=lambda move: move[0].position):
        give_up_path(session, each, at=at)
        each.path, each.level = new, (each.level or 1) + deeper
    clause.number = label_of(path)
    parent = others.get(parent_path(path))
    clause.parent_id = parent.id if parent is not None else None
    session.flush()
    for each in moves:
        touch_mandate(session, each)


def _check_path(
    session: Session,
    clause: Clause,
    path: str,
    others: Mapping[str | None, Clause],
    moves: Mapping[Clause, str],
) -> None:
    if is_below(path, clause.path):
        raise Invalid("A clause cannot stand below itself. Give it another number.", field="path")
    kept = {there for there, each in others.items() if each not in moves}
    taken = next((new for new in moves.values() if new in kept), None)
    if taken is not None:
        raise Invalid(
            "There is a paragraph %(number)s already. Choose another number, or give that one "
            "another first.",
            field="path",
            number=paragraph_label(taken),
        )
    former = session.scalar(
        select(FormerPath.path).where(
            FormerPath.instrument_id == clause.instrument_id,
            FormerPath.path.in_(moves.values()),
            FormerPath.clause_id.not_in([each.id for each in moves]),
        )
    )
    if former is not None:
        raise Invalid(
            "Another paragraph was cited as %(number)s before, and its address still leads there. "
            "Choose another number.",
            field="path",
            number=paragraph_label(former),
        )
    above = parent_path(path)
    parent = others.get(above)
    is_top = above is None or above == parent_path(clause.path or "")
    if not is_top and (parent is None or parent.position > clause.position):
        raise Invalid(
            "No paragraph %(number)s stands above it. Give it a number that follows one of those "
            "above.",
            field="path",
            number=paragraph_label(above or ""),
        )


def _row(clause: Clause, correction: Correction, person_id: int, at: datetime) -> ClauseCorrection:
    return ClauseCorrection(
        clause_text_id=clause.texts[0].id,
        before=correction.before,
        after=correction.after,
        before_path=correction.before_path,
        after_path=correction.after_path,
        before_kind=correction.before_kind,
        after_kind=correction.after_kind,
        reason="",
        corrected_at=at,
        corrected_by_id=person_id,
    )
