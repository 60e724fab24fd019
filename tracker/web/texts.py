"""Texts as they are sent: without the characters that databases and documents refuse."""

import re

# Word ends a line within a paragraph with a vertical tab and a page with a form feed.
_BREAKS = re.compile("[\x0b\x0c]")
# XML 1.0, section 2.2: what no Word file may hold; PostgreSQL refuses the null character.
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return the text with line breaks for Word's own, without characters that nobody sees."""
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def is_writable(text: str) -> bool:
    """Tell whether a text holds only what can be written everywhere."""
    return writable(text) == text
