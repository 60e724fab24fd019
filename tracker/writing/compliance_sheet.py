"""Compliance on paper: the sheet in words, as a page shows it and as PDF."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tracker.domain.clauses import paragraph_label
from tracker.domain.compliance import Lateness
from tracker.domain.compliance_sheet import ComplianceSheet, NeedsAttention, SheetCounts
from tracker.domain.errors import N_
from tracker.domain.names import Named, Names
from tracker.i18n import (
    catalogue,
    date_in_words,
    moment_in_words,
    number_in_words,
    paragraph_cited,
    translate_into,
)
from tracker.labels import label_of
from tracker.writing.typesetting import typeset_sheet

_TEMPLATE: Final = Path(__file__).resolve().parents[2] / "templates" / "dashboard" / "sheet.typ"
_GIST: Final = 220  # characters of a clause


@dataclass(frozen=True, slots=True)
class PaperBar:
    """A bar of the figure: what it is of, its parts in percent of the longest, and in words."""

    name: str
    answered: float
    late: float
    open: float
    words: str


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: its title, the heads of its columns, and its rows; the first cell names a row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A report that needs attention."""

    cited: str
    text: str
    language: str
    unit: str
    standing: str


@dataclass(frozen=True, slots=True)
class CompliancePaper:
    """The sheet in the words of one language."""

    language: str
    entity: str
    title: str
    as_of: str
    sentences: tuple[str, ...]
    figure: str
    key: tuple[str, str, str]
    bars: tuple[PaperBar, ...]
    tables: tuple[PaperTable, ...]
    attention_title: str
    attention: tuple[PaperRow, ...]
    attention_heads: tuple[str, str, str]
    rest: str
    internal: str


def compose_sheet(
    sheet: ComplianceSheet, *, language: str, time_zone: str, entity: str, names: Names
) -> CompliancePaper:
    """Return the sheet in the words of a language, for a reader in a time zone."""
    return _Composing(sheet, language, names).paper(time_zone, entity)


def write_sheet(paper: CompliancePaper, *, on: datetime) -> bytes:
    """Return the sheet as PDF.

    Where the fonts cannot show a character the marks of the standard, which forbid that, are left
    out.
    """
    sources = {
        "main": _TEMPLATE.read_bytes(),
        "sheet.json": json.dumps(asdict(paper), ensure_ascii=False).encode(),
    }
    moment = datetime.combine(on.date(), time(), UTC)
    return typeset_sheet(sources, moment=moment)


