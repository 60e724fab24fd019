"""The Word styles of a body: the file that they come from, and the page that they are made for."""

from dataclasses import dataclass
from typing import Final

STYLES: Final = "styles.xml"
PAGE: Final = "page.json"
FONTS: Final = "fonts.xml"
THEME: Final = "theme.xml"
"""The parts in which the styles of a body are kept: styles always, the others where it has them."""


@dataclass(frozen=True, slots=True)
class HouseStyles:
    """The styles kept under a digest; ``missing`` names those that are filled with ours."""

    digest: str
    file_name: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSetUp:
    """A page and its margins, in twentieths of a point."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int

    @property
    def text_width(self) -> int:
        """Return how wide a line is."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Return how much of a page text can fill."""
        return self.height - self.top - self.bottom


A4: Final = PageSetUp(11906, 16838, 1474, 1417, 1361, 1418, 737, 624)
"""The page of the report as delivered."""
