"""What is understood of clauses, as people read it: records of findings, clauses and pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.clauses import Relation
from tracker.domain.findings import Decision, FindingField, Stretch
from tracker.domain.mandates import ASKING, ConcernsUs, Nature, Periodicity
from tracker.domain.occasions import Falling

_CLOSED: Mapping[FindingField, type[StrEnum]] = {
    FindingField.NATURE: Nature,
    FindingField.CONCERNS_US: ConcernsUs,
    FindingField.PERIODICITY: Periodicity,
}
# A clause that asks has these; where one is missing, a person is asked for it.
_NEEDED = (FindingField.NATURE, FindingField.ADDRESSEE, FindingField.PERIODICITY)


@dataclass(frozen=True, slots=True)
class Understood:
    """One finding as people read it; ``number`` marks its words in the text, None: not marked."""

    number: int | None
    field: FindingField
    value: str
    words: str
    confidence: int
    decision: Decision | None
    needs_look: bool = False

    @property
    def member(self) -> StrEnum | None:
        """Return the value as the member of its closed set, None for words of the clause."""
        closed = _CLOSED.get(self.field)
        return closed(self.value) if closed else None


@dataclass(frozen=True, slots=True)
class Related:
    """A text that the clause cites, and how: it recalls, renews, amends it ..."""

    symbol: str
    organ: str | None
    relation: Relation
    words: str
    body_key: str | None
    slug: str | None


@dataclass(frozen=True, slots=True)
class UnderstoodClause:
    """A mandate's clause with its findings; the pieces of its text, joined, are the text."""

    mandate_id: int
    version: int
    path: str
    text: str
    chapeaux: tuple[str, ...]
    pieces: tuple[Stretch, ...]
    findings: tuple[Understood, ...]
    related: tuple[Related, ...]
    falling: Falling | None
    nature: Nature
    requires_action: bool | None
    is_proposed_for_action: bool

    @property
    def by_field(self) -> Mapping[FindingField, tuple[Understood, ...]]:
        """Return the findings of each field that has some, in the order of the fields."""
        return {
            field: found
            for field in FindingField
            if (found := tuple(one for one in self.findings if one.field is field))
        }

    @property
    def waiting_count(self) -> int:
        """Return how many findings wait for a person: undecided, or their words are gone."""
        return sum(one.decision is None or one.needs_look for one in self.findings)

    @property
    def missing(self) -> tuple[FindingField, ...]:
        """Return the fields that the machine was not sure of and nobody has said."""
        if self.nature not in ASKING:
            return () if self.by_field.get(FindingField.NATURE) else (FindingField.NATURE,)
        return tuple(field for field in _NEEDED if field not in self.by_field)


@dataclass(frozen=True, slots=True)
class UnderstandingPage:
    """A resolution with what is understood of each of its mandates."""

    instrument_id: int
    symbol: str
    title: str
    language: str
    body_key: str
    slug: str
    clauses: tuple[UnderstoodClause, ...]

    @property
    def finding_count(self) -> int:
        """Return how many findings there are."""
        return sum(len(clause.findings) for clause in self.clauses)

    @property
    def waiting_count(self) -> int:
        """Return how many findings nobody has decided on."""
        return sum(clause.waiting_count for clause in self.clauses)

    @property
    def rest_count(self) -> int:
        """Return how many unconfirmed mandates are proposed as asking nothing of us."""
        return sum(
            clause.requires_action is None and not clause.is_proposed_for_action
            for clause in self.clauses
        )
