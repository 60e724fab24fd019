"""The languages that an administrator can choose: those in which the program is complete."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

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
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    return language == _WRITTEN_IN or (path.is_file() and is_complete(path.read_bytes()))


def is_complete(catalogue: bytes) -> bool:
    """Tell whether every message of a catalogue (PO) has its translation, and none is a guess."""
    messages = list(read_po(BytesIO(catalogue)))[1:]  # the first is the header
    return all(_is_translated(message.string) and not message.fuzzy for message in messages)


def _is_translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)
