"""A stretch of a long list: as many of its items as fit a page, and the ways on and back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import request
from markupsafe import escape

from tracker.domain.differences import Part, PartKind, word_difference
from tracker.web.addresses import whole_number

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
MOST_BYTES = 78_000  # of the items: with the rest of the page it stays below 100 kB
MARK_BYTES = 130  # of HTML around words that were added or removed
MOST_MARKED_BYTES = 40_000  # of one difference: beyond it both texts stand as wholes


class Listed(Protocol[T_co]):
    """A list of which a page reads a few items."""

    @property
    def total(self) -> int:
        """Return how many items there are."""

    def from_place(self, first: int, most: int) -> Sequence[T_co]:
        """Return the items from a place on, counted from 0, so many at most."""


@dataclass(frozen=True, slots=True)
class Items(Generic[T]):
    """A list that is in memory already."""

    every: Sequence[T]

    @property
    def total(self) -> int:
        """Return how many items there are."""
        return len(self.every)

    def from_place(self, first: int, most: int) -> Sequence[T]:
        """Return the items from a place on, counted from 0, so many at most."""
        return self.every[first : first + most]


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """Some items that follow one another; places count from 0.

    ``before`` is the place where the stretch before begins, None on the first; ``following`` is
    None on the last.
    """

    items: Sequence[T]
    first: int
    total: int
    before: int | None

    @property
    def last(self) -> int:
        """Return the place behind the last item, which is its number counted from 1."""
        return self.first + len(self.items)

    @property
    def following(self) -> int | None:
        """Return the place where the next stretch begins."""
        return self.last if self.last < self.total else None

    @property
    def is_whole(self) -> bool:
        """Tell whether all items are in it."""
        return len(self.items) == self.total


def asked_place(name: str = "start") -> int:
    """Return the place of the first item that the address asks for, counted from 0."""
    return whole_number(request.args.get(name, "")) or 0


def stretch_of(
    listed: Listed[T],
    first: int,
    *,
    bytes_of: Callable[[T], int],
    most: int,
    most_bytes: int = MOST_BYTES,
) -> Stretch[T]:
    """Return the items from a place on that fit a page, one at least; the first ones beyond it.

    ``bytes_of`` tells what an item takes of HTML; ``most`` is how many items a page may have.
    """
    total = listed.total
    first = first if 0 <= first < total else 0
    items = listed.from_place(first, most)
    earlier = listed.from_place(max(0, first - most), min(first, most))
    back = _count_fitting(reversed(earlier), bytes_of, most_bytes)
    return Stretch(
        items=items[: _count_fitting(items, bytes_of, most_bytes)],
        first=first,
        total=total,
        before=first - back if first else None,
    )


def shown_difference(before: str, after: str) -> list[Part]:
    """Return the words added and removed; both texts as wholes where the marks would be heavy."""
    parts = word_difference(before, after)
    if difference_bytes(parts) <= MOST_MARKED_BYTES:
        return parts
    return [Part(PartKind.REMOVED, before), Part(PartKind.ADDED, after)]


def difference_bytes(parts: Iterable[Part]) -> int:
    """Return how many bytes of HTML a difference takes."""
    return sum(
        text_bytes(words) + (0 if kind is PartKind.SAME else MARK_BYTES) for kind, words in parts
    )


def text_bytes(text: str) -> int:
    """Return how many bytes of HTML a text takes."""
    return len(escape(text).encode())


def _count_fitting(items: Iterable[T], bytes_of: Callable[[T], int], most_bytes: int) -> int:
    count = taken = 0
    for item in items:
        taken += bytes_of(item)
        if count and taken > most_bytes:
            break
        count += 1
    return count
