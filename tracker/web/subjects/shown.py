"""How subjects are called in templates."""

from collections.abc import Iterable, Mapping

from flask import Flask, g
from flask_babel import gettext

from tracker.domain.countries import country_name
from tracker.domain.goals import goal_name
from tracker.domain.subjects import Subject, SubjectKind
from tracker.queries.subject_words import word_names
from tracker.queries.subjects import order_of_subjects
from tracker.web import filters
from tracker.web.transactions import reading


def subject_name(subject: Subject) -> str:
    """Return what a subject is called: "14. Life below water", "14.7", "Cabo Verde", "Ports"."""
    match subject.kind:
        case SubjectKind.COUNTRY:
            return country_name(subject.key, filters.language())
        case SubjectKind.GOAL:
            return f"{subject.key}. {goal_name(subject.key, filters.language())}"
        case SubjectKind.WORD:
            return word_name(subject.key)
        case SubjectKind.TARGET:
            return subject.key


def subject_names(subjects: Iterable[Subject]) -> str | None:
    """Return subjects in a cell of a list, goals first; None where there are none."""
    return "; ".join(map(subject_name, sorted(subjects, key=order_of_subjects))) or None


def word_name(key: str) -> str:
    """Return what a subject word is called in the language of the page."""
    return _word_names().get(key) or gettext("Subject word %(number)s", number=key)


def _word_names() -> Mapping[str, str]:
    """Return the names of all words; asked of the database once in a request."""
    language = filters.language()
    known: dict[str, Mapping[str, str]] | None = g.get("word_names")
    if known is None:
        known = g.word_names = {}
    if language not in known:
        with reading() as session:
            known[language] = word_names(session, language)
    return known[language]


def named_goal(goal: str) -> str:
    """Return a goal with its number: "14. Life below water"."""
    return subject_name(Subject(SubjectKind.GOAL, goal))


def install(app: Flask) -> None:
    """Give the templates of ``app`` the filters."""
    app.jinja_env.filters.update(
        subject_name=subject_name, goal_name=named_goal, word_name=word_name
    )
