"""What a subject takes in: a goal its targets, a subject word its parts and theirs."""

from collections.abc import Iterator, Mapping

from sqlalchemy import CTE, ColumnElement, String, case, cast, or_, select
from sqlalchemy.orm import Session

from tracker.domain.goals import GOALS, TARGETS
from tracker.domain.subjects import Subject, SubjectKind
from tracker.models.subjects import SubjectMark, SubjectWord


def is_within(subject: Subject) -> ColumnElement[bool]:
    """Say, of a mark, that it is about a subject or about a part of it."""
    exactly = (SubjectMark.kind == subject.kind) & (SubjectMark.key == subject.key)
    if subject.kind is SubjectKind.GOAL:
        is_target = SubjectMark.kind == SubjectKind.TARGET
        return or_(exactly, is_target & SubjectMark.key.in_(TARGETS.get(subject.key, ())))
    if subject.kind is SubjectKind.WORD:
        within = select(SubjectWord.id).where(SubjectWord.id == int(subject.key))
        parts = within.cte(recursive=True)
        parts = parts.union(
            select(SubjectWord.id).join(parts, SubjectWord.broader_id == parts.c.id)
        )
        keys = select(cast(parts.c.id, String))
        return (SubjectMark.kind == SubjectKind.WORD) & SubjectMark.key.in_(keys)
    return exactly


def words_around() -> CTE:
    """Return each subject word as ``key`` with itself and each that it is a part of, as ``of``."""
    word = SubjectWord
    itself = select(word.id, word.id.label("of_id"), word.broader_id)
    around = itself.cte(recursive=True)
    around = around.union(
        select(around.c.id, word.id, word.broader_id).join(around, word.id == around.c.broader_id)
    )
    pairs = select(cast(around.c.id, String).label("key"), cast(around.c.of_id, String).label("of"))
    return pairs.cte()


def goal_of() -> ColumnElement[str]:
    """Return the goal that a mark of a goal or of a target is about."""
    of_target = [(SubjectMark.key.startswith(f"{goal}."), goal) for goal in GOALS]
    return case(*of_target, else_=SubjectMark.key)


def broader_words(session: Session) -> Mapping[str, str]:
    """Return the word that each is a part of, by their keys; one statement."""
    pairs = select(SubjectWord.id, SubjectWord.broader_id).where(
        SubjectWord.broader_id.is_not(None)
    )
    return {str(word_id): str(broader_id) for word_id, broader_id in session.execute(pairs)}


def taking_in(subject: Subject, broader: Mapping[str, str]) -> Iterator[Subject]:
    """Yield a subject and each that takes it in; ``broader`` are the words around words."""
    if subject.kind is SubjectKind.TARGET:
        yield subject
        yield Subject(SubjectKind.GOAL, subject.key.partition(".")[0])
        return
    passed: set[str] = set()
    key: str | None = subject.key
    while key is not None and key not in passed:
        yield Subject(subject.kind, key)
        passed.add(key)
        key = broader.get(key) if subject.kind is SubjectKind.WORD else None
