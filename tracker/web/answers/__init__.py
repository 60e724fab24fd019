"""Pages behind the buttons of a mail, for who has not signed in."""

from tracker.web.answers.views import blueprint

__all__ = ["blueprint"]
