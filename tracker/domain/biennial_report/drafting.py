"""The document while it is being written: its blocks so far and the numbers that run through it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.domain.biennial_report.blocks import (
    BEFORE_PARAGRAPH,
    Block,
    BulletList,
    Column,
    Footnote,
    Heading,
    Paragraph,
    Passage,
    Table,
)
from tracker.domain.biennial_report.tallies import Tally
from tracker.domain.biennial_report.wording import (
    Wording,
    is_bullet,
    lines_of,
    unbroken,
    without_bullet,
)


@dataclass(slots=True)
class Draft:
    """The blocks written so far, in order, with the last number given of each kind.

    ``scope`` begins the keys of the passages that follow; ``editorial`` are the editor's wordings
    by key, which are printed in the place of what is composed, ``editorial_languages`` the language
    of those that are not in the record's, ``originals`` the passages in the original language. A
    wording with a text in ``editorial_over`` holds only where that text is composed.
    """

    wording: Wording
    language: str
    editorial: Mapping[str, str] = field(default_factory=dict)
    editorial_languages: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    editorial_over: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""
    blocks: list[Block] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    paragraph_count: int = 0
    _table_count: int = 0
    _figure_count: int = 0
    _footnote_count: int = 0
    _heading_count: int = 0
    _heading: str = ""
    _section: str = ""
    _keys: Counter[str] = field(default_factory=Counter)

    def heading(self, level: int, text: str, *, label: str = "", language: str = "") -> None:
        """Add a heading with an anchor of its own."""
        self._heading_count += 1
        named = " ".join(filter(None, (label, text)))
        if level < 3:
            self._section = named
        self._heading = named if level < 3 else f"{self._section}{BEFORE_PARAGRAPH}{text}"
        anchor = f"section-{self._heading_count}"
        self.blocks.append(Heading(level, label, text, anchor, self._foreign(language)))

    def paragraph(
        self,
        text: str,
        *,
        name: str = "text",
        lead: str | None = None,
        footnote: str | None = None,
        sources: tuple[int, ...] = (),
        language: str = "",
        is_written: bool = False,
        tallies: tuple[Tally, ...] = (),
        activity_ids: tuple[int, ...] = (),
    ) -> None:
        """Add a paragraph with the next number, as the editor worded it where one did.

        ``is_written`` tells that its text holds words of people.
        """
        passage = self._passage(
            name,
            text,
            lead=lead,
            sources=sources,
            language=language,
            is_written=is_written,
            activity_ids=activity_ids,
        )
        # Left out only where the editor wanted it so: a run-in heading may stand without a text.
        lines = () if passage.is_edited and not passage.text else passage.text.split("\n")
        for line in lines:
            self.paragraph_count += 1
            note = None
            if footnote is not None:
                self._footnote_count += 1
                note, footnote = Footnote(self._footnote_count, footnote), None
            self.blocks.append(
                Paragraph(
                    line,
                    self.paragraph_count,
                    lead,
                    note,
                    sources,
                    passage.language,
                    passage.key,
                    tallies,
                )
            )
            lead, tallies = None, ()

    def own_words(
        self,
        text: str | None,
        *,
        name: str,
        lead: str,
        sources: tuple[int, ...],
        language: str,
        activity_ids: tuple[int, ...] = (),
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
            self.bullets(items, name=name, language=language, is_written=True)
            items = []
            self.paragraph(
                line,
                name=name,
                lead=None if position else lead,
                sources=sources,
                language=language,
                is_written=bool(line),
                activity_ids=activity_ids,
            )
        self.bullets(items, name=name, language=language, is_written=True)

    def bullets(
        self,
        items: Sequence[str],
        *,
        name: str = "text",
        language: str = "",
        is_written: bool = False,
    ) -> None:
        """Add a list, unless it has no items, as the editor worded it where one did."""
        if not items:
            return
        passage = self._passage(
            f"{name}.list",
            "\n".join(items),
            language=language,
            is_list=True,
            is_written=is_written,
        )
        shown = tuple(passage.text.split("\n")) if passage.text else ()
        if shown:
            self.blocks.append(BulletList(shown, passage.language, passage.key))

    def _passage(
        self,
        name: str,
        composed: str,
        *,
        lead: str | None = None,
        sources: tuple[int, ...] = (),
        language: str = "",
        is_list: bool = False,
        is_written: bool = False,
        activity_ids: tuple[int, ...] = (),
    ) -> Passage:
        """Take the next key of that name and note the passage."""
        named = f"{self.scope}.{name}"
        self._keys[named] += 1
        key = f"{named}.{self._keys[named]}"
        text = self.editorial.get(key, composed)
        if self.editorial_over.get(key, composed) != composed:
            text = composed
        passage = Passage(
            key=key,
            composed=composed,
            text=text,
            heading=self._heading,
            lead=lead,
            number=self.paragraph_count + 1 if text and not is_list else None,
            sources=sources,
            language=self._foreign(self.editorial_languages.get(key, language)),
            is_list=is_list,
            is_written=is_written,
            original=self.originals.get(key, ""),
            activity_ids=activity_ids,
        )
        self.passages.append(passage)
        return passage

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
