"""Signing in and out, and the account of the person who is signed in."""

from tracker.web.account.views import blueprint

__all__ = ["blueprint"]
