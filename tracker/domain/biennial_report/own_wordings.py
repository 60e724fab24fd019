"""Fixed texts of the report that a body words itself: which these are, and in which groups.

Left out are numbers, dates and names of languages, which are made by rules, and the texts of the
front matter, which are worded on their own page.
"""

import re
from collections.abc import Mapping
from typing import Final

from tracker.domain.biennial_report.house_templates import front_texts
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.errors import N_

GROUPS: Final[Mapping[str, str]] = {
    "cover": N_("Cover"),
    "words": N_("Labels and single words"),
    "introduction": N_("Introduction"),
    "overview": N_("Overview"),
    "implementation": N_("Implementation by resolution and paragraph"),
    "activities": N_("Activities by category"),
    "cooperation": N_("Technical cooperation and resources"),
    "annex": N_("Annexes"),
    "column": N_("Heads of columns"),
    "status": N_("Status of implementation"),
    "category": N_("Categories of activities"),
    "funds": N_("Sources of funds"),
}
_PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")
_COUNTED: Final = (".one", ".two", ".many")
_FRONT: Final = frozenset(text.fixed for kind in DocumentType for text in front_texts(kind))
WORDABLE: Final = tuple(
    key for key in FIXED_TEXTS if key.partition(".")[0] in GROUPS and key not in _FRONT
)
"""The keys of these texts, in the order of ``FIXED_TEXTS``."""


def group_of(key: str) -> str:
    """Return the group in which a text is listed."""
    return key.partition(".")[0]


def placeholders(key: str) -> tuple[str, ...]:
    """Return the names for which the report puts numbers, dates and names into a text."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(FIXED_TEXTS[key])))


def takes_values(key: str) -> bool:
    """Tell whether a text is filled in, so that a per cent sign is written twice in it."""
    return bool(placeholders(key)) or key.endswith(_COUNTED)
