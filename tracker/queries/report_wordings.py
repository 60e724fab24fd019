"""The editor's wordings of passages of the report on a period, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.biennial_reports import ReportWording
from tracker.models.people import Person


@dataclass(frozen=True, slots=True)
class Wording:
    """The newest wording of a passage; ``text`` is None where what is composed stands again."""

    id: int
    passage: str
    composed: str
    text: str | None
    is_from_copy: bool
    written_at: datetime
    written_by: str


def newest_wordings(session: Session, period_id: int, language: str) -> Mapping[str, Wording]:
    """Return the newest wording of each passage that ever had one, by its key. One statement."""
    newest = (
        select(func.max(ReportWording.id))
        .where(ReportWording.period_id == period_id, ReportWording.language == language)
        .group_by(ReportWording.passage)
    )
    rows = session.execute(
        select(ReportWording, Person.name)
        .join(Person, Person.id == ReportWording.written_by_id)
        .where(ReportWording.id.in_(newest))
    )
    return {row.passage: _wording(row, name) for row, name in rows}


def wordings_of(
    session: Session, period_id: int, language: str, passage: str
) -> tuple[Wording, ...]:
    """Return all wordings of one passage, the newest first. One statement."""
    rows = session.execute(
        select(ReportWording, Person.name)
        .join(Person, Person.id == ReportWording.written_by_id)
        .where(
            ReportWording.period_id == period_id,
            ReportWording.language == language,
            ReportWording.passage == passage,
        )
        .order_by(ReportWording.id.desc())
    )
    return tuple(_wording(row, name) for row, name in rows)


def editorial_texts(session: Session, period_id: int, language: str) -> Mapping[str, str]:
    """Return the wordings that hold, by the keys of their passages."""
    return {
        key: wording.text
        for key, wording in newest_wordings(session, period_id, language).items()
        if wording.text is not None
    }


def _wording(row: ReportWording, name: str) -> Wording:
    return Wording(
        id=row.id,
        passage=row.passage,
        composed=row.composed,
        text=row.text,
        is_from_copy=row.is_from_copy,
        written_at=row.written_at,
        written_by=name,
    )
