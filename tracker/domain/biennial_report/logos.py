"""The logo of a body: a picture for the cover, and the words for who cannot see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracker.domain.biennial_report.blocks import CoverLogo

# Six centimetres by two and a half, in English metric units (914,400 an inch).
_WIDEST: Final = 2_160_000
_HIGHEST: Final = 900_000


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is kept under its digest.

    ``width`` and ``height`` are its dots, or the units of a drawing; ``alternatives`` says what it
    shows, by language.
    """

    digest: str
    media_type: str
    width: int
    height: int
    alternatives: Mapping[str, str]

    def on_cover(self, language: str) -> CoverLogo:
        """Return it as it stands on a cover in that language, as large as there is room."""
        scale = min(_WIDEST / self.width, _HIGHEST / self.height)
        said = self.alternatives.get(language) or next(iter(self.alternatives.values()), "")
        return CoverLogo(
            digest=self.digest,
            media_type=self.media_type,
            width=round(self.width * scale),
            height=round(self.height * scale),
            alternative=said,
        )
