"""Members of closed sets named by people, in any of our languages."""

from enum import StrEnum
from typing import TypeVar

from tracker.domain.errors import Invalid
from tracker.i18n import translate_into
from tracker.labels import LABELS
from tracker.stemming import fold

LANGUAGES = ("en", "es", "fr", "pt")
S = TypeVar("S", bound=StrEnum)


def find_member(kind: type[S], words: str) -> S | None:
    """Return the member that words mean, in capitals or not, with accents or not; None for none."""
    asked = fold(" ".join(words.split())).replace("_", " ")
    for member in kind:
        meant = {fold(translate_into(each)(LABELS[kind][member])) for each in LANGUAGES}
        if asked in {*meant, member.value.replace("_", " ")}:
            return member
    return None


def member_of(kind: type[S], words: str) -> S:
    """Return the member that words mean; raise Invalid for none."""
    found = find_member(kind, words)
    if found is None:
        raise Invalid(
            "“%(words)s” is none of the words for this. Write one of those that are listed where "
            "the file is chosen.",
            words=words[:60],
        )
    return found
