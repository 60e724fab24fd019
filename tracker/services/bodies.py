"""Bodies and their sessions, made when a text names one that is not known yet."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Actor
from tracker.domain.sessions import session_number
from tracker.domain.short_names import first_free, initials_of
from tracker.models.instruments import Body, BodySession
from tracker.services import audit
from tracker.services.sessions import add_session

# The first part of the addresses of our own pages: no body may take one of them for its own.
RESERVED_KEYS = frozenset(
    {
        "absences",
        "account",
        "activities",
        "admin",
        "answer",
        "api",
        "calendar",
        "clauses",
        "compliance",
        "deliverables",
        "deliveries",
        "files",
        "cooperation",
        "focal-points",
        "health",
        "help",
        "language",
        "mandates",
        "my-work",
        "names",
        "networks",
        "people",
        "periods",
        "progress",
        "public",
        "reports",
        "resolutions",
        "review",
        "search",
        "setup",
        "sheets",
        "sign-in",
        "sign-out",
        "static",
        "subjects",
        "tasks",
        "units",
        "views",
        "welcome",
    }
)
_LONGEST_NAME = 200  # characters
_LONGEST_KEY = 40
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def body_named(
    session: Session, name: str, *, language: str, actor: Actor | None, at: datetime
) -> Body:
    """Return the body called ``name`` (any case, with or without "the"); make it if it is new."""
    plain = plain_name(name)
    known = find_body(session, plain)
    if known is not None:
        return known
    if not plain or len(plain) > _LONGEST_NAME:
        raise Invalid(
            "The name of the body is missing or longer than %(longest)s characters. Enter it as "
            "the resolution prints it, for example “General Assembly”.",
            field="body",
            longest=_LONGEST_NAME,
        )
    body = Body(key=_free_key(session, plain), name=plain, language=language)
    session.add(body)
    audit.record(
        session, actor=actor, at=at, action="add_body", subject=body, after={"name": body.name}
    )
    return body


def find_body(session: Session, name: str) -> Body | None:
    """Return the body called ``name`` (any case, with or without "the"), or None."""
    # Compared here, since SQLite knows the case of English letters alone; bodies are few.
    wanted = plain_name(name).casefold()
    return next(
        (body for body in session.scalars(select(Body)) if body.name.casefold() == wanted), None
    )


def session_of(
    session: Session, body: Body, words: str, *, actor: Actor | None, at: datetime
) -> BodySession | None:
    """Return the session of ``body`` that the words name, made if it is new, or None."""
    number = session_number(words)
    if number is None:
        return None
    found = session.scalar(
        select(BodySession).where(BodySession.body_id == body.id, BodySession.number == number)
    )
    if found is not None:
        return found
    return add_session(session, body, number, actor=actor, at=at)


def plain_name(name: str) -> str:
    """Return a body's name with single spaces and without a leading "the"."""
    return re.sub(r"^the(?:\s+|$)", "", " ".join(name.split()), flags=re.IGNORECASE).rstrip(",")


def check_key(session: Session, key: str) -> str:
    """Return a short name for a body as addresses show it; refuse one that cannot be had."""
    plain = key.strip().lower()
    if not _KEY.fullmatch(plain) or len(plain) > _LONGEST_KEY:
        raise Invalid(
            "The short name is made of letters from a to z, digits and hyphens, %(length)s at "
            "most, such as “commission”.",
            field="key",
            length=_LONGEST_KEY,
        )
    if plain in RESERVED_KEYS or session.scalar(select(Body.id).where(Body.key == plain)):
        raise Invalid(
            "The short name “%(key)s” is taken. Enter a different one.", field="key", key=plain
        )
    return plain


def _free_key(session: Session, name: str) -> str:
    """Return the initials of the name, or its one word, with a number where they are taken."""
    wanted = initials_of(name)
    taken = set(session.scalars(select(Body.key).where(Body.key.startswith(wanted))))
    return first_free(wanted, taken | RESERVED_KEYS)
