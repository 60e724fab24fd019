"""Dated notes on a mandate, and the reporting periods that hold their day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.models.people import Person
from tracker.models.progress import ProgressEntry, ProgressReport, ReportingPeriod


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody noted on a mandate, and the day it happened."""

    noted_on: date
    text: str
    language: str
    author: str


NotesByPeriod = Mapping[str | None, tuple[Note, ...]]

_NOTES = (  # made once, since that takes longer than to run it
    select(ProgressEntry.noted_on, ProgressEntry.text, ProgressEntry.language, Person.name)
    .join(Person, Person.id == ProgressEntry.written_by_id)
    .order_by(ProgressEntry.noted_on.desc(), ProgressEntry.id.desc())
)
_OF_REPORT = (
    _NOTES.join(ProgressReport, ProgressReport.mandate_id == ProgressEntry.mandate_id)
    .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
    .where(
        ProgressReport.id == bindparam("report_id"),
        ProgressEntry.noted_on.between(ReportingPeriod.starts_on, ReportingPeriod.ends_on),
    )
)


def notes_by_period(session: Session, mandate_id: int) -> NotesByPeriod:
    """Return the notes by the name of each period that asked about the mandate on their day.

    Latest first. A note stands under each period that overlaps its day; under None stand those
    that no such period holds. Takes two statements.
    """
    spans = session.execute(
        select(ReportingPeriod.name, ReportingPeriod.starts_on, ReportingPeriod.ends_on)
        .join(ProgressReport, ProgressReport.period_id == ReportingPeriod.id)
        .where(ProgressReport.mandate_id == mandate_id)
    ).all()
    found: dict[str | None, tuple[Note, ...]] = {}
    for note in _notes(session, mandate_id):
        names = [span.name for span in spans if span.starts_on <= note.noted_on <= span.ends_on]
        for name in names or [None]:
            found[name] = (*found.get(name, ()), note)
    return found


def notes_of_report(session: Session, report_id: int) -> tuple[Note, ...]:
    """Return the notes on a report's mandate in the report's period, latest first."""
    rows = session.execute(_OF_REPORT, {"report_id": report_id})
    return tuple(Note(*row) for row in rows)


def _notes(session: Session, mandate_id: int) -> tuple[Note, ...]:
    rows = session.execute(_NOTES.where(ProgressEntry.mandate_id == mandate_id))
    return tuple(Note(*row) for row in rows)
