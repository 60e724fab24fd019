"""The submission of the report: the sheet that goes with it, and the texts that are issued."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import Invalid, WrongState

LONGEST_LINE = 400  # characters of a field of the sheet
LONGEST_SYMBOL = 80


class Distribution(StrEnum):
    """To whom a document goes."""

    GENERAL = "general"
    LIMITED = "limited"
    RESTRICTED = "restricted"


class IssuedKind(StrEnum):
    """What an official file of a document is."""

    ISSUED = "issued"
    REVISION = "revision"
    CORRIGENDUM = "corrigendum"
    ADDENDUM = "addendum"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the submission sheet says beside what the edition itself tells.

    ``targets`` are the codes of the languages that the document is to be issued in.
    """

    title: str
    mandate: str
    agenda_item: str
    distribution: Distribution
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuedEntry:
    """An official file as somebody enters it."""

    kind: IssuedKind
    language: str
    symbol: str
    issued_on: date


def check_sheet(sheet: Sheet, languages: Collection[str]) -> Sheet:
    """Return the sheet with tidy lines; refuse one that is too long, or an unknown language."""
    lines = {
        name: _line(getattr(sheet, name), name) for name in ("title", "mandate", "agenda_item")
    }
    targets = tuple(code for code in sheet.targets if code in languages)
    return Sheet(distribution=sheet.distribution, targets=targets, **lines)


def check_complete(sheet: Sheet) -> None:
    """Refuse to submit a report whose sheet lacks what the conference service asks for."""
    if not sheet.title:
        raise Invalid("Enter the title of the document before you submit it.", field="title")
    if not sheet.mandate:
        raise Invalid(
            "Enter the mandate of the document, such as a resolution and its paragraph.",
            field="mandate",
        )
    if not sheet.targets:
        raise Invalid("Choose the languages that it is to be issued in.", field="targets")


def check_issued(entry: IssuedEntry, *, submitted_on: date, today: date) -> IssuedEntry:
    """Return an official file with a tidy symbol; refuse one without, or with an impossible day."""
    symbol = " ".join(entry.symbol.split())
    if not symbol or len(symbol) > LONGEST_SYMBOL:
        raise Invalid(
            "Enter the symbol that the file bears, in at most %(limit)s characters.",
            field="symbol",
            limit=LONGEST_SYMBOL,
        )
    if entry.issued_on > today:
        raise Invalid("This day is still to come. Enter the day on the file.", field="issued_on")
    if entry.issued_on < submitted_on:
        raise Invalid(
            "The report was submitted on %(day)s, so it was not issued before. Enter the day on "
            "the file.",
            field="issued_on",
            day=submitted_on,
        )
    return IssuedEntry(entry.kind, entry.language, symbol, entry.issued_on)


def check_open(*, is_submitted: bool) -> None:
    """Refuse to change the sheet of a report that is submitted."""
    if is_submitted:
        raise WrongState(
            "The report is submitted, so its sheet stays as it is. What changes now comes as a "
            "corrigendum, a revision or an addendum."
        )


def slug_of(words: str) -> str:
    """Return words as the last part of an address: "ECAIC/SES.10/5" becomes "ecaic-ses-10-5"."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70] or "report"


def _line(words: str, field: str) -> str:
    tidy = " ".join(words.split())
    if len(tidy) > LONGEST_LINE:
        raise Invalid(
            "This has more than %(limit)s characters. Shorten it.", field=field, limit=LONGEST_LINE
        )
    return tidy
