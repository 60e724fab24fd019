"""Whether what was understood of a clause is sure enough to decide on it without another look."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.findings import STANDING, Decision, FindingField
from tracker.domain.mandates import ASKING, OURS

# A press decides many clauses: of a hundred decided so, at most a few may be wrong.
SURE_ENOUGH = 90  # percent
_NEEDED = (FindingField.NATURE, FindingField.CONCERNS_US)


@dataclass(frozen=True, slots=True)
class FoundValue:
    """One finding of a clause: its value, how sure it is, and what a person made of it."""

    field: FindingField
    value: str
    confidence: int
    decision: Decision | None = None
    needs_look: bool = False

    @property
    def is_sure(self) -> bool:
        """Tell whether it is a person's word, or sure enough to stand for one."""
        if self.needs_look:
            return False
        return self.decision in STANDING or self.confidence >= SURE_ENOUGH


def proposed_decision(findings: Iterable[FoundValue]) -> bool | None:
    """Return whether a clause requires our action as proposed; None where that is doubtful.

    It does when it asks somebody for something, and that somebody is us, by name or as one of a
    class. What it is and whom it concerns has to be sure, and for what asks, who is asked.
    """
    sure = [one for one in findings if one.decision is not Decision.REFUSED and one.is_sure]
    values = {field: [one.value for one in sure if one.field is field] for field in FindingField}
    if not all(values[field] for field in _NEEDED):
        return None
    if values[FindingField.NATURE][0] not in ASKING:
        return False
    if not values[FindingField.ADDRESSEE]:
        return None
    return values[FindingField.CONCERNS_US][0] in OURS
