"""The brief: what was done with a country, a partner, a unit, a resolution or on a subject."""

from tracker.domain.briefs.composition import Shown, compose_brief, most_shown
from tracker.domain.briefs.content import BriefActivity, BriefContent, BriefReport
from tracker.domain.briefs.subjects import (
    PATH,
    BriefKind,
    BriefSubject,
    brief_address,
    read_since,
)
from tracker.domain.briefs.texts import BRIEF_TEXTS

__all__ = [
    "BRIEF_TEXTS",
    "PATH",
    "BriefActivity",
    "BriefContent",
    "BriefKind",
    "BriefReport",
    "BriefSubject",
    "Shown",
    "brief_address",
    "compose_brief",
    "most_shown",
    "read_since",
]
