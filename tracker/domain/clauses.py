"""An adopted text as blocks in order, the paths of its clauses, and what a clause asks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from tracker.domain.mandates import ConcernsUs, Nature, Periodicity

FORMER = "ex-"  # begins the path of a clause that is no longer in the text
_INSERTED = re.compile(r"(?<=\w)(?=(?:bis|ter|quater|quinquies|sexies)$)")  # "5bis" is "5 bis"


class BlockKind(StrEnum):
    """What a paragraph of a resolution is."""

    FRONTMATTER = "frontmatter"
    TITLE = "title"
    OPENER = "opener"
    PREAMBULAR = "preambular"
    HEADING = "heading"
    OPERATIVE = "operative"
    ANNEX = "annex"
    FOOTNOTE = "footnote"
    CLOSING = "closing"


# Mastheads and notes differ from language to language: they are lined up only where they agree.
MAY_DIFFER = frozenset({BlockKind.FRONTMATTER, BlockKind.FOOTNOTE, BlockKind.CLOSING})


class DoubtReason(StrEnum):
    """Why a person should look at a place before it is taken over."""

    NUMBER_REPAIRED = "number_repaired"
    NUMBER_MISSING = "number_missing"
    NUMBER_REPEATED = "number_repeated"
    NUMBER_SUPPLIED = "number_supplied"
    JOINED_ACROSS_PAGE = "joined_across_page"
    UNKNOWN_VERB = "unknown_verb"
    ENDING_UNUSUAL = "ending_unusual"
    UNSURE_WORD = "unsure_word"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful place: the reason and the words that show it."""

    reason: DoubtReason
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph; only operative clauses have a path and a level (1 is a numbered paragraph).

    ``number`` is as it should be printed, without brackets or dot: "5", "a", "iv".
    """

    kind: BlockKind
    text: str
    number: str | None = None
    path: str | None = None
    level: int | None = None
    verb: str | None = None
    doubts: tuple[Doubt, ...] = ()


class CitationKind(StrEnum):
    """What kind of text is cited."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    DOCUMENT = "document"


class Relation(StrEnum):
    """How the citing paragraph stands to the cited text."""

    RECALLS = "recalls"
    TAKES_NOTE = "takes_note"
    IN_ACCORDANCE_WITH = "in_accordance_with"
    PURSUANT_TO = "pursuant_to"
    RENEWS = "renews"
    SUPERSEDES = "supersedes"
    AMENDS = "amends"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Citation:
    """A text cited by a paragraph; ``organ`` is whose it is where the paragraph names it.

    ``path`` is the operative clause that cites, None elsewhere; ``block_index`` counts from 0.
    """

    symbol: str
    kind: CitationKind
    organ: str | None
    relation: Relation
    words: str
    path: str | None
    block_index: int


@dataclass(frozen=True, slots=True)
class ReadResolution:
    """One resolution as read from a file: ``symbol`` is the full document symbol where printed.

    ``annexes`` are its annexes with numbered paragraphs, each readable as an instrument.
    """

    number: str | None
    symbol: str | None
    title: str | None
    body: str | None
    language: str
    session: str | None
    adopted_on: date | None
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...] = ()
    annexes: tuple["ReadResolution", ...] = ()

    @property
    def operative_clauses(self) -> tuple[Block, ...]:
        """Return the operative clauses of every depth in the order of the text."""
        return tuple(block for block in self.blocks if block.kind is BlockKind.OPERATIVE)

    @property
    def leaf_clauses(self) -> tuple[Block, ...]:
        """Return the operative clauses that are no chapeau: each becomes a mandate."""
        parents = {parent_path(clause.path) for clause in self.operative_clauses if clause.path}
        return tuple(clause for clause in self.operative_clauses if clause.path not in parents)


@dataclass(frozen=True, slots=True)
class Entity:
    """Whose mandates are tracked: a secretariat, the bodies it serves and how texts call it.

    ``names`` are those in further languages, each with its language; texts may use them, too.
    """

    name: str
    body_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name in a language, the one that is there where nobody wrote one."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a clause is understood to ask, to be confirmed by a person; None where nothing is sure.

    ``words`` maps a field's name to the words of the text that show it.
    """

    action_verb: str | None = None
    addressees: tuple[str, ...] = ()
    nature: Nature | None = None
    periodicity: Periodicity | None = None
    concerns_us: ConcernsUs | None = None
    requires_action: bool = False
    occasion: str | None = None
    report_requested: bool = False
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def paragraph_label(path: str) -> str:
    """Return a path as paragraphs are cited: "5.a.i" becomes "5(a)(i)", "II.3.b" "II.3(b)".

    A clause that a corrected edition dropped is cited as "ex 5(a)".
    """
    if path.startswith(FORMER):
        return f"ex {paragraph_label(path.removeprefix(FORMER))}"
    first, *rest = (_INSERTED.sub(" ", part) for part in path.split("."))
    if rest and not first[:1].isdecimal():  # the label of a section that counts from 1
        first = f"{first}.{rest.pop(0)}"
    return first + "".join(f"({part})" for part in rest)


@dataclass(frozen=True, slots=True)
class CitedParagraph:
    """A paragraph of a resolution as a sentence names it: "530(XXIV), para. 5(a)" in English."""

    symbol: str
    path: str

    @property
    def paragraph(self) -> str:
        """Return the number of the paragraph: "5(a)"."""
        return paragraph_label(self.path)

    def __str__(self) -> str:
        """Return the citation in English."""
        return f"{self.symbol}, para. {self.paragraph}"


def slug_path(path: str) -> str:
    """Return a path as it stands in an address: "5.a.i" becomes "5/a/i"."""
    return path.replace(".", "/")


def path_of_slug(slug: str) -> str:
    """Return the path that an address names: "5/a/i" becomes "5.a.i"."""
    return slug.strip("/").replace("/", ".")


def parent_path(path: str) -> str | None:
    """Return the path one level up, None for a numbered paragraph."""
    return path.rpartition(".")[0] or None


def is_chapeau(blocks: Iterable[Block], path: str) -> bool:
    """Tell whether the clause at this path has sub-clauses."""
    return any(block.path is not None and parent_path(block.path) == path for block in blocks)


def find_clause(blocks: Iterable[Block], path: str) -> Block | None:
    """Return the operative clause at this path."""
    return next((block for block in blocks if block.path == path), None)


def chapeau_of(blocks: Iterable[Block], path: str) -> Block | None:
    """Return the clause that introduces the one at this path."""
    above = parent_path(path)
    return find_clause(blocks, above) if above else None


def ancestors_of(blocks: Sequence[Block], path: str) -> tuple[Block, ...]:
    """Return the clauses above the one at this path, the numbered paragraph first."""
    parts = path.split(".")
    paths = [".".join(parts[:depth]) for depth in range(1, len(parts))]
    found = (find_clause(blocks, above) for above in paths)
    return tuple(clause for clause in found if clause is not None)
