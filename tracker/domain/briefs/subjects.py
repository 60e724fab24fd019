"""What a brief can be about, since when, and the address under which it is found again."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from tracker.domain.errors import Invalid

PATH = "/reports/brief"
_SINCE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class BriefKind(StrEnum):
    """What a brief is about."""

    COUNTRY = "country"
    PARTNER = "partner"
    UNIT = "unit"
    RESOLUTION = "resolution"
    GOAL = "goal"
    WORD = "word"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class BriefSubject:
    """What one brief is about.

    ``key`` is a country's code, a partner's name, the id of a unit, a resolution or a subject word,
    the number of a goal or a target, or the words; ``name`` is what it is called in the language of
    the brief, ``written`` how a person writes it so that it is found again.
    """

    kind: BriefKind
    key: str
    name: str
    written: str

    @property
    def id(self) -> int:
        """Return the id of a unit, a resolution or a subject word."""
        return int(self.key)


def read_since(text: str) -> date:
    """Return the first day that is meant by "2022", "2022-05" or "2022-05-17"."""
    written = _SINCE.fullmatch(text.strip())
    parts = [int(part or 1) for part in written.groups()] if written else [0, 1, 1]
    try:
        return date(*parts)
    except ValueError as error:
        raise Invalid(
            "“%(text)s” is no year and no date. Write since when as 2022, or as 2022-05-17.",
            field="since",
            text=text.strip(),
        ) from error


def brief_address(subject: BriefSubject, since: date) -> str:
    """Return the path of the page that shows the brief and everything that it draws on."""
    asked = {"about": subject.written, "kind": subject.kind.value, "since": since.isoformat()}
    return f"{PATH}?{urlencode(asked)}"
