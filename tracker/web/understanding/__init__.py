"""What is understood of each clause: looked at, accepted or changed."""

from tracker.web.understanding.views import blueprint

__all__ = ["blueprint"]
