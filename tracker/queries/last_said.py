"""What was said about a mandate in the period before: the text a new report starts from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.attestation import Offer, attestation_offer
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Move
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.report_lines import ReportLine
from tracker.queries.report_texts import text_of


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

    Earlier is what ended earlier; of two that end together the shorter one, so that an interim
    year comes before the biennium it closes. Reports on mandates about which nothing was said
    before, or was taken back, are left out. One statement.
    """
    if not report_ids:
        return {}
    earlier, earlier_period = aliased(ProgressReport), aliased(ReportingPeriod)
    rank = func.row_number().over(
        partition_by=ProgressReport.id,
        order_by=(
            earlier_period.ends_on.desc(),
            earlier_period.starts_on,
            earlier_period.id.desc(),
            ProgressRevision.number.desc(),
        ),
    )
    newest = (
        select(
            ProgressReport.id.label("report_id"),
            ProgressRevision.id.label("revision_id"),
            earlier_period.name.label("period_name"),
            rank.label("rank"),
        )
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(
            earlier,
            (earlier.mandate_id == ProgressReport.mandate_id) & (earlier.id != ProgressReport.id),
        )
        .join(earlier_period, earlier_period.id == earlier.period_id)
        .join(ProgressRevision, ProgressRevision.report_id == earlier.id)
        .where(
            ProgressReport.id.in_(report_ids),
            or_(
                earlier_period.ends_on < ReportingPeriod.ends_on,
                and_(
                    earlier_period.ends_on == ReportingPeriod.ends_on,
                    earlier_period.starts_on > ReportingPeriod.starts_on,
                ),
            ),
            earlier.submitted_at.is_not(None),
            ProgressRevision.move.in_((Move.SUBMIT, Move.CLEAR)),
        )
        .subquery()
    )
    author, said = aliased(Person), aliased(ProgressRevision)
    submitted = (
        select(func.max(said.id))
        .where(
            said.report_id == ProgressRevision.report_id,
            said.move == Move.SUBMIT,
            said.number <= ProgressRevision.number,
        )
        .correlate(ProgressRevision)
        .scalar_subquery()
    )
    rows = session.execute(
        select(newest.c.report_id, newest.c.period_name, ProgressRevision, said, author.name)
        .join(ProgressRevision, ProgressRevision.id == newest.c.revision_id)
        .join(said, said.id == submitted)
        .join(author, author.id == said.written_by_id)
        .where(newest.c.rank == 1)
    )
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


def offer_on(line: ReportLine, last: LastSaid | None) -> Offer | None:
    """Return whether, on the report of ``line``, what was said last can be said again."""
    return attestation_offer(
        line.period_kind, line.review, is_cleared=last.is_cleared if last else None
    )
