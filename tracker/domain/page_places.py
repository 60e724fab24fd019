"""Where words stand on the pictures of scanned pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the upright picture of a page, in pixels from its left upper corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Return how high it is."""
        return self.bottom - self.top

    def overlaps(self, other: "Box") -> bool:
        """Tell whether a part of it lies in the other."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def joined(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a line of the source stands: the page, from 1, and the box around its words.

    ``unsure`` holds the words that were hard to recognise, each with its box.
    """

    page: int
    box: Box
    unsure: tuple[tuple[str, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """The places of the lines of a source, None for a line that stands on no scanned page.

    ``sizes`` are width and height of the pictures of the scanned pages, in pixels.
    """

    sizes: Mapping[int, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[LinePlace | None, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any page was scanned."""
        return bool(self.sizes)


NO_PLACES = PagePlaces()
"""Those of a source without scanned pages."""


def box_around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all; there must be one at least."""
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first
