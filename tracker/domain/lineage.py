"""The picture of a lineage: instruments below each other, the newest first, and lines between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

ROW = 48  # units of the picture, as are all lengths here
_TOP = 24
_AXIS = 92
_LABEL = 112
WIDTH = 340
_NARROWEST, _STEP, _WIDEST = 20, 18, 84


@dataclass(frozen=True, slots=True)
class Dot:
    """Where an instrument stands in the picture."""

    key: int
    x: int
    y: int
    label_x: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A line from a later instrument to an earlier one, as the path of an SVG picture."""

    later: int
    earlier: int
    path: str
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of bounded width; its height grows with the instruments."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    arcs: tuple[Arc, ...]


def newest_first(
    ages: Mapping[int, tuple[int, str]], relations: Collection[tuple[int, int]]
) -> tuple[int, ...]:
    """Return the keys of ``ages`` so that a later one of (later, earlier) stands first.

    Beyond that the one with the greatest age key comes first; rings are cut there.
    """
    above = {key: {later for later, earlier in relations if earlier == key} for key in ages}
    placed: list[int] = []
    waiting = set(ages)
    while waiting:
        free = {key for key in waiting if not above[key] & waiting - {key}}
        placed.append(max(free or waiting, key=lambda key: (ages[key], key)))
        waiting.discard(placed[-1])
    return tuple(placed)


def draw(keys: Sequence[int], relations: Iterable[tuple[int, int, bool]]) -> Picture:
    """Return the picture of instruments in the order of ``keys``, the newest first.

    ``relations`` are (later, earlier, strong): strong ones renew or supersede. Those that name
    an instrument that is not drawn are left out.
    """
    places: Mapping[int, int] = {key: place for place, key in enumerate(keys)}
    arcs = tuple(
        Arc(later, earlier, _arc(places[later], places[earlier]), is_strong)
        for later, earlier, is_strong in relations
        if later in places and earlier in places
    )
    dots = tuple(Dot(key, _AXIS, _TOP + ROW * place, _LABEL) for key, place in places.items())
    return Picture(WIDTH, 2 * _TOP + ROW * max(len(keys) - 1, 0), dots, arcs)


def _arc(one: int, other: int) -> str:
    bulge = min(_NARROWEST + _STEP * (abs(one - other) - 1), _WIDEST)
    start, end = (_TOP + ROW * place for place in (one, other))
    return f"M{_AXIS} {start}C{_AXIS - bulge} {start} {_AXIS - bulge} {end} {_AXIS} {end}"
