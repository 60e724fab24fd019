"""What has a name in several languages, and the names in one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Named(StrEnum):
    """A kind of thing with a name; the value is its table."""

    BODY = "bodies"
    SESSION = "body_sessions"
    UNIT = "organizational_units"
    SUBPROGRAMME = "subprogrammes"
    POST = "signing_posts"
    ACTIVITY = "activities"


# What a house has few of: their names are read all at once. An activity's title goes with its row.
FEW = (Named.BODY, Named.SESSION, Named.UNIT, Named.SUBPROGRAMME, Named.POST)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of what a house has few of, in one language, by the name in the original.

    They are found by the original name, since that is what lists and pages hold: two units called
    the same in one language are called the same in another.
    """

    written: Mapping[tuple[Named, str], str]

    def of(self, kind: Named, name: str) -> str:
        """Return the name in the language, where nobody wrote one the original."""
        return self.written.get((kind, name), name)

    def within(self, kind: Named, words: str) -> str:
        """Return words with the names of a kind that stand in them as the language has them."""
        known = {name: text for (of, name), text in self.written.items() if of is kind}
        for name in sorted(known, key=len, reverse=True):
            words = words.replace(name, known[name])
        return words
