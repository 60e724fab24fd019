"""The editor's wordings of passages of the report on a period, in one language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.biennial_reports import ReportWording
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ProgressRevision


@dataclass(frozen=True, slots=True)
class Wording:
    """The newest wording of a passage; ``text`` is None where what is composed stands again.

    ``source`` is the text of the original that it translates, None where it is no translation;
    ``reason`` says why it was dropped, where the report no longer had its passage.
    """

    id: int
    passage: str
    composed: str
    text: str | None
    reason: str
    is_from_copy: bool
    written_at: datetime
    written_by: str
    source: str | None = None


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


def unplaced_wordings(wordings: Mapping[str, Wording], passages: Collection[str]) -> list[Wording]:
    """Return the wordings that are printed nowhere: their passages are not among those by key."""
    placed = frozenset(passages)
    return [each for each in wordings.values() if each.text and each.passage not in placed]


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


def editorial_bases(session: Session, period_id: int, language: str) -> Mapping[str, str]:
    """Return what was composed below each wording that holds when it was decided on."""
    return {
        key: wording.composed
        for key, wording in newest_wordings(session, period_id, language).items()
        if wording.text is not None and wording.source is None
    }


@dataclass(frozen=True, slots=True)
class ReportBehind:
    """A progress report that a passage stands on, as readers know it."""

    report_id: int
    symbol: str
    path: str
    revision_number: int


def reports_behind(session: Session, revision_ids: Collection[int]) -> tuple[ReportBehind, ...]:
    """Return the reports that these revisions belong to, in their order. At most one statement."""
    if not revision_ids:
        return ()
    rows = session.execute(
        select(
            ProgressRevision.id,
            ProgressRevision.report_id,
            Instrument.symbol,
            Clause.path,
            ProgressRevision.number,
        )
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(ProgressRevision.id.in_(revision_ids))
    )
    found = {
        revision_id: ReportBehind(report_id, symbol, path or "", number)
        for revision_id, report_id, symbol, path, number in rows
    }
    return tuple(found[each] for each in revision_ids if each in found)


def _wording(row: ReportWording, name: str) -> Wording:
    return Wording(
        id=row.id,
        passage=row.passage,
        composed=row.composed,
        text=row.text,
        reason=row.reason,
        is_from_copy=row.is_from_copy,
        written_at=row.written_at,
        written_by=name,
        source=row.source,
    )
