"""How alike two texts are by their stems: the rarer a stem, the more it tells."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt

# A row of stems is asked for together once it is expected in no more texts than this.
_FEW = 10
_LONGEST_ROW = 6
_MOST_ROWS = 8
# As many texts weigh what is known beforehand; a share of them hold a formula's word, or another.
_BEFOREHAND = 50
_FREQUENT, _RARE = 0.15, 0.01


@dataclass(frozen=True, slots=True)
class Profile:
    """The different stems of a text, and the length of their vector once they are weighed."""

    stems: frozenset[str]
    length: float


class Weights:
    """How much each stem tells: the logarithm of how rare it is in a sample of texts.

    What is known beforehand of the words of such texts stands in for a sample of a few: those of
    ``formulas`` are frequent, all others are rare.
    """

    def __init__(
        self, sample: Iterable[Collection[str]], formulas: Collection[str] = frozenset()
    ) -> None:
        counts: Counter[str] = Counter()
        size = 0
        for stems in sample:
            counts.update(stems)
            size += 1
        self._counts, self._size, self._formulas = counts, size, formulas
        self._squares: dict[str, float] = {}

    def share(self, stem: str) -> float:
        """Return the share of texts that hold a stem, or are expected to."""
        beforehand = _FREQUENT if stem in self._formulas else _RARE
        return (self._counts[stem] + _BEFOREHAND * beforehand) / (self._size + _BEFOREHAND)

    def weight(self, stem: str) -> float:
        """Return how much a stem tells: little where nearly every text has it."""
        return -log(self.share(stem))

    def profile(self, stems: frozenset[str]) -> Profile:
        """Return a text as it is compared with others."""
        return Profile(stems, sqrt(self._square_of(stems)))

    def likeness(self, first: Profile, second: Profile) -> float:
        """Return the cosine of two texts: 0 has nothing in common, 1 the same stems."""
        common = self._square_of(first.stems & second.stems)
        return common / (first.length * second.length) if common else 0.0

    def shared(self, first: Profile, second: Profile, *, most: int) -> tuple[str, ...]:
        """Return the stems that two texts share, those that tell most first."""
        return tuple(self.rarest_first(first.stems & second.stems)[:most])

    def rarest_first(self, stems: Iterable[str]) -> list[str]:
        """Return the stems in the order of how much they tell."""
        return sorted(stems, key=lambda stem: (-self.weight(stem), stem))

    def _square_of(self, stems: Iterable[str]) -> float:
        # Exact, so that the order of a set, which differs from run to run, changes nothing.
        return fsum(map(self._square, stems))

    def _square(self, stem: str) -> float:
        found = self._squares.get(stem)
        if found is None:
            found = self._squares[stem] = self.weight(stem) ** 2
        return found


def telling_rows(
    stems: Collection[str], weights: Weights, *, total: int
) -> tuple[tuple[str, ...], ...]:
    """Return rows of stems; a text that is like this one holds all stems of one row at least.

    A stem that is rare among ``total`` texts is a row by itself; others stand together with the
    next rarest, so that each row is expected in few texts only. A formula of frequent words is
    one row.
    """
    rarest = weights.rarest_first(stems)
    rows = (
        _row(rarest[start::step], weights, total)
        for start in range(min(len(rarest), _MOST_ROWS))
        for step in (1, 2)
    )
    told = dict.fromkeys(tuple(sorted(row)) for row in rows if row)
    if not told and rarest:
        return (tuple(sorted(rarest[:_LONGEST_ROW])),)
    return tuple(told)


def _row(rarest: Sequence[str], weights: Weights, total: int) -> Sequence[str]:
    """Return as many stems as it takes until few texts are expected; none where too many are."""
    expected = float(total)
    for count, stem in enumerate(rarest[:_LONGEST_ROW], start=1):
        expected *= weights.share(stem)
        if expected <= _FEW:
            return rarest[:count]
    return ()
