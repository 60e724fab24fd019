"""Subject words taken from a list: rehearsed row by row, then taken all or none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid, Refused
from tracker.domain.goals import LANGUAGES
from tracker.domain.permissions import Action, Actor
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.domain.subject_words import EVERY_BODY, WordDetails, Wording, WordRow, check_wordings
from tracker.models.instruments import Body
from tracker.models.subjects import SubjectWord
from tracker.queries.subject_words import ListedWord, listed_words
from tracker.services.subject_words import add_word, change_word, hold_list


@dataclass(frozen=True, slots=True)
class PlannedWord(Planned[WordRow]):
    """A row, what it says, and the word that it would change, if there is one.

    ``above`` is the name of the broader word, as the row has it.
    """

    details: WordDetails | None = None
    word_id: int | None = None
    above: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there before the list: bodies by key, words by number and by name."""

    bodies: Mapping[str, int | None]
    words: Mapping[int, ListedWord]

    def called(self, name: str, body_id: int | None) -> ListedWord | None:
        """Return the word in use that is called so in any language, for the texts of a body."""
        low = name.casefold()
        return next(
            (
                word
                for word in self.words.values()
                if not word.is_retired
                and word.body_id == body_id
                and low in {said.name.casefold() for said in word.wordings.values()}
            ),
            None,
        )


def plan_words(session: Session, rows: Sequence[WordRow], *, actor: Actor) -> list[PlannedWord]:
    """Return for each row, in order, what taking it would do; changes nothing. Two statements.

    A row changes the word of its number, or the one of its body that has one of its names; else it
    adds a word. A column that the list does not have changes nothing.
    """
    permissions.require(actor, Action.KEEP_SUBJECT_WORDS)
    bodies: dict[str, int | None] = {EVERY_BODY: None}
    bodies |= {body.key: body.id for body in session.execute(select(Body.key, Body.id))}
    known = _Known(bodies, {word.id: word for word in listed_words(session)})
    counted = Counter(name for row in rows for name in _full_names(row))
    plan = [_planned(row, known, counted) for row in rows]
    of_word = Counter(done.word_id for done in plan if done.word_id)
    others = [word for word in known.words.values() if word.id not in of_word]
    return [_fitting(done, of_word, others) for done in plan]


def take_words(
    session: Session, rows: Sequence[WordRow], *, seal: str, actor: Actor, at: datetime
) -> Mapping[Effect, int]:
    """Take all rows as they were rehearsed; raises as ``require_as_rehearsed`` and ``add_word``.

    Broader words are placed last, so that a list may name them before their own row. The words are
    held before they are planned for, and looked up once: for each row anew, 500 took half a minute.
    """
    held = hold_list(session, actor)
    plan = plan_words(session, rows, actor=actor)
    require_as_rehearsed(plan, seal)
    versions = {word.id: word.version for word in held}
    taken: list[tuple[PlannedWord, WordDetails, SubjectWord]] = []
    for done in plan:
        if done.details is None or done.effect not in {Effect.MADE, Effect.CHANGED}:
            continue
        if done.word_id is None:
            word = add_word(session, details=done.details, actor=actor, at=at, held=held)
        else:
            word = change_word(
                session, word_id=done.word_id, version=versions[done.word_id],
                details=done.details, actor=actor, at=at, held=held,
            )  # fmt: skip
        session.flush()
        taken.append((done, done.details, word))
    known = _Known({}, {word.id: word for word in listed_words(session)})
    for done, details, word in taken:
        above = known.called(done.above, details.body_id) or known.called(done.above, None)
        if done.above and above is not None and above.id != word.broader_id:
            change_word(
                session, word_id=word.id, version=word.version,
                details=replace(details, broader_id=above.id), actor=actor, at=at, held=held,
            )  # fmt: skip
            session.flush()
    return counts_of(plan)


