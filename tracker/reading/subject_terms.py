"""Terms that tell what a text is about, found in it whatever their endings."""

from collections.abc import Iterable, Iterator, Mapping

from tracker.domain.subjects import Subject
from tracker.stemming import stem, words_of

# Rows of stems with what they tell, by the first stem of each.
Terms = Mapping[str, tuple[tuple[tuple[str, ...], Subject], ...]]


def terms_of(told: Iterable[tuple[str, Subject]], language: str) -> Terms:
    """Return terms of a language, each with the subject that it tells, as they are looked for."""
    terms: dict[str, tuple[tuple[tuple[str, ...], Subject], ...]] = {}
    for written, subject in told:
        if row := stems_of_term(written, language):
            terms[row[0]] = (*terms.get(row[0], ()), (row, subject))
    return terms


def stems_of_term(written: str, language: str) -> tuple[str, ...]:
    """Return the stems of a term in their order."""
    return tuple(stem(word.text, language) for word in words_of(written))


def told_by(terms: Terms, text: str, language: str) -> Iterator[tuple[Subject, str]]:
    """Yield the subjects whose terms stand in a text, with its words, in their order."""
    words = list(words_of(text))
    stems = [stem(word.text, language) for word in words]
    for at, first in enumerate(stems):
        for term, subject in terms.get(first, ()):
            if tuple(stems[at : at + len(term)]) == term:
                last = words[at + len(term) - 1]
                yield subject, text[words[at].start : last.end]
