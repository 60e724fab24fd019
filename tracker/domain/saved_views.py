"""Views of lists that people keep under a name: the filter, and with whom it is shared."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode

from tracker.domain.errors import Invalid

MOST_VIEWS = 50  # of one person
LONGEST_NAME = 80  # characters
LONGEST_FILTER = 1500  # characters, as an address holds it
# Where in the list the reader stood, and which view it was: no part of the view.
_PASSING = frozenset({"after", "before", "page", "view", "all"})


class ListKey(StrEnum):
    """The lists of which views can be kept."""

    SEARCH = "search"
    COMPLIANCE = "compliance"
    RESOLUTIONS = "resolutions"
    MANDATES = "mandates"
    ACTIVITIES = "activities"


class Sharing(StrEnum):
    """Who sees a view besides its owner."""

    NOBODY = "nobody"
    UNIT = "unit"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class SharedWith:
    """With whom a view is shared; ``unit_id`` is set for a unit alone."""

    sharing: Sharing
    unit_id: int | None = None

    def __str__(self) -> str:
        """Return it as a form holds it: "nobody", "unit:3"."""
        return f"{self.sharing}:{self.unit_id}" if self.unit_id else self.sharing.value


def filter_of(query: str) -> str:
    """Return what a view keeps of the address of a list: its filter and order.

    Raises Invalid for more than anybody filters by.
    """
    pairs = [
        (name, value)
        for name, value in parse_qsl(query.removeprefix("?"))
        if name not in _PASSING and value
    ]
    written = urlencode(pairs)
    if len(written) > LONGEST_FILTER:
        raise Invalid("This filter is too long to be kept. Narrow the list by fewer choices.")
    return written


def numbers_named(written: str, names: Collection[str]) -> tuple[tuple[str, int], ...]:
    """Return what a filter names by number, as the word of the address and the number."""
    return tuple(
        (name, int(value))
        for name, value in parse_qsl(written)
        if name in names and value.isascii() and value.isdigit() and len(value) <= 9
    )


def check_name(name: str) -> str:
    """Return the name of a view without blanks around it; raise Invalid for none or a long one."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise Invalid(
            "Enter a name for the view, %(longest)s characters at most.",
            field="name",
            longest=LONGEST_NAME,
        )
    return plain
