"""The adopted texts of the demo body, session by session, with their language versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.demo.calendar import filled_in

FOLDER = Path(__file__).resolve().parent / "resolutions"


@dataclass(frozen=True, slots=True)
class DemoResolution:
    """One adopted text; ``session`` is that of the Commission, None for the General Assembly."""

    stem: str
    session: int | None
    languages: tuple[str, ...] = ()

    def file_name(self, language: str | None = None) -> str:
        """Return the name of the file with the original or with a language version."""
        return f"{self.stem}.{language}.txt" if language else f"{self.stem}.txt"

    def content(self, words: Mapping[str, str], language: str | None = None) -> bytes:
        """Return the text as it was adopted, its dates and symbols filled in."""
        text = (FOLDER / self.file_name(language)).read_text(encoding="utf-8")
        return filled_in(text, words).encode()


GENERAL_ASSEMBLY = DemoResolution("general_assembly", None, ("es",))
RESOLUTIONS = (
    DemoResolution("36_viii", 8, ("es",)),
    DemoResolution("37_viii", 8, ("es",)),
    GENERAL_ASSEMBLY,
    DemoResolution("41_ix", 9, ("es", "fr")),
    DemoResolution("42_ix", 9, ("es", "fr")),
    DemoResolution("43_ix", 9, ("es",)),
    DemoResolution("45_x", 10),
)
# Its official text came late: nobody has confirmed yet what it asks.
LATE = DemoResolution("46_x", 10)


def adopted_at(session: int | None) -> tuple[DemoResolution, ...]:
    """Return the resolutions of a session of the Commission, or of the General Assembly."""
    return tuple(resolution for resolution in RESOLUTIONS if resolution.session == session)
