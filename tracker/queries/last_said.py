"""What was said about a mandate in the period before: the text a new report starts from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, Subquery, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.attestation import Offer, attestation_offer
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Move
from tracker.models.mandates import MandateRenewal
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.report_lines import ReportLine
from tracker.queries.report_texts import text_of

_Earlier = aliased(ProgressReport)
_EarlierPeriod = aliased(ReportingPeriod)
_Author = aliased(Person)
_Said = aliased(ProgressRevision)


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The newest text of the latest earlier period; ``is_cleared`` tells whether it was cleared."""

    revision_id: int
    period_name: str
    text: ReportText
    said_by: str
    said_at: datetime
    is_cleared: bool


def last_said(session: Session, report_ids: Collection[int]) -> Mapping[int, LastSaid]:
    """Return, by report, what was said in the latest earlier period on the same mandate.

    Or on the mandate whose place it took, as a person confirmed.

    Earlier is what ended earlier; of two that end together the shorter one, so that an interim
    year comes before the biennium it closes. Reports on mandates about which nothing was said
    before, or was taken back, are left out. One statement.
    """
    if not report_ids:
        return {}
    rows = session.execute(_newest_texts(), {"report_ids": list(report_ids)})
    return {
        report_id: LastSaid(
            revision_id=revision.id,
            period_name=period_name,
            text=text_of(revision),
            said_by=name,
            said_at=submission.written_at,
            is_cleared=revision.move is Move.CLEAR,
        )
        for report_id, period_name, revision, submission, name in rows
    }


@cache
def _newest_texts() -> Select[*tuple[Any, ...]]:
    """Return the statement; it is made once, since that takes longer than to run it."""
    report_ids: BindParameter[int] = bindparam("report_ids", expanding=True)
    rank = func.row_number().over(
        partition_by=ProgressReport.id,
        order_by=(
            _EarlierPeriod.ends_on.desc(),
            _EarlierPeriod.starts_on,
            _EarlierPeriod.id.desc(),
            ProgressRevision.number.desc(),
        ),
    )
    kin = _told_of(report_ids)
    newest = (
        select(
            ProgressReport.id.label("report_id"),
            ProgressRevision.id.label("revision_id"),
            _EarlierPeriod.name.label("period_name"),
            rank.label("rank"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(kin, kin.c.report_id == ProgressReport.id)
        .join(
            _Earlier,
            (_Earlier.mandate_id == kin.c.mandate_id) & (_Earlier.id != ProgressReport.id),
        )
        .join(_EarlierPeriod, _EarlierPeriod.id == _Earlier.period_id)
        .join(ProgressRevision, ProgressRevision.report_id == _Earlier.id)
        .where(
            ProgressReport.id.in_(report_ids),
            or_(
                _EarlierPeriod.ends_on < ReportingPeriod.ends_on,
                and_(
                    _EarlierPeriod.ends_on == ReportingPeriod.ends_on,
                    _EarlierPeriod.starts_on > ReportingPeriod.starts_on,
                ),
            ),
            _Earlier.submitted_at.is_not(None),
            ProgressRevision.move.in_((Move.SUBMIT, Move.CLEAR)),
        )
        .subquery()
    )
    submitted = (
        select(func.max(_Said.id))
        .where(
            _Said.report_id == ProgressRevision.report_id,
            _Said.move == Move.SUBMIT,
            _Said.number <= ProgressRevision.number,
        )
        .correlate(ProgressRevision)
        .scalar_subquery()
    )
    return (
        select(newest.c.report_id, newest.c.period_name, ProgressRevision, _Said, _Author.name)
        .join(ProgressRevision, ProgressRevision.id == newest.c.revision_id)
        .join(_Said, _Said.id == submitted)
        .join(_Author, _Author.id == _Said.written_by_id)
        .where(newest.c.rank == 1)
    )


def _told_of(report_ids: BindParameter[Any]) -> Subquery:
    """Return, by report, the mandates whose earlier texts it begins with."""
    own = select(ProgressReport.id.label("report_id"), ProgressReport.mandate_id).where(
        ProgressReport.id.in_(report_ids)
    )
    inherited = (
        select(ProgressReport.id, MandateRenewal.earlier_mandate_id)
        .join(MandateRenewal, MandateRenewal.later_mandate_id == ProgressReport.mandate_id)
        .where(ProgressReport.id.in_(report_ids))
    )
    return own.union_all(inherited).subquery()


def offer_on(line: ReportLine, last: LastSaid | None) -> Offer | None:
    """Return whether, on the report of ``line``, what was said last can be said again."""
    return attestation_offer(
        line.period_kind, line.review, is_cleared=last.is_cleared if last else None
    )
