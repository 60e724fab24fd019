"""What a person can change of a reading under review: each edit as a value."""

from dataclasses import dataclass

from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class Split:
    """Begin a new paragraph at each of these places of the text (characters, from 1)."""

    key: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """Let the paragraph go on with the one above it."""

    key: str


@dataclass(frozen=True, slots=True)
class Renumber:
    """Give a clause another path; ``and_following`` counts its later siblings on from there."""

    key: str
    path: str
    and_following: bool = False


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """Say that a paragraph is something else; a clause without a path gets the next number."""

    key: str
    kind: BlockKind
    path: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeText:
    """Correct the words of a paragraph."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Take a paragraph out of what will be imported, such as a page heading read as text."""

    key: str


@dataclass(frozen=True, slots=True)
class Restore:
    """Take a paragraph in again that was left out."""

    key: str


@dataclass(frozen=True, slots=True)
class MoveLevel:
    """Put a clause below the one before it, or beside the one that it stands below."""

    key: str
    is_deeper: bool


@dataclass(frozen=True, slots=True)
class Settle:
    """Say that a doubtful place is right as it is."""

    key: str


Edit = Split | Join | Renumber | ChangeKind | ChangeText | LeaveOut | Restore | MoveLevel | Settle


def break_offsets(text: str, with_breaks: str) -> tuple[int, ...]:
    """Return where line breaks were put into a text (characters, from 1), for a ``Split``.

    Raises Invalid when more than the white space was changed.
    """
    lines = [line for line in with_breaks.splitlines() if line.strip()]
    if "".join(with_breaks.split()) != "".join(text.split()):
        raise Invalid(
            "Here only line breaks can be put in, so that no word is lost. To change words, choose "
            "“Edit text” instead.",
            field="text",
        )
    offsets, at = [], 0
    for line in lines[:-1]:
        for letter in "".join(line.split()):
            at = text.index(letter, at) + 1
        offsets.append(at)
    return tuple(offsets)
