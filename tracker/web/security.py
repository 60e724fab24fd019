"""Who is signed in, and the declaration that every route makes of the action it needs."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response as BaseResponse

from tracker import clock
from tracker.domain.errors import NotAllowed
from tracker.domain.permissions import Action, Actor, may_ever
from tracker.queries.people import find_actor_in_session
from tracker.web.addresses import whole_number
from tracker.web.transactions import reading

P = ParamSpec("P")
R = TypeVar("R")

# Where everybody begins; strangers are told there what this is before they are asked who they are.
START = "dashboard.index"
login_manager = LoginManager()


class SignedIn(UserMixin):
    """The person of a session; the counter in the id ends sessions older than a new password."""

    def __init__(self, actor: Actor, counter: int) -> None:
        self.actor = actor
        self.counter = counter

    def get_id(self) -> str:
        """Return what the session cookie holds."""
        return f"{self.actor.person_id}:{self.counter}"


@login_manager.user_loader
def load_signed_in(session_id: str) -> SignedIn | None:
    """Return the person of a session cookie, or None when it no longer holds."""
    first, _, last = session_id.partition(":")
    person_id, counter = whole_number(first), whole_number(last)
    if person_id is None or counter is None:
        return None
    with reading() as database_session:
        found = find_actor_in_session(database_session, person_id, counter, at=clock.now())
    return None if found is None else SignedIn(found, counter)


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that a view needs ``action``; people without any such role are refused."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        view.action = action  # type: ignore[attr-defined]
        return view

    return declare


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a view is open to everybody, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """Return the person who acts in this request; only behind ``requires``."""
    return cast("SignedIn", current_user).actor


def find_signed_in_actor() -> Actor | None:
    """Return the person who is signed in, or None; for pages open to everybody."""
    return actor() if current_user.is_authenticated else None


def forget_for_this_request() -> None:
    """Take the visitor for a stranger until the answer is sent; the session stays as it is."""
    login_manager._update_request_context_with_user()


def guard() -> BaseResponse | None:
    """Let a request pass only to a view that declares itself and to people it is for."""
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False):
        return None
    action = getattr(view, "action", None)
    if action is None:
        abort(500, f"The view {request.endpoint} declares no action.")
    if not current_user.is_authenticated and request.endpoint == START:
        return redirect(url_for("account.welcome"))
    if not current_user.is_authenticated:
        return redirect(url_for("account.sign_in", next=_way_back()))
    if not may_ever(actor(), action):
        raise NotAllowed(
            "Your roles do not include this page. Ask the coordinator, who can do it or give you "
            "the role."
        )
    return None


def _way_back() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else None


def add_headers(response: Response) -> Response:
    """Add the headers that keep a page from being framed, sniffed or fed with foreign script."""
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "no-store" if "_user_id" in session else "no-cache")
    return response


def install(app: Flask) -> None:
    """Guard every route of ``app`` and put the security headers on every answer."""
    login_manager.init_app(app)
    app.before_request(guard)
    app.after_request(add_headers)
