"""Subject words: added, changed, retired, brought back, merged, and taken from a list."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased

from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.subject_words import MOST_WORDS, WordDetails, Wording
from tracker.domain.subjects import HOLDS, SubjectKind, Verdict
from tracker.models.instruments import Body
from tracker.models.subjects import SubjectMark, SubjectWord, SubjectWording
from tracker.queries.subject_words import with_wordings
from tracker.services import audit
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


def add_word(
    session: Session,
    *,
    details: WordDetails,
    actor: Actor,
    at: datetime,
    held: list[SubjectWord] | None = None,
) -> SubjectWord:
    """Add a subject word; raises Invalid at its field, and Duplicate for a name that is taken.

    Whoever adds many gives what ``hold_list`` returned as ``held``, to which the word is added.
    """
    words = hold_list(session, actor) if held is None else held
    _check(session, words, details, None)
    if sum(word.retired_at is None for word in words) >= MOST_WORDS:
        raise Invalid(
            "There are %(most)s subject words already, as many as can be chosen from. Retire or "
            "merge some first.",
            most=MOST_WORDS,
        )
    added = SubjectWord(
        body_id=details.body_id,
        broader_id=details.broader_id,
        entered_at=at,
        entered_by_id=actor.person_id,
        wordings=[_row(code, said) for code, said in details.wordings.items()],
    )
    session.add(added)
    audit.record(
        session, actor=actor, at=at, action="subject_word.added", subject=added, after=_told(added)
    )
    words.append(added)
    return added


def change_word(
    session: Session,
    *,
    word_id: int,
    version: int,
    details: WordDetails,
    actor: Actor,
    at: datetime,
    held: list[SubjectWord] | None = None,
) -> SubjectWord:
    """Let a word be called, proposed and placed otherwise; raises as ``add_word``, and Stale.

    What people said with it stays said. Its body stays: what another body is about is another word.
    """
    words = hold_list(session, actor) if held is None else held
    found = _find(words, word_id, version)
    before = _told(found)
    _check(session, words, details, found)
    there = {said.language: said for said in found.wordings}
    for code in there.keys() - details.wordings.keys():
        found.wordings.remove(there[code])
    for code, said in details.wordings.items():
        if code not in there:
            found.wordings.append(_row(code, said))
        else:
            there[code].name, there[code].terms = said.name, ", ".join(said.terms)
    found.broader_id = details.broader_id
    after = _told(found)
    if before != after:
        # A change of its wordings alone counts as one of the word for whoever looks at it.
        found.version += 1
        audit.record(
            session, actor=actor, at=at, action="subject_word.changed", subject=found,
            before=before, after=after,
        )  # fmt: skip
    return found


def retire_word(
    session: Session, *, word_id: int, version: int, actor: Actor, at: datetime
) -> SubjectWord:
    """Let a word be proposed and chosen no more; what was said with it stays."""
    found = _find(hold_list(session, actor), word_id, version)
    _check_in_use(found)
    found.retired_at = at
    audit.record(session, actor=actor, at=at, action="subject_word.retired", subject=found)
    return found


def bring_back_word(
    session: Session, *, word_id: int, version: int, actor: Actor, at: datetime
) -> SubjectWord:
    """Let a retired word be used again; raises Duplicate where its name is taken meanwhile."""
    words = hold_list(session, actor)
    found = _find(words, word_id, version)
    if found.merged_into_id is not None:
        raise WrongState("It was merged into another word, which says the same. Use that one.")
    if found.retired_at is None:
        raise WrongState("It is in use already. Nothing was changed.")
    _check_names(words, _details_of(found), found)
    found.retired_at = None
    audit.record(session, actor=actor, at=at, action="subject_word.brought_back", subject=found)
    return found


def merge_words(
    session: Session, *, word_id: int, version: int, into_id: int, actor: Actor, at: datetime
) -> int:
    """Let all that was said with a word be said with another; return how many records there are.

    The other word takes its names as terms, so that the same texts propose it. Where both were
    decided on for one record, that it is about it outweighs that it is not. Raises Invalid at
    ``into``, and Duplicate where a third word is called in use as the other would be from now on.
    """
    words = hold_list(session, actor)
    found = _find(words, word_id, version)
    into = next((word for word in words if word.id == into_id), None)
    if into is None or into.id == found.id or into.retired_at is not None:
        raise Invalid("Choose another word that is in use.", field="into")
    if into.body_id not in {None, found.body_id}:
        raise Invalid("Choose a word of the same body, or one of all bodies.", field="into")
    if found.merged_into_id is not None:
        raise WrongState("It was merged into another word already. Nothing was changed.")
    before = _told(into)
    _take_terms(into, found)
    _check_names((word for word in words if word is not found), _details_of(into), into)
    _take_place(words, found, into)
    count = _move_marks(session, found.id, into.id, actor, at)
    audit.record(
        session, actor=actor, at=at, action="subject_word.changed", subject=into,
        before=before, after=_told(into),
    )  # fmt: skip
    found.merged_into_id = into.id
    found.retired_at = found.retired_at or at
    audit.record(
        session, actor=actor, at=at, action="subject_word.merged", subject=found,
        after={"into": into.id, "records": count},
    )  # fmt: skip
    logger.info("subject word %s merged into %s: %s records", found.id, into.id, count)
    return count


def hold_list(session: Session, actor: Actor) -> list[SubjectWord]:
    """Return all words, with no other change of the list between this one's look and its end."""
    permissions.require(actor, Action.KEEP_SUBJECT_WORDS)
    session.scalars(select(Body.id).order_by(Body.id).with_for_update(key_share=True)).all()
    return list(with_wordings(session))


