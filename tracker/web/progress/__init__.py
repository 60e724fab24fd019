"""The page of a progress report, where it is written, submitted, returned and cleared."""

from tracker.web.progress import answers, conversation, evidence, parts
from tracker.web.progress.views import blueprint

__all__ = ["answers", "blueprint", "conversation", "evidence", "parts"]
