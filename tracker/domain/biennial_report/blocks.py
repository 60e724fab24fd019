"""What the report as a document is made of: a list of typed blocks that every writer renders.

All texts in blocks are plain text in the document's language unless ``language`` says otherwise;
they hold no tabs, line breaks or control characters. Writers escape them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from tracker.domain.biennial_report.tallies import Tally

# Stands between the heading of a section and that of a part of it, where a passage names both.
BEFORE_PARAGRAPH = " – "


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page; numbered through the document."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class CoverLogo:
    """A picture that writers find under its digest; its size is in English metric units."""

    digest: str
    media_type: str
    width: int
    height: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page, line by line as printed; an absent line is None.

    ``notices`` are sentences that must be seen first: a draft, an unofficial version. ``language``
    is that of the document where it is not the original's.
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
    language: str | None = None
    logo: CoverLogo | None = None


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
    progress reports that the paragraph stands on, ``tallies`` the numbers in it with their rows.
    ``passage`` names the passage that it is, or that it is a part of.
    """

    kind: ClassVar[str] = "paragraph"
    text: str
    number: int | None = None
    lead: str | None = None
    footnote: Footnote | None = None
    sources: tuple[int, ...] = ()
    language: str | None = None
    passage: str = ""
    tallies: tuple[Tally, ...] = ()

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
    """A table with a caption; its last ``total_count`` rows are totals of the others.

    A short table stands on one page unless it ``may_be_parted``. A box is counted among boxes.
    ``tallies`` are its numbers with what they count, by row and column from 0 on.
    """

    kind: ClassVar[str] = "table"
    label: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_count: int = 0
    note: str | None = None
    sources: tuple[int, ...] = ()
    may_be_parted: bool = False
    is_box: bool = False
    tallies: Mapping[tuple[int, int], Tally] = field(default_factory=dict)

    def row_name(self, row: int) -> str:
        """Return what names a row: its cells before the first column of numbers."""
        columns = (place for place, column in enumerate(self.columns) if column.is_number)
        named = self.rows[row][: next(columns, 1)]
        return ", ".join(cell for cell in named if isinstance(cell, str) and cell)


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
    an empty text is left out of the document. ``sources`` are the revisions and ``activity_ids``
    the activities that it stands on. ``heading`` is that of its section; ``number`` is the first of
    its paragraphs, None where it has none. ``is_written`` tells that what is composed holds words
    of people; ``original`` is what the original language prints of a passage that is translated by
    people, "" in the original itself.
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
    is_written: bool = False
    original: str = ""
    activity_ids: tuple[int, ...] = ()

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
    """The words that writers print around the blocks, in the document's language.

    ``part`` holds the places of two numbers: which part of how many.
    """

    contents: str
    page: str
    notes: str
    skip_link: str
    back_to_text: str
    part: str


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
    original_language: str = ""
    # The mark by which an edited copy is known when it comes back; a hand-over copy has none.
    copy_mark: str = ""
    word_styles: str = ""  # the digest of the styles of the house for Word, "" for ours
    has_sources: bool = False

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
