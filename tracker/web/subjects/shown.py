"""How subjects are called in templates."""

from flask import Flask

from tracker.domain.countries import country_name
from tracker.domain.goals import goal_name
from tracker.domain.subjects import Subject, SubjectKind
from tracker.web import filters


def subject_name(subject: Subject) -> str:
    """Return what a subject is called: "14. Life below water", "14.7", "Cabo Verde"."""
    if subject.kind is SubjectKind.COUNTRY:
        return country_name(subject.key, filters.language())
    if subject.kind is SubjectKind.GOAL:
        return f"{subject.key}. {goal_name(subject.key, filters.language())}"
    return subject.key


def named_goal(goal: str) -> str:
    """Return a goal with its number: "14. Life below water"."""
    return subject_name(Subject(SubjectKind.GOAL, goal))


def install(app: Flask) -> None:
    """Give the templates of ``app`` the filter."""
    app.jinja_env.filters.update(subject_name=subject_name, goal_name=named_goal)
