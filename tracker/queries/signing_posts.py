"""The posts that sign the report of a body, one after the other, and who holds them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from tracker.domain.sign_offs import SigningStep
from tracker.models.instruments import Body, BodySession
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.models.sign_offs import SigningPost


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a chain and who holds it."""

    id: int
    step: SigningStep
    post: str
    person_id: int
    person: str


@dataclass(frozen=True, slots=True)
class BodyWithPosts:
    """A body and the posts that sign its report, in their order."""

    id: int
    name: str
    posts: tuple[Post, ...]


def bodies_with_posts(session: Session) -> tuple[BodyWithPosts, ...]:
    """Return the bodies that hold sessions, by name, each with its chain of today."""
    bodies = session.execute(
        select(Body.id, Body.name)
        .where(Body.id.in_(select(BodySession.body_id)) | Body.id.in_(select(SigningPost.body_id)))
        .order_by(Body.name)
    ).all()
    posts = _posts(session, SigningPost.retired_at.is_(None))
    return tuple(
        BodyWithPosts(body.id, body.name, tuple(post for of, post in posts if of == body.id))
        for body in bodies
    )


def posts_of(session: Session, body_id: int) -> tuple[Post, ...]:
    """Return the chain of a body as it is today."""
    found = _posts(session, SigningPost.body_id == body_id, SigningPost.retired_at.is_(None))
    return tuple(post for _body_id, post in found)


def find_body_of_period(session: Session, period_id: int) -> int | None:
    """Return the body to whose session the report of a period goes; None where none is set."""
    return session.scalar(
        select(BodySession.body_id)
        .join(ReportingPeriod, ReportingPeriod.session_id == BodySession.id)
        .where(ReportingPeriod.id == period_id)
    )


def posts_of_period(session: Session, period_id: int) -> tuple[Post, ...]:
    """Return who signs the report on a period today; nobody where no chain is set."""
    body_id = find_body_of_period(session, period_id)
    return posts_of(session, body_id) if body_id is not None else ()


def holders() -> Select[int]:
    """Return the query for the ids of the people who hold a post of a chain today."""
    return select(SigningPost.person_id).where(SigningPost.retired_at.is_(None))


def is_holder(session: Session, person_id: int) -> bool:
    """Tell whether a person holds a post of a chain today."""
    return session.scalar(holders().where(SigningPost.person_id == person_id)) is not None


def chain_at(session: Session, body_id: int | None, at: datetime) -> tuple[Post, ...]:
    """Return the chain of a body as it was at a moment, with who holds its posts today."""
    found = _posts(
        session,
        SigningPost.body_id == body_id,
        SigningPost.added_at <= at,
        or_(SigningPost.retired_at.is_(None), SigningPost.retired_at > at),
    )
    return tuple(post for _body_id, post in found)


def _posts(session: Session, *conditions: ColumnElement[bool]) -> list[tuple[int, Post]]:
    rows = session.execute(
        select(SigningPost, Person.name)
        .join(Person, Person.id == SigningPost.person_id)
        .where(*conditions)
        .order_by(SigningPost.position, SigningPost.id)
    )
    return [
        (row.body_id, Post(row.id, row.step, row.post, row.person_id, name)) for row, name in rows
    ]
