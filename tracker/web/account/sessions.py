"""The session of a browser: begun on sign-in, ended on sign-out, and the way back to a page."""

import re
from urllib.parse import urlencode

from flask import request, session
from flask_login import login_user, logout_user

from tracker.models.people import Person
from tracker.queries.people import actor_of
from tracker.web.security import SignedIn

_BY_LINK = "signed_in_by_link"
# Browsers read "//host" and "/\host" as another site, and drop tabs and breaks.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def begin_session(person: Person, *, is_by_link: bool) -> None:
    """Sign ``person`` (roles loaded) in, in a session that keeps nothing of the one before."""
    session.clear()
    session.permanent = True
    session[_BY_LINK] = is_by_link
    login_user(SignedIn(actor_of(person), person.sign_in_counter))


def end_session() -> None:
    """Sign out and forget everything."""
    logout_user()
    session.clear()


def is_by_link() -> bool:
    """Tell whether the person proved who they are by a link from their mailbox."""
    return bool(session.get(_BY_LINK, False))


def way_back() -> str | None:
    """Return the page to go to after signing in, if the address names one of this site."""
    path = request.args.get("next", "")
    return path if _LOCAL_PATH.fullmatch(path) else None


def way_back_question() -> str:
    """Return the way back as the question of an address, "?next=...", or nothing."""
    path = way_back()
    return f"?{urlencode({'next': path})}" if path else ""
