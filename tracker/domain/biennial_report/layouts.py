"""Types of document, what each is made of in which order, and what it may be limited to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class DocumentType(StrEnum):
    """What a report is, and to whom it goes."""

    SESSION = "session"
    COUNCIL = "council"
    INTERIM = "interim"
    ANNUAL = "annual"


class Section(StrEnum):
    """A chapter or an annex of a report."""

    INTRODUCTION = "introduction"
    OVERVIEW = "overview"
    IMPLEMENTATION = "implementation"
    ACTIVITIES = "activities"
    COOPERATION = "cooperation"
    DECISIONS = "decisions"
    LIST = "list"

    @property
    def is_annex(self) -> bool:
        """Tell whether it stands behind the chapters."""
        return self in (Section.DECISIONS, Section.LIST)


class ScopeKind(StrEnum):
    """What a report may be limited to."""

    WHOLE = "whole"
    SUBPROGRAMME = "subprogramme"
    UNIT = "unit"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is limited to: a subprogramme, a unit or a resolution, by its id."""

    kind: ScopeKind = ScopeKind.WHOLE
    subject_id: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether it is not limited."""
        return self.kind is ScopeKind.WHOLE

    def __str__(self) -> str:
        """Return it as addresses and forms name it: "unit-3", "whole"."""
        return self.kind.value if self.is_whole else f"{self.kind.value}-{self.subject_id}"


WHOLE: Final = Scope()


def parse_scope(words: str) -> Scope | None:
    """Return the scope that some words name as ``str`` gives them; None for other words."""
    kind, _, number = words.partition("-")
    if words == ScopeKind.WHOLE:
        return WHOLE
    if kind not in set(ScopeKind) or not (number.isascii() and number.isdecimal()):
        return None
    return Scope(ScopeKind(kind), int(number[:9]))


_FULL: Final = (
    Section.INTRODUCTION,
    Section.OVERVIEW,
    Section.IMPLEMENTATION,
    Section.ACTIVITIES,
    Section.COOPERATION,
    Section.DECISIONS,
    Section.LIST,
)
LAYOUTS: Final[Mapping[DocumentType, tuple[Section, ...]]] = {
    DocumentType.SESSION: _FULL,
    # A parent body asks first what a commission did, then what became of each decision.
    DocumentType.COUNCIL: (
        Section.INTRODUCTION,
        Section.OVERVIEW,
        Section.ACTIVITIES,
        Section.COOPERATION,
        Section.IMPLEMENTATION,
        Section.DECISIONS,
    ),
    # Between two sessions it is the state of each decision that is asked for.
    DocumentType.INTERIM: (
        Section.INTRODUCTION,
        Section.OVERVIEW,
        Section.IMPLEMENTATION,
        Section.DECISIONS,
    ),
    DocumentType.ANNUAL: _FULL,
}
"""The sections of each type in their order: chapters first, then annexes."""
