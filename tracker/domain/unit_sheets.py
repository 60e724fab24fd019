"""A division's sheet: all that a unit is asked in a period in one file, filled off the page."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.domain.errors import N_
from tracker.domain.mandates import Implementation
from tracker.domain.progress import TEXT_FIELDS, ReportText

MOST_ITEMS = 500
LARGEST_FILE = 10 * 1024 * 1024  # bytes

# Without letters and digits that look alike: people read a code to each other.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 4, 4
_PART = f"[{_SIGNS}]{{{_GROUP}}}"
CODE = re.compile(rf"(?<![A-Z0-9-])(?:{_PART}-){{{_GROUPS - 1}}}{_PART}(?![A-Z0-9-])")

# The fields in their order, each with the words of the page for it.
HEADINGS: Mapping[str, str] = {
    "status": N_("How far is it carried out?"),
    "status_reason": N_("Reason"),
    "postponed_to": N_("Postponed to"),
    "done": N_("What was done"),
    "results": N_("What came of it"),
    "next_steps": N_("What comes next"),
    "difficulties": N_("What stood in the way"),
}
NUMBER = N_("Number")
PARAGRAPH = N_("Paragraph")
ASKED = N_("What is asked")
LAST_SAID = N_("Said last")
CHOOSE = N_("Choose one")
POINT = N_("Action point")
POINTS = N_("Action points")
WHO = N_("Who answers for it")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the period before."""

    period_name: str
    text: ReportText


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """An action point of a clause, told by ``number`` from 1: who answers for it, how far it is."""

    number: int
    text: str
    who: str = ""
    status: Implementation | None = None


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One clause of a sheet; what ``is_settled`` was submitted, so its fields are only shown.

    What ``waits_at_second`` a manager has cleared already, so it is not taken back; ``joint_lead``
    is an entity outside the house that leads the mandate as well.
    ``number`` counts from 1 and, with ``citation``, tells the item in a file that came back.
    """

    number: int
    report_id: int
    version: int
    citation: str
    chapeau: str
    clause: str
    clause_language: str
    text: ReportText
    last: Said | None = None
    is_settled: bool = False
    waits_at_second: bool = False
    joint_lead: str = ""
    points: tuple[SheetPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """What stands in the file; ``send_to`` and ``page`` say where it goes when it is filled."""

    code: str
    unit: str
    period_name: str
    language: str
    made_on: date
    items: tuple[SheetItem, ...]
    send_to: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One item as the file that came back has it; ``line`` is its number.

    A field that is missing from ``cells`` was taken out of the file, so it is left as it is.
    ``points`` are the words for how far its action points are, by their numbers.
    """

    line: int
    citation: str
    cells: Mapping[str, str]
    points: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A file that came back: the code that tells which sheet it is, and its items in order."""

    code: str
    rows: tuple[FilledRow, ...]


def new_code() -> str:
    """Return a code that nobody can guess, in groups that can be read aloud."""
    signs = [secrets.choice(_SIGNS) for _ in range(_GROUPS * _GROUP)]
    return "-".join(
        "".join(signs[start : start + _GROUP]) for start in range(0, len(signs), _GROUP)
    )


def as_cell(text: str) -> str:
    """Return a text as a file holds it and gives it back: no space around, one sort of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def merged(base: ReportText, page: ReportText, filled: ReportText) -> tuple[ReportText, list[str]]:
    """Return ``page`` with what was filled in written over it, and the fields that contradict.

    A field that says what it said when the sheet was made was not touched, so the page's stands.
    One that changed in both places in different ways is a conflict: the page's stands, too.
    """
    taken: dict[str, object] = {}
    conflicts: list[str] = []
    for name in HEADINGS:
        was, here, there = (_value(text, name) for text in (base, page, filled))
        if there in {was, here}:
            continue
        if here == was:
            taken[name] = getattr(filled, name)
        else:
            conflicts.append(name)
    return replace(page, **taken), conflicts  # type: ignore[arg-type] # each by its own name


def is_empty(text: ReportText) -> bool:
    """Tell whether a text says nothing at all."""
    return not any(_value(text, name) for name in HEADINGS)


def text_to_stored(text: ReportText) -> dict[str, str]:
    """Return a text as strings, for a record of what a sheet was made with."""
    stored = {name: as_cell(getattr(text, name)) for name in (*TEXT_FIELDS, "status_reason")}
    return stored | {
        "status": text.status.value if text.status else "",
        "postponed_to": text.postponed_to.isoformat() if text.postponed_to else "",
        "language": text.language,
    }


def text_from_stored(stored: Mapping[str, str]) -> ReportText:
    """Return what ``text_to_stored`` was given."""
    texts = {name: stored[name] for name in (*TEXT_FIELDS, "status_reason")}
    return ReportText(
        **texts,
        status=Implementation(stored["status"]) if stored["status"] else None,
        postponed_to=date.fromisoformat(stored["postponed_to"]) if stored["postponed_to"] else None,
        language=stored["language"],
    )


def _value(text: ReportText, name: str) -> object:
    value = getattr(text, name)
    return as_cell(value) if isinstance(value, str) and name != "status" else value
