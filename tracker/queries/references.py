"""How a mandate is cited and where its page is: "530(XXIV), para. 5(a)"."""

from dataclasses import dataclass
from typing import Protocol

from tracker.domain.clauses import paragraph_label, slug_path
from tracker.i18n import paragraph_cited, paragraph_printed, symbol_cited


class Citable(Protocol):
    """Whatever names a resolution, and a paragraph of it."""

    @property
    def symbol(self) -> str:
        """Return the symbol of the resolution."""

    @property
    def path(self) -> str | None:
        """Return the path of the paragraph."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The words and the parts of the address under which a mandate is found for ever."""

    symbol: str
    body_key: str
    slug: str
    path: str

    @property
    def address(self) -> dict[str, str]:
        """Return the values of the mandate page's address."""
        return {"body": self.body_key, "slug": self.slug, "path": slug_path(self.path)}


def cited(symbol: str, path: str | None, language: str) -> str:
    """Return how a mandate is cited in ``language``: the resolution alone without a path."""
    if not path:
        return symbol_cited(symbol, language)
    return paragraph_cited(symbol, paragraph_label(path), language)


def cited_in_print(symbol: str, path: str | None, language: str) -> str:
    """Return how a document in ``language`` cites a mandate: "530(XXIV), párr. 5 a)"."""
    if not path:
        return symbol_cited(symbol, language)
    return paragraph_cited(symbol, printed_label(path, language), language)


def printed_label(path: str | None, language: str) -> str:
    """Return the number of a paragraph as a document in ``language`` prints it."""
    return paragraph_printed(paragraph_label(path or ""), language)
