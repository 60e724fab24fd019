"""Refusals: what cannot be done, each told in a sentence that says what to do instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 - the name by which message extraction finds its texts
    """Mark an English message for translation and return it as it is."""
    return message


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of ours within a sentence: an English message, translated with the sentence."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the words in English with their values filled in."""
        return self.message % self.values if self.values else self.message


class Refused(Exception):
    """A refusal told to a person.

    ``sentence`` is an English message with ``%(name)s`` placeholders, which is also the key of its
    translation; ``values`` fill the placeholders. They keep their type: a date, a moment, a
    ``CitedParagraph``, a ``Phrase`` or a member of a closed set is written in the reader's
    language by ``tracker/sentences.py``, everything else as it is.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(sentence)

    def __str__(self) -> str:
        """Return the sentence in English with its values filled in, for the log."""
        return self.sentence % self.values if self.values else self.sentence


class NotAllowed(Refused):
    """The person's roles do not include this action on this item."""


class NotFound(Refused):
    """There is no such item."""


class Invalid(Refused):
    """What was entered cannot be taken as it is; ``field`` names the form field, if any."""

    def __init__(self, sentence: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(sentence, **values)
        self.field = field


class Stale(Refused):
    """Somebody else changed the item since the person opened it."""


class Duplicate(Refused):
    """The same thing is there already."""


class WrongState(Refused):
    """The item is not in a state in which this can be done."""


class LinkRefused(Refused):
    """A signed link is wrong, expired or used."""


class UnreadableDocument(Refused):
    """A file from which no resolution can be read."""


class ScannedDocument(UnreadableDocument):
    """A file whose pages, all or some, have no text that makes sense and must be recognised first.

    ``pages`` are the numbers of those pages, from 1, in their order.
    """

    def __init__(self, *, pages: Sequence[int], page_count: int) -> None:
        super().__init__(
            N_(
                "Of %(count)s pages %(pages)s are pictures, or have a text that makes no sense. "
                "Have what they show recognised (OCR) first, or take the Word file of the "
                "resolution."
            ),
            pages=len(pages),
            count=page_count,
        )
        self.pages = tuple(pages)
        self.page_count = page_count


class UnknownSymbol(Refused):
    """A text that is not a document symbol."""


class Unavailable(Refused):
    """The database, or another part the work needs, cannot be used now."""
