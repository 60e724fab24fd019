"""The fields of a mandate that lists and filters read, kept as its accepted findings say."""

from collections.abc import Sequence

from tracker.domain.errors import Invalid
from tracker.domain.findings import STANDING, FindingField
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.models.mandates import Mandate, MandateFinding

LONGEST_WORDS = 400  # characters
LONGEST_VERB = 120  # characters


def hold_accepted(mandate: Mandate, findings: Sequence[MandateFinding]) -> None:
    """Let the mandate's fields say what a person accepted; a field nobody decided on stays.

    Raises Invalid where the nature was taken away, since a mandate has one.
    """
    decided = {one.field for one in findings if one.decision is not None}
    values = {
        field: [one.value for one in findings if one.field is field and one.decision in STANDING]
        for field in decided
    }
    if FindingField.ACTION_VERB in values:
        mandate.action_verb = cut(_first(values[FindingField.ACTION_VERB]), LONGEST_VERB)
    if FindingField.ADDRESSEE in values:
        mandate.addressee = cut("; ".join(values[FindingField.ADDRESSEE]), LONGEST_WORDS)
    if FindingField.OCCASION in values:
        mandate.occasion = cut(_first(values[FindingField.OCCASION]), LONGEST_WORDS)
    if FindingField.NATURE in values:
        nature = _first(values[FindingField.NATURE])
        if nature is None:
            raise Invalid("Choose what the clause is.", field=FindingField.NATURE.value)
        mandate.nature = Nature(nature)
    if FindingField.PERIODICITY in values:
        often = _first(values[FindingField.PERIODICITY])
        mandate.periodicity = Periodicity(often) if often else None
    if FindingField.CONCERNS_US in values:
        concerned = _first(values[FindingField.CONCERNS_US])
        mandate.concerns_us = ConcernsUs(concerned) if concerned else None


def cut(text: str | None, longest: int) -> str | None:
    """Return the text within so many characters, None for no text."""
    if not text:
        return None
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None
