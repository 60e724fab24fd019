"""The page of the jobs that run by the clock."""

from tracker.web.jobs.views import blueprint

__all__ = ["blueprint"]