class _Composing:
    """The words of one sheet in one language."""

    def __init__(self, sheet: ComplianceSheet, language: str, names: Names) -> None:
        self._sheet, self._language, self._names = sheet, language, names
        self._words = translate_into(language)
        self._catalogue = catalogue(language)

    def paper(self, time_zone: str, entity: str) -> CompliancePaper:
        """Return all of it."""
        sheet, words = self._sheet, self._words
        title = words(N_("Compliance, %(period)s")) % {"period": sheet.period}
        about = [(Named.UNIT, sheet.unit), (Named.SUBPROGRAMME, sheet.subprogramme)]
        named = ", ".join(self._names.of(kind, name) for kind, name in about if name)
        if named:
            title = f"{title}{words(N_(':'))} {named}"
        rest = sheet.attention_count - len(sheet.attention)
        return CompliancePaper(
            language=self._language,
            entity=entity,
            title=title,
            as_of=words(N_("As of %(moment)s"))
            % {
                "moment": moment_in_words(
                    sheet.as_of.astimezone(ZoneInfo(time_zone)), self._language, time_zone
                )
            },
            sentences=tuple(self._sentences()),
            figure=self._figure_title(),
            key=(words(N_("Answered")), words(N_("Overdue")), words(N_("Not yet due"))),
            bars=tuple(self._bars()),
            tables=tuple(self._tables()),
            attention_title=words(N_("What needs attention")),
            attention=tuple(self._row(each) for each in sheet.attention),
            attention_heads=(words(N_("Mandate")), words(N_("Unit")), words(N_("Standing"))),
            rest=self._rest(rest),
            internal=words(N_("For internal use")),
        )

    def _sentences(self) -> list[str]:
        sheet, total = self._sheet, self._sheet.total
        found = [f"{self._answered()}, {self._late()}."]
        if sheet.received is not None:
            found.append(
                self._words(N_("Texts received: %(received)s of %(asked)s (%(percent)s%%)."))
                % self._share(sheet.received.received, sheet.received.asked)
            )
        if sheet.received_before is not None:
            before = sheet.received_before
            found.append(
                self._words(
                    N_(
                        "By the same week of the period %(period)s: %(received)s of %(asked)s "
                        "(%(percent)s%%)."
                    )
                )
                % {"period": before.period, **self._share(before.received, before.asked)}
            )
        if total.waived:
            found.append(
                self._catalogue.ngettext(
                    "%(num)s report is waived.", "%(num)s reports are waived.", total.waived
                )
                % {"num": self._number(total.waived)}
            )
        return found

    def _answered(self) -> str:
        total = self._sheet.total
        return self._catalogue.ngettext(
            "%(answered)s of %(num)s mandate answered",
            "%(answered)s of %(num)s mandates answered",
            total.asked,
        ) % {"answered": self._number(total.answered), "num": self._number(total.asked)}

    def _late(self) -> str:
        total = self._sheet.total
        if not total.late:
            return self._words(N_("none overdue"))
        count = self._words(N_("%(count)s overdue")) % {"count": self._number(total.late)}
        if self._sheet.unit:
            return count
        units = self._catalogue.ngettext(
            "in %(num)s unit", "in %(num)s units", self._sheet.late_unit_count
        )
        return f"{count} {units % {'num': self._number(self._sheet.late_unit_count)}}"

    def _share(self, received: int, asked: int) -> dict[str, str]:
        return {
            "received": self._number(received),
            "asked": self._number(asked),
            "percent": self._number(received * 100 // asked),
        }

    def _figure_title(self) -> str:
        if self._sheet.unit:
            return self._words(N_("Answered of asked, by resolution"))
        return self._words(N_("Answered of asked, by unit"))

    def _bars(self) -> list[PaperBar]:
        # What adds up all others would leave the rest no length.
        shown = [row for row in self._sheet.rows if row.stands_for == 1]
        longest = max((row.asked for row in shown), default=0) or 1
        return [
            PaperBar(
                name=self._name(row),
                answered=row.answered * 100 / longest,
                late=row.late * 100 / longest,
                open=(row.asked - row.answered - row.late) * 100 / longest,
                words=f"{self._number(row.answered)}/{self._number(row.asked)}",
            )
            for row in shown
        ]

    def _tables(self) -> list[PaperTable]:
        words = self._words
        by_row = words(N_("By resolution")) if self._sheet.unit else words(N_("By unit"))
        head = words(N_("Resolution")) if self._sheet.unit else words(N_("Unit"))
        tables = [self._table(by_row, head, self._sheet.rows)]
        if self._sheet.sessions:
            title = words(N_("By session that adopted the text"))
            tables.append(self._table(title, words(N_("Session")), self._sheet.sessions))
        if len(self._sheet.subprogrammes) > 1:
            title = words(N_("By subprogramme"))
            head = words(N_("Subprogramme"))
            tables.append(self._table(title, head, self._sheet.subprogrammes))
        if self._sheet.lateness:
            tables.append(self._lateness())
        return tables

    def _lateness(self) -> PaperTable:
        words = self._words
        rows = [
            (
                self._names.of(Named.UNIT, each.unit),
                *(self._number(each.by_lateness.get(lateness, 0)) for lateness in Lateness),
            )
            for each in self._sheet.lateness
        ]
        if len(rows) > 1:
            total = (self._sheet.late_total.get(lateness, 0) for lateness in Lateness)
            rows.append((words(N_("Total")), *map(self._number, total)))
        heads = (words(N_("Unit")), *(words(label_of(lateness)) for lateness in Lateness))
        return PaperTable(words(N_("How long it is overdue")), heads, tuple(rows))

    def _table(self, title: str, head: str, rows: tuple[SheetCounts, ...]) -> PaperTable:
        words = self._words
        heads = (
            head,
            words(N_("Asked")),
            words(N_("Answered")),
            words(N_("Overdue")),
            words(N_("Of which unanswered")),
            words(N_("Due soon")),
            words(N_("Waived")),
        )
        last = [self._cells(words(N_("Total")), self._sheet.total)] if len(rows) > 1 else []
        cells = [self._cells(self._name(row), row) for row in rows]
        return PaperTable(title, heads, tuple(cells + last))

    def _cells(self, name: str, row: SheetCounts) -> tuple[str, ...]:
        counts = (row.asked, row.answered, row.late, row.unanswered, row.due_soon, row.waived)
        return (name, *map(self._number, counts))

    def _name(self, row: SheetCounts) -> str:
        if row.stands_for > 1:
            return self._catalogue.ngettext(
                "%(num)s other with less overdue",
                "%(num)s others with less overdue",
                row.stands_for,
            ) % {"num": self._number(row.stands_for)}
        if not row.name:
            is_session = row.kind is Named.SESSION
            return self._words(N_("No known session") if is_session else N_("No subprogramme"))
        return row.name if row.kind is None else self._names.of(row.kind, row.name)

    def _row(self, each: NeedsAttention) -> PaperRow:
        day = date_in_words(each.due_on, self._language)
        label = self._words(label_of(each.standing))
        paragraph = paragraph_label(each.path)
        return PaperRow(
            cited=paragraph_cited(each.symbol, paragraph, self._language)
            if each.path
            else each.symbol,
            text=_cut(each.text),
            language=each.language,
            unit=self._names.of(Named.UNIT, each.unit),
            standing=self._words(N_("%(standing)s, due on %(day)s"))
            % {"standing": label, "day": day},
        )

    def _rest(self, rest: int) -> str:
        if not self._sheet.attention_count:
            return self._words(N_("Nothing is overdue or due within two weeks."))
        if not rest:
            return ""
        return self._catalogue.ngettext(
            "%(num)s more needs attention; the list on the site has it.",
            "%(num)s more need attention; the list on the site has them.",
            rest,
        ) % {"num": self._number(rest)}

    def _number(self, number: int) -> str:
        return number_in_words(number, self._language)


def _cut(text: str) -> str:
    words = " ".join(text.split()).rstrip(" ;,:")
    return words if len(words) <= _GIST else f"{words[:_GIST].rpartition(' ')[0].rstrip(' ;,:')}…"