def _planned(row: WordRow, known: _Known, counted: Counter[tuple[str, str, str]]) -> PlannedWord:
    try:
        body_id = _body_of(row, known)
        held = _held(row, body_id, known)
        wordings = check_wordings(_written(row, held))
        _check_once(row, counted)
        _check_above(row, body_id, known, {(body, name) for body, _column, name in counted})
    except Invalid as refusal:
        return _refused(row, refusal)
    above = known.called(row.broader, body_id) or known.called(row.broader, None)
    keeps_above = not row.broader or (above is not None and held and above.id == held.broader_id)
    details = WordDetails(body_id, wordings, held.broader_id if held else None)
    if held is None:
        effect = Effect.MADE
    elif dict(held.wordings) == wordings and keeps_above:
        effect = Effect.SAME
    else:
        effect = Effect.CHANGED
    return PlannedWord(
        row, effect, details=details, word_id=held.id if held else None, above=row.broader
    )


def _fitting(done: PlannedWord, of_word: Counter[int], others: Iterable[ListedWord]) -> PlannedWord:
    """Refuse a row whose word another row changes, or whose name a word beside the list has."""
    if done.word_id and of_word[done.word_id] > 1:
        return _refused(done.row, _twice())
    taken = next((word for word in others if _has_a_name_of(word, done.details)), None)
    if taken is None:
        return done
    return _refused(
        done.row,
        Duplicate(
            "There is a subject word “%(name)s” already. Change that one instead.",
            name=done.row.name or taken.name(LANGUAGES[0]),
        ),
    )


def _has_a_name_of(word: ListedWord, details: WordDetails | None) -> bool:
    if details is None or word.is_retired:
        return False
    is_apart = None not in {word.body_id, details.body_id} and word.body_id != details.body_id
    names = WordDetails(word.body_id, word.wordings).names
    return not is_apart and not names.isdisjoint(details.names)


def _check_once(row: WordRow, counted: Counter[tuple[str, str, str]]) -> None:
    if any(counted[name] > 1 for name in _full_names(row)):
        raise _twice()


def _twice() -> Invalid:
    return Invalid("This word stands in the list twice. Leave one of the two out.")


def _refused(row: WordRow, refusal: Refused) -> PlannedWord:
    return PlannedWord(row, Effect.REFUSED, (refusal,))


def _body_of(row: WordRow, known: _Known) -> int | None:
    if row.body not in known.bodies:
        raise Invalid(
            "“%(body)s” is the key of no body. Write one of these: %(keys)s.",
            body=row.body[:40] or "–",
            keys=", ".join(known.bodies),
        )
    return known.bodies[row.body]


def _held(row: WordRow, body_id: int | None, known: _Known) -> ListedWord | None:
    if not row.number:
        found = (known.called(name, body_id) for name in _names(row))
        return next(filter(None, found), None)
    word = known.words.get(int(row.number)) if _is_number(row.number) else None
    if word is None or word.is_retired or word.body_id != body_id:
        raise Invalid(
            "The body has no subject word %(number)s in use. Leave the number empty to add a word.",
            number=row.number[:20],
        )
    return word


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _written(row: WordRow, held: ListedWord | None) -> dict[str, tuple[str, str]]:
    """Return what the row says in each language, and what stands where it has no such column."""
    written = {}
    for code in LANGUAGES:
        said = (held.wordings.get(code) if held else None) or Wording("")
        written[code] = (
            row.cells.get(f"name_{code}", said.name),
            row.cells.get(f"terms_{code}", ", ".join(said.terms)),
        )
    return written


def _check_above(
    row: WordRow, body_id: int | None, known: _Known, listed: set[tuple[str, str]]
) -> None:
    if not row.broader:
        return
    low = row.broader.casefold()
    is_listed = (row.body, low) in listed or (EVERY_BODY, low) in listed
    if not is_listed and not known.called(row.broader, body_id) and not known.called(low, None):
        raise Invalid(
            "“%(name)s” is no subject word of the body or of the list. Write a broader word as it "
            "is called.",
            name=row.broader[:60],
        )


def _full_names(row: WordRow) -> Iterable[tuple[str, str, str]]:
    """Yield the names of a row as they must be different: of a body, in a language."""
    for column, cell in row.cells.items():
        if column.startswith("name_") and (plain := " ".join(cell.split())):
            yield row.body, column, plain.casefold()


def _names(row: WordRow) -> Iterable[str]:
    return (name for _body, _column, name in _full_names(row))
