"""The first run: the set-up link, the steps that lead through it, and what is still missing."""

from tracker.web.setup import first_administrator, people, views
from tracker.web.setup.blueprint import blueprint

__all__ = ["blueprint", "first_administrator", "people", "views"]
