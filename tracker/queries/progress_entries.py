"""Dated notes on a mandate, and the reporting periods that hold their day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
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
    span = session.execute(
        select(ProgressReport.mandate_id, ReportingPeriod.starts_on, ReportingPeriod.ends_on)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.id == report_id)
    ).first()
    if span is None:
        return ()
    notes = _notes(session, span.mandate_id)
    return tuple(note for note in notes if span.starts_on <= note.noted_on <= span.ends_on)


def _notes(session: Session, mandate_id: int) -> tuple[Note, ...]:
    rows = session.execute(
        select(ProgressEntry.noted_on, ProgressEntry.text, ProgressEntry.language, Person.name)
        .join(Person, Person.id == ProgressEntry.written_by_id)
        .where(ProgressEntry.mandate_id == mandate_id)
        .order_by(ProgressEntry.noted_on.desc(), ProgressEntry.id.desc())
    )
    return tuple(Note(*row) for row in rows)
