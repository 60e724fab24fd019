"""How a mandate is cited and where its page is: "530(XXIV), para. 5(a)"."""

from dataclasses import dataclass

from tracker.domain.clauses import paragraph_label, slug_path
from tracker.i18n import paragraph_cited


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
    return paragraph_cited(symbol, paragraph_label(path), language) if path else symbol
