"""The document while it is being written: its blocks so far and the numbers that run through it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.domain.biennial_report.blocks import (
    Block,
    BulletList,
    Column,
    Footnote,
    Heading,
    Paragraph,
    Table,
)
from tracker.domain.biennial_report.wording import (
    Wording,
    is_bullet,
    lines_of,
    unbroken,
    without_bullet,
)


@dataclass(slots=True)
class Draft:
    """The blocks written so far, in order, with the last number given of each kind."""

    wording: Wording
    language: str
    blocks: list[Block] = field(default_factory=list)
    paragraph_count: int = 0
    _table_count: int = 0
    _figure_count: int = 0
    _footnote_count: int = 0
    _heading_count: int = 0

    def heading(self, level: int, text: str, *, label: str = "", language: str = "") -> None:
        """Add a heading with an anchor of its own."""
        self._heading_count += 1
        anchor = f"section-{self._heading_count}"
        self.blocks.append(Heading(level, label, text, anchor, self._foreign(language)))

    def paragraph(
        self,
        text: str,
        *,
        lead: str | None = None,
        footnote: str | None = None,
        sources: tuple[int, ...] = (),
        language: str = "",
    ) -> None:
        """Add a paragraph with the next number."""
        self.paragraph_count += 1
        note = None
        if footnote is not None:
            self._footnote_count += 1
            note = Footnote(self._footnote_count, footnote)
        self.blocks.append(
            Paragraph(text, self.paragraph_count, lead, note, sources, self._foreign(language))
        )

    def own_words(
        self, text: str | None, *, lead: str, sources: tuple[int, ...], language: str
    ) -> None:
        """Add a person's text: a numbered paragraph a line, a list where lines have bullets."""
        lines = list(lines_of(text))
        if lines and is_bullet(lines[0]):
            lines.insert(0, "")  # the run-in heading stands alone above a list
        items: list[str] = []
        for position, line in enumerate(lines):
            if is_bullet(line):
                items.append(without_bullet(line))
                continue
            self.bullets(items, language=language)
            items = []
            self.paragraph(
                line, lead=None if position else lead, sources=sources, language=language
            )
        self.bullets(items, language=language)

    def bullets(self, items: Iterable[str], *, language: str = "") -> None:
        """Add a list, unless it has no items."""
        shown = tuple(items)
        if shown:
            self.blocks.append(BulletList(shown, self._foreign(language)))

    def table_label(self) -> str:
        """Take the next table's label."""
        self._table_count += 1
        return unbroken(self.wording.say("words.table", number=self._table_count))

    def figure_label(self) -> str:
        """Take the next figure's label."""
        self._figure_count += 1
        return unbroken(self.wording.say("words.figure", number=self._figure_count))

    def column(self, key: str, share: int, *, is_number: bool = False) -> Column:
        """Return a column with its translated head."""
        return Column(self.wording.say(f"column.{key}"), share, is_number)

    def table(self, table: Table) -> None:
        """Add a table, unless it has no rows."""
        if table.rows:
            self.blocks.append(table)

    def _foreign(self, language: str) -> str | None:
        return language if language and language != self.language else None
