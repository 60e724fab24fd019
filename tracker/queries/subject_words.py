"""The subject words of a house: as they are listed, named, and looked for in texts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from tracker.domain.subject_words import Wording, called
from tracker.domain.subjects import Subject, SubjectKind
from tracker.models.instruments import Body
from tracker.models.subjects import SubjectWord, SubjectWording
from tracker.reading.subject_proposals import known_language
from tracker.reading.subject_terms import Terms, stems_of_term, terms_of


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A subject word as lists show it; ``body_name`` is None where it is for all bodies."""

    id: int
    version: int
    body_id: int | None
    body_key: str | None
    body_name: str | None
    broader_id: int | None
    merged_into_id: int | None
    is_retired: bool
    wordings: Mapping[str, Wording] = field(hash=False)

    @property
    def subject(self) -> Subject:
        """Return it as what a record can be about."""
        return Subject(SubjectKind.WORD, str(self.id))

    def name(self, language: str) -> str:
        """Return what it is called in a language, or else in the first that has a name."""
        return called({code: said.name for code, said in self.wordings.items()}, language)


class WordList:
    """The words in use as they are looked for in texts: of a body, or of all at once."""

    def __init__(self, words: Sequence[ListedWord]) -> None:
        self._words = [word for word in words if not word.is_retired]
        self._terms: dict[tuple[int | None, str], Terms] = {}

    def terms(self, body_id: int | None, language: str) -> Terms:
        """Return the terms of words of a body and of all bodies; without a body those of each."""
        known = known_language(language)
        if (body_id, known) not in self._terms:
            self._terms[body_id, known] = terms_of(
                (
                    (term, word.subject)
                    for word in self._words
                    if body_id is None or word.body_id in {None, body_id}
                    if (said := word.wordings.get(known)) is not None
                    for term in (said.name, *said.terms)
                ),
                known,
            )
        return self._terms[body_id, known]


def listed_words(session: Session, *conditions: ColumnElement[bool]) -> tuple[ListedWord, ...]:
    """Return subject words in the order in which they were entered; one statement."""
    rows = session.execute(
        select(SubjectWord, Body.key, Body.name, SubjectWording)
        .join(SubjectWording, SubjectWording.word_id == SubjectWord.id)
        .outerjoin(Body, Body.id == SubjectWord.body_id)
        .where(*conditions)
        .order_by(SubjectWord.id)
    )
    words: dict[int, tuple[Any, ...]] = {}
    wordings: dict[int, dict[str, Wording]] = defaultdict(dict)
    for word, body_key, body_name, said in rows:
        words[word.id] = (word, body_key, body_name)
        wordings[word.id][said.language] = _wording(said)
    return tuple(
        ListedWord(
            word.id, word.version, word.body_id, body_key, body_name, word.broader_id,
            word.merged_into_id, word.retired_at is not None, wordings[word.id],
        )
        for word, body_key, body_name in words.values()
    )  # fmt: skip


def words_in_use(session: Session) -> tuple[ListedWord, ...]:
    """Return the words that are not retired; one statement."""
    return listed_words(session, SubjectWord.retired_at.is_(None))


def find_word(session: Session, word_id: int) -> ListedWord | None:
    """Return a subject word, retired or not, or None; one statement."""
    return next(iter(listed_words(session, SubjectWord.id == word_id)), None)


def narrower_words(session: Session, word_id: int) -> tuple[ListedWord, ...]:
    """Return the words in use that are a part of one; one statement."""
    return listed_words(
        session, SubjectWord.broader_id == word_id, SubjectWord.retired_at.is_(None)
    )


def word_names(session: Session, language: str) -> Mapping[str, str]:
    """Return what all words are called in a language, by the key of their subject."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for word_id, code, name in session.execute(
        select(SubjectWording.word_id, SubjectWording.language, SubjectWording.name)
    ):
        found[word_id][code] = name
    return {str(word_id): called(names, language) for word_id, names in found.items()}


def telling_rows_of_word(word: ListedWord) -> frozenset[tuple[str, ...]]:
    """Return rows of stems, one of which stands in each text that proposes the word."""
    return frozenset(
        row
        for code, said in word.wordings.items()
        for term in (said.name, *said.terms)
        if (row := stems_of_term(term, code))
    )


def with_wordings(session: Session, *conditions: ColumnElement[bool]) -> Sequence[SubjectWord]:
    """Return the rows of subject words with their wordings, to be changed; two statements."""
    return session.scalars(
        select(SubjectWord)
        .where(*conditions)
        .options(selectinload(SubjectWord.wordings))
        .order_by(SubjectWord.id)
        .execution_options(populate_existing=True)
    ).all()


def _wording(said: SubjectWording) -> Wording:
    return Wording(said.name, tuple(filter(None, said.terms.split(", "))))
