"""Pages of the biennial report: completeness, preview, editions, sign-off, submission."""

from tracker.web.biennial_reports import (
    changes,
    comparison,
    copies,
    documents,
    editions,
    final,
    house_logos,
    house_styles,
    house_templates,
    own_wordings,
    sign_offs,
    signing_posts,
    sources,
    submissions,
    translations,
    unplaced,
    wording,
)
from tracker.web.biennial_reports.views import blueprint

__all__ = [
    "blueprint",
    "changes",
    "comparison",
    "copies",
    "documents",
    "editions",
    "final",
    "house_logos",
    "house_styles",
    "house_templates",
    "own_wordings",
    "sign_offs",
    "signing_posts",
    "sources",
    "submissions",
    "translations",
    "unplaced",
    "wording",
]
