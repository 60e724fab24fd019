"""What the report as a document is made of: a list of typed blocks that every writer renders.

All texts in blocks are plain text in the document's language unless ``language`` says otherwise;
they hold no tabs, line breaks or control characters. Writers escape them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page; numbered through the document."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, line by line as printed; an absent line is None.

    ``notices`` are sentences that must be seen first: a draft, an unofficial version.
    """

    kind: ClassVar[str] = "cover"
    symbol: str | None
    distribution: str
    issued: str
    original: str
    entity: str
    session: str | None
    place_and_dates: str | None
    title: str
    subtitle: str
    edition: str | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents, with the anchor of its heading."""

    level: int
    label: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings."""

    kind: ClassVar[str] = "contents"
    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; ``label`` is its number as printed ("III.", "A.") or empty."""

    kind: ClassVar[str] = "heading"
    level: int
    label: str
    text: str
    anchor: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered through the document where ``number`` is set.

    ``lead`` is printed before the text as a run-in heading; ``sources`` are the revisions of
    progress reports that the paragraph stands on. ``passage`` names the passage that it is, or that
    it is a part of.
    """

    kind: ClassVar[str] = "paragraph"
    text: str
    number: int | None = None
    lead: str | None = None
    footnote: Footnote | None = None
    sources: tuple[int, ...] = ()
    language: str | None = None
    passage: str = ""

    @property
    def anchor(self) -> str | None:
        """Return the anchor under which a numbered paragraph is found."""
        return None if self.number is None else f"paragraph-{self.number}"


@dataclass(frozen=True, slots=True)
class Quote:
    """What the body asked, in the words that it adopted; ``introduction`` is the chapeau."""

    kind: ClassVar[str] = "quote"
    label: str
    introduction: str | None
    paragraphs: tuple[str, ...]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, and whether it holds numbers."""

    title: str
    share: int
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A text in a table that leads to another place of the document."""

    text: str
    anchor: str


Cell = str | Link


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; its last ``total_count`` rows are totals of the others."""

    kind: ClassVar[str] = "table"
    label: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_count: int = 0
    note: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG, with what it shows in a sentence and its numbers as a table."""

    kind: ClassVar[str] = "figure"
    label: str
    caption: str
    svg: str
    width: int
    height: int
    alternative: str
    table: Table


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short texts."""

    kind: ClassVar[str] = "bullet_list"
    items: tuple[str, ...]
    language: str | None = None
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of running text under a key that stays, whatever number its paragraphs get.

    ``composed`` is what the patterns and the cleared words give, ``text`` what is printed: the
    same, or the editor's wording. Both hold a line a paragraph, a line an item where ``is_list``;
    an empty text is left out of the document. ``heading`` is that of its section; ``number`` is
    the first of its paragraphs, None where it has none.
    """

    key: str
    composed: str
    text: str
    heading: str = ""
    lead: str | None = None
    number: int | None = None
    sources: tuple[int, ...] = ()
    language: str | None = None
    is_list: bool = False

    @property
    def is_edited(self) -> bool:
        """Tell whether the editor's wording stands in the place of what was composed."""
        return self.text != self.composed


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    kind: ClassVar[str] = "page_break"


Block = Cover | Contents | Heading | Paragraph | Quote | Table | Figure | BulletList | PageBreak


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words that writers print around the blocks, in the document's language."""

    contents: str
    page: str
    notes: str
    skip_link: str
    back_to_text: str


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """The report as a document, ready for any writer."""

    title: str
    language: str
    running_head: str
    entity_name: str
    issued_on: date
    period_name: str
    edition_number: int
    words: DocumentWords
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...] = ()
    # The mark by which an edited copy is known when it comes back; a hand-over copy has none.
    copy_mark: str = ""

    @property
    def headings(self) -> Iterator[Heading]:
        """Yield the headings in order."""
        return (block for block in self.blocks if isinstance(block, Heading))

    @property
    def footnotes(self) -> Iterator[Footnote]:
        """Yield the footnotes in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph) and block.footnote is not None:
                yield block.footnote
