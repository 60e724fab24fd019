"""The cookie that holds a browser's session: signed anew where it changed or has grown old.

Flask signs it for each answer, since a session ends some hours after it was last used. To note the
use every few minutes is near enough, and what signs is made once and not twice in a request.
"""

from datetime import datetime, timedelta
from functools import cached_property

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

from tracker import clock

NOTED_AFTER = timedelta(minutes=10)  # of the hours that a session lasts


class NotedSession(SecureCookieSession):
    """A session that knows when its cookie was signed; None where it has none yet."""

    signed_at: datetime | None = None


class SessionCookies(SecureCookieSessionInterface):
    """How the sessions of one application are read from cookies and written to them."""

    session_class = NotedSession

    def __init__(self, app: Flask) -> None:
        self._app = app

    @cached_property
    def _signer(self) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(self._app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookies of the application."""
        del app  # it has but one
        return self._signer

    def open_session(self, app: Flask, request: Request) -> NotedSession | None:
        """Return the session of a request, an empty one where its cookie does not hold."""
        signer, cookie = self._signer, request.cookies.get(self.get_cookie_name(app))
        if signer is None:
            return None
        if not cookie:
            return NotedSession()
        most = int(app.permanent_session_lifetime.total_seconds())
        try:
            held, signed_at = signer.loads(cookie, max_age=most, return_timestamp=True)
        except BadSignature:
            return NotedSession()
        opened = NotedSession(held)
        opened.signed_at = signed_at
        return opened

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Tell whether the answer brings the cookie anew."""
        del app
        if session.modified or not session.permanent:
            return session.modified
        signed_at = session.signed_at if isinstance(session, NotedSession) else None
        return signed_at is None or clock.now() - signed_at >= NOTED_AFTER


def install(app: Flask) -> None:
    """Let ``app`` keep its sessions this way."""
    app.session_interface = SessionCookies(app)