def _find(words: Iterable[SubjectWord], word_id: int, version: int) -> SubjectWord:
    found = next((word for word in words if word.id == word_id), None)
    if found is None:
        raise NotFound("There is no such subject word. Choose one from the list.")
    check_version(found, version)
    return found


def _check_in_use(found: SubjectWord) -> None:
    if found.retired_at is not None:
        raise WrongState("It is retired already. Nothing was changed.")


def _check(
    session: Session,
    words: Sequence[SubjectWord],
    details: WordDetails,
    found: SubjectWord | None,
) -> None:
    if details.body_id is not None and session.get(Body, details.body_id) is None:
        raise Invalid("Choose a body from the list.", field="body_id")
    _check_names(words, details, found)
    if details.broader_id is None:
        return
    above = list(_words_above(words, details.broader_id))
    if not above or above[0].body_id not in {None, details.body_id}:
        raise Invalid("Choose a broader word of the same body, or of all.", field="broader_id")
    if found is not None and found.id in {word.id for word in above}:
        raise Invalid("A word cannot be a part of its own part.", field="broader_id")


def _check_names(
    words: Iterable[SubjectWord], details: WordDetails, found: SubjectWord | None
) -> None:
    wanted = details.names
    for word in words:
        is_other = found is None or word.id != found.id
        bodies = {word.body_id, details.body_id}
        if not is_other or word.retired_at is not None or (None not in bodies and len(bodies) > 1):
            continue
        if taken := wanted & {(said.language, said.name.casefold()) for said in word.wordings}:
            code = min(taken)[0]
            raise Duplicate(
                "There is a subject word “%(name)s” already. Change that one instead.",
                name=details.wordings[code].name,
            )


def _take_terms(into: SubjectWord, found: SubjectWord) -> None:
    """Let a word be proposed by what another one was called and proposed by."""
    held = {said.language: said for said in into.wordings}
    for said in found.wordings:
        theirs = [said.name, *filter(None, said.terms.split(", "))]
        mine = held.get(said.language)
        if mine is None:
            into.wordings.append(_row(said.language, Wording(theirs[0], tuple(theirs[1:]))))
            continue
        terms = {term.casefold(): term for term in filter(None, mine.terms.split(", "))}
        for term in theirs:
            terms.setdefault(term.casefold(), term)
        terms.pop(mine.name.casefold(), None)
        mine.terms = ", ".join(terms.values())
    into.version += 1


def _take_place(words: Sequence[SubjectWord], found: SubjectWord, into: SubjectWord) -> None:
    """Let the parts of a word be parts of another one, which moves up where it was below it."""
    if found.id in {word.id for word in _words_above(words, into.broader_id)}:
        into.broader_id = found.broader_id
    for word in words:
        if word.broader_id == found.id and word.id != into.id:
            word.broader_id = into.id


def _words_above(words: Iterable[SubjectWord], broader_id: int | None) -> Iterator[SubjectWord]:
    """Yield a word with those above it, each once."""
    waiting = {word.id: word for word in words}
    while (above := waiting.pop(broader_id or 0, None)) is not None:
        yield above
        broader_id = above.broader_id


def _move_marks(session: Session, word_id: int, into_id: int, actor: Actor, at: datetime) -> int:
    """Say of the records of one word that they are about another; return how many there were."""
    mine = (SubjectMark.kind == SubjectKind.WORD, SubjectMark.key == str(word_id))
    count = session.scalar(
        select(func.count()).select_from(SubjectMark).where(*mine, SubjectMark.verdict.in_(HOLDS))
    )
    other = aliased(SubjectMark)
    for record in ("mandate_id", "activity_id"):
        both = (
            select(getattr(other, record))
            .where(other.kind == SubjectKind.WORD, other.key == str(word_id))
            .where(other.verdict.in_(HOLDS), getattr(other, record).is_not(None))
        )
        session.execute(
            update(SubjectMark)
            .where(
                SubjectMark.kind == SubjectKind.WORD,
                SubjectMark.key == str(into_id),
                SubjectMark.verdict == Verdict.REFUSED,
                getattr(SubjectMark, record).in_(both),
            )
            .values(verdict=Verdict.CONFIRMED, decided_at=at, decided_by_id=actor.person_id),
            execution_options={"synchronize_session": False},
        )
        there = (
            select(getattr(other, record))
            .where(other.kind == SubjectKind.WORD, other.key == str(into_id))
            .where(getattr(other, record).is_not(None))
        )
        session.execute(
            delete(SubjectMark).where(*mine, getattr(SubjectMark, record).in_(there)),
            execution_options={"synchronize_session": False},
        )
    session.execute(
        update(SubjectMark).where(*mine).values(key=str(into_id)),
        execution_options={"synchronize_session": False},
    )
    return count or 0


def _row(code: str, said: Wording) -> SubjectWording:
    return SubjectWording(language=code, name=said.name, terms=", ".join(said.terms))


def _details_of(word: SubjectWord) -> WordDetails:
    return WordDetails(
        word.body_id,
        {
            said.language: Wording(said.name, tuple(filter(None, said.terms.split(", "))))
            for said in word.wordings
        },
        word.broader_id,
    )


def _told(word: SubjectWord) -> Mapping[str, object]:
    told: dict[str, object] = {"body_id": word.body_id, "broader_id": word.broader_id}
    for said in sorted(word.wordings, key=lambda each: each.language):
        told |= {f"name_{said.language}": said.name, f"terms_{said.language}": said.terms}
    return told
