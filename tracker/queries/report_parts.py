"""Which parts the page of a report has at all, so that only these are asked for."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased

from tracker.domain.findings import FindingField
from tracker.models.activities import ActivityLink
from tracker.models.conversations import ReportMessage
from tracker.models.evidence import Evidence
from tracker.models.mandates import ActionPoint, MandateFinding, MandateRenewal
from tracker.models.progress import (
    Contribution,
    ProgressDraft,
    ProgressEntry,
    ProgressReport,
    Waiver,
)

_Other = aliased(ProgressReport)


@dataclass(frozen=True, slots=True)
class Parts:
    """Of what there is something on a report or on its mandate; whose it is, is asked with it."""

    waivers: bool
    drafts: bool
    notes: bool
    contributions: bool
    messages: bool
    evidence: bool
    activities: bool
    points: bool  # action points, or some that a reader proposes
    earlier: bool  # other reports on the mandate, or a mandate whose place it took


def columns_of_parts() -> tuple[ColumnElement[bool], ...]:
    """Return the columns that tell ``Parts``, in its order, of the report of a statement."""
    report_id, mandate_id = ProgressReport.id, ProgressReport.mandate_id
    return (
        _is_any(Waiver.report_id == report_id),
        _is_any(ProgressDraft.report_id == report_id),
        _is_any(ProgressEntry.mandate_id == mandate_id),
        _is_any(Contribution.report_id == report_id),
        _is_any(ReportMessage.report_id == report_id),
        _is_any(Evidence.report_id == report_id),
        _is_any(ActivityLink.mandate_id == mandate_id),
        or_(
            _is_any(ActionPoint.mandate_id == mandate_id),
            _is_any(
                MandateFinding.mandate_id == mandate_id,
                MandateFinding.field == FindingField.ACTION_POINT,
                MandateFinding.decision.is_(None),
            ),
        ),
        or_(
            _is_any(_Other.mandate_id == mandate_id, _Other.id != report_id),
            _is_any(MandateRenewal.later_mandate_id == mandate_id),
        ),
    )


def _is_any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate(ProgressReport)
