"""Who signs the report of a body, set by the administrator: posts in their order, with holders."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound, Stale
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.sign_offs import PostEntry, check_posts
from tracker.models.instruments import Body
from tracker.models.people import Person, PersonKind
from tracker.models.sign_offs import SigningPost
from tracker.queries.signing_posts import posts_of
from tracker.services import audit
from tracker.services.names import carry_names


def set_posts(
    session: Session,
    *,
    body_id: int,
    posts: Sequence[PostEntry],
    seen: Sequence[tuple[int, int]],
    actor: Actor,
    at: datetime,
) -> int:
    """Let these posts sign the report of a body in this order; return how many there are.

    ``seen`` are the posts that the person saw, each with its holder: where they changed meanwhile
    nothing is set (Stale). A post that stays at its place keeps its signatures and may get another
    holder; any other is retired, and editions that are on their way keep it.
    """
    require(actor, Action.SET_SIGN_OFF)
    body = session.get(Body, body_id, with_for_update=True)
    if body is None:
        raise NotFound("There is no such body. Choose one from the list.")
    before = posts_of(session, body_id)
    if [(post.id, post.person_id) for post in before] != list(seen):
        raise Stale(
            "Somebody else changed this chain since you opened the page. Nothing was overwritten: "
            "open it again and repeat your change."
        )
    checked = check_posts(posts, _mailboxes(session))
    rows = session.scalars(
        select(SigningPost)
        .where(SigningPost.body_id == body_id, SigningPost.retired_at.is_(None))
        .order_by(SigningPost.position)
    ).all()
    known = {(row.position, row.step, row.post): row for row in rows}
    moved: list[SigningPost] = []
    for position, entry in enumerate(checked):
        row = known.pop((position, entry.step, entry.post), None)
        if row is None:
            row = SigningPost(
                body_id=body_id,
                position=position,
                step=entry.step,
                post=entry.post,
                language=actor.language,
                added_at=at,
            )
            session.add(row)
            moved.append(row)
        row.person_id = entry.person_id
    for row in known.values():
        row.retired_at = at
    _carry_names(session, body_id, moved)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="set_sign_off",
        subject=body,
        before={"posts": [[post.step.value, post.post, post.person_id] for post in before]},
        after={"posts": [[entry.step.value, entry.post, entry.person_id] for entry in checked]},
    )
    return len(checked)


def _carry_names(session: Session, body_id: int, moved: Sequence[SigningPost]) -> None:
    """Let posts that took another place keep what they are called in other languages."""
    session.flush()
    for row in moved:
        before = session.scalar(
            select(SigningPost)
            .where(
                SigningPost.body_id == body_id,
                SigningPost.post == row.post,
                SigningPost.id < row.id,
            )
            .order_by(SigningPost.id.desc())
            .limit(1)
        )
        if before is not None:
            row.language = before.language
            carry_names(session, Named.POST, before.id, row.id)


def _mailboxes(session: Session) -> frozenset[int]:
    return frozenset(session.scalars(select(Person.id).where(Person.kind == PersonKind.MAILBOX)))
