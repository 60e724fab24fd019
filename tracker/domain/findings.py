"""What a reader found in a clause: each finding with the words that show it and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class FindingField(StrEnum):
    """What a finding says of a clause, in the order in which a person reads it."""

    ACTION_VERB = "action_verb"
    ADDRESSEE = "addressee"
    PARTNER = "partner"
    NATURE = "nature"
    CONCERNS_US = "concerns_us"
    PERIODICITY = "periodicity"
    OCCASION = "occasion"
    CONDITION = "condition"
    ACTION_POINT = "action_point"
    SUBJECT = "subject"


class Decision(StrEnum):
    """What a person made of a finding."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ADDED = "added"


# What a person's decision leaves standing.
STANDING = frozenset({Decision.ACCEPTED, Decision.ADDED})
# Of these a clause has one at most; of the others, as many as its words name.
SINGLE = frozenset(
    {
        FindingField.ACTION_VERB,
        FindingField.NATURE,
        FindingField.CONCERNS_US,
        FindingField.PERIODICITY,
        FindingField.OCCASION,
        FindingField.CONDITION,
    }
)
# Below this share of right answers a finding is not proposed: the field stays empty and asks.
LEAST_CONFIDENCE = 75  # percent


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing understood of a clause.

    ``start`` and ``end`` are where ``words`` stand in the clause's own text; both are None where
    the words stand in the paragraph above it, or where there are none. ``confidence`` is how often,
    in percent, such a finding was right among clauses that people had labelled.
    """

    field: FindingField
    value: str
    words: str = ""
    start: int | None = None
    end: int | None = None
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a clause's text: the numbers of the findings that it shows, and that end there."""

    text: str
    shows: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def stretches(text: str, spans: Mapping[int, tuple[int, int]]) -> tuple[Stretch, ...]:
    """Return the text cut where findings begin and end; joined, the pieces are the text.

    ``spans`` are where the words of each finding stand, by its number; one that lies outside the
    text is left out.
    """
    inside = {n: span for n, span in spans.items() if 0 <= span[0] < span[1] <= len(text)}
    cuts = sorted({0, len(text), *(place for span in inside.values() for place in span)})
    return tuple(
        Stretch(
            text[begin:end],
            tuple(n for n, (first, last) in inside.items() if first <= begin and end <= last),
            tuple(n for n, (_, last) in inside.items() if last == end),
        )
        for begin, end in pairwise(cuts)
    )
