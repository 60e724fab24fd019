"""Resolutions: the list, one as adopted with its mandates, its import and its languages."""

from tracker.web.resolutions import (
    annexes,
    corrections,
    drafts,
    editions,
    exports,
    imports,
    lineage,
    renewal,
    reviewed_versions,
    reviews,
    standing,
    versions,
    views,
)
from tracker.web.resolutions.blueprint import blueprint

__all__ = [
    "annexes",
    "blueprint",
    "corrections",
    "drafts",
    "editions",
    "exports",
    "imports",
    "lineage",
    "renewal",
    "reviewed_versions",
    "reviews",
    "standing",
    "versions",
    "views",
]
