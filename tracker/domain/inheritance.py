"""A new resolution beside the one that it renews: which clause became which."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.changed_words import is_material
from tracker.domain.mandates import Lifecycle
from tracker.domain.similarity import Profile, Weights

# From this likeness on two clauses are proposed as one: below it they share words, not an ask.
LEAST_LIKENESS = 0.45
ENDED_BY_SUCCESSOR = frozenset({Lifecycle.RENEWED, Lifecycle.SUPERSEDED})
ENDED_WITHOUT = frozenset({Lifecycle.ELAPSED, Lifecycle.ACTIVE})


class Fate(StrEnum):
    """What became of a clause in the new resolution."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"


class ReportFate(StrEnum):
    """What becomes of the old mandate's report in an open period, and of the new one's.

    ``STANDS``: it is answered, so the new mandate is not asked again in that period. ``EARLIER``:
    the period was over before the new resolution was adopted, so it stays with the old mandate.
    ``MOVES``: nobody answered yet, so it is waived and the new mandate is asked instead.
    """

    STANDS = "stands"
    EARLIER = "earlier"
    MOVES = "moves"


class OwnerFate(StrEnum):
    """What becomes of who answers, in the new mandate."""

    GIVEN = "given"
    KEPT = "kept"
    NOBODY = "nobody"
    DECLINED = "declined"
    CLOSED = "closed"
    SET_ASIDE = "set_aside"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause as it is compared: the id of its mandate, its words, their stems, its own number."""

    mandate_id: int
    text: str
    stems: frozenset[str]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A new clause (None: dropped) beside the old one it is (None: new); likeness from 0 to 1."""

    later_id: int | None
    earlier_id: int | None
    fate: Fate
    likeness: float | None = None


def line_up(
    earlier: Sequence[Wording],
    later: Sequence[Wording],
    weights: Weights,
    said: Mapping[int, int | None] | None = None,
) -> tuple[Pair, ...]:
    """Return what became of each clause, in the order of the new resolution.

    ``said`` is a person's word on some of the new ones: the old mandate it is, or None for a new
    clause. What was dropped stands after the clause before it.
    """
    told = said or {}
    old = {each.mandate_id: each for each in earlier}
    pairs = {
        new_id: old_id for new_id, old_id in told.items() if old_id is not None and old_id in old
    }
    rest_old = [each for each in earlier if each.mandate_id not in set(pairs.values())]
    rest_new = [each for each in later if each.mandate_id not in told]
    pairs |= _equal(rest_old, rest_new)
    taken = set(pairs.values())
    pairs |= _alike(
        [each for each in rest_old if each.mandate_id not in taken],
        [each for each in rest_new if each.mandate_id not in pairs],
        weights,
    )
    return tuple(_in_order(earlier, later, pairs, weights))


def _equal(earlier: Sequence[Wording], later: Sequence[Wording]) -> Mapping[int, int]:
    """Return the pairs that say the same word for word, in their order."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for each in earlier:
        waiting[_plain(each.text)].append(each.mandate_id)
    pairs = {}
    for each in later:
        if found := waiting.get(_plain(each.text)):
            pairs[each.mandate_id] = found.pop(0)
    return pairs


def _alike(
    earlier: Sequence[Wording], later: Sequence[Wording], weights: Weights
) -> Mapping[int, int]:
    """Return the pairs that are alike enough, the most alike first.

    Of equals those with one number, then the nearest.
    """
    old = [(each, weights.profile(each.stems)) for each in earlier]
    scored = []
    for place, each in enumerate(later):
        profile = weights.profile(each.stems)
        for other_place, (other, other_profile) in enumerate(old):
            score = weights.likeness(profile, other_profile)
            if score >= LEAST_LIKENESS:
                is_elsewhere = each.number != other.number
                distance = abs(place / len(later) - other_place / len(old))
                scored.append((-score, is_elsewhere, distance, each.mandate_id, other.mandate_id))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_order, later_id, earlier_id in sorted(scored):
        if later_id not in pairs and earlier_id not in taken:
            pairs[later_id] = earlier_id
            taken.add(earlier_id)
    return pairs


def _in_order(
    earlier: Sequence[Wording],
    later: Sequence[Wording],
    pairs: Mapping[int, int],
    weights: Weights,
) -> Iterator[Pair]:
    old = {each.mandate_id: each for each in earlier}
    dropped_after = _dropped_after(earlier, pairs)
    for dropped_id in dropped_after[None]:
        yield Pair(None, dropped_id, Fate.DROPPED)
    for each in later:
        earlier_id = pairs.get(each.mandate_id)
        if earlier_id is None:
            yield Pair(each.mandate_id, None, Fate.NEW)
        else:
            yield _paired(each, old[earlier_id], weights)
        for dropped_id in dropped_after[each.mandate_id]:
            yield Pair(None, dropped_id, Fate.DROPPED)


def _dropped_after(
    earlier: Sequence[Wording], pairs: Mapping[int, int]
) -> Mapping[int | None, list[int]]:
    """Return the old clauses that are none of the new, by the new clause that they stand after."""
    new_of = {earlier_id: later_id for later_id, earlier_id in pairs.items()}
    found: defaultdict[int | None, list[int]] = defaultdict(list)
    before: int | None = None
    for each in earlier:
        if each.mandate_id in new_of:
            before = new_of[each.mandate_id]
        else:
            found[before].append(each.mandate_id)
    return found


def _paired(later: Wording, earlier: Wording, weights: Weights) -> Pair:
    if not is_material(earlier.text, later.text):
        return Pair(later.mandate_id, earlier.mandate_id, Fate.SAME, 1.0)
    profiles: Collection[Profile] = [weights.profile(each.stems) for each in (later, earlier)]
    likeness = round(weights.likeness(*profiles), 2)
    return Pair(later.mandate_id, earlier.mandate_id, Fate.CHANGED, min(likeness, 0.99))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
