"""Posts that sign and nobody fills now or soon, with whose they are and why."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.sign_offs import SignOffStage
from tracker.domain.vacancies import HeldPost, Vacancy, vacancies
from tracker.models.people import Person
from tracker.models.sign_offs import EditionSignOff, SigningPost
from tracker.queries.absences import absences_since


def held_posts(session: Session) -> tuple[HeldPost, ...]:
    """Return the posts in force and those an edition waits at, as they sign. One statement."""
    waits = select(EditionSignOff.post_id).where(EditionSignOff.stage == SignOffStage.SIGNING)
    rows = session.execute(
        select(
            SigningPost.id,
            SigningPost.post,
            Person.id,
            Person.name,
            Person.is_active,
            Person.time_zone,
            Person.sign_in_counter,
        )
        .join(Person, Person.id == SigningPost.person_id)
        .where(or_(SigningPost.retired_at.is_(None), SigningPost.id.in_(waits)))
        .order_by(SigningPost.body_id, SigningPost.position, SigningPost.id)
    )
    return tuple(HeldPost(*row) for row in rows)


def unfilled_posts(session: Session, at: datetime) -> Mapping[int, Vacancy]:
    """Return the posts that nobody fills, by id, as they sign; two statements at most."""
    posts = held_posts(session)
    if not posts:
        return {}
    found = vacancies(posts, absences_since(session, at), at)
    return {each.held.post_id: each for each in found}
