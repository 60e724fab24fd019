"""The languages that an administrator can choose: those in which the program is complete."""

from collections.abc import Sequence
from functools import cache

from babel.messages.pofile import read_po

from config import KNOWN_LANGUAGES
from tracker.i18n import TRANSLATIONS
from tracker.web.house import house

_WRITTEN_IN = "en"


def offered_languages() -> list[str]:
    """Return the complete languages, and those in use, in the order of the program."""
    present = house().languages
    return [code for code in KNOWN_LANGUAGES if code in present or _is_complete(code)]


@cache
def _is_complete(language: str) -> bool:
    """Tell whether every message has its translation."""
    if language == _WRITTEN_IN:
        return True
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return False
    with path.open("rb") as file:
        messages = list(read_po(file))
    return all(_is_translated(message.string) and not message.fuzzy for message in messages[1:])


def _is_translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)
