"""The sentences of mails: worded, seen in a mail, sent to oneself, restored."""

from tracker.web.mail_texts.views import blueprint

__all__ = ["blueprint"]
