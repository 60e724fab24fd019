"""What a link in a mail is held against: how its report stood when the mail was written."""

from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.assignments import Acceptance, Answerers
from tracker.domain.attestation import Offer, attestation_offer
from tracker.domain.conversation import MessageKind
from tracker.domain.mandates import Sensitivity
from tracker.models.conversations import ReportMessage
from tracker.models.mandates import Assignment, Mandate
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.last_said import last_said


@dataclass(frozen=True, slots=True)
class Mark:
    """How a report stands: a new assignment, any step on it or a request for time changes it."""

    assignment_id: int
    revision: int
    request_id: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return it as numbers that a link can say."""
        return astuple(self)


@dataclass(frozen=True, slots=True)
class Answerable:
    """What decides how a report may be answered from a mail; versions are those of the rows."""

    report_id: int
    mandate_id: int
    version: int
    mandate_version: int
    mark: Mark
    offer: Offer | None
    answerers: Answerers
    acceptance: Acceptance | None
    is_open_to_mail: bool


def answerable_reports(session: Session, report_ids: Collection[int]) -> Mapping[int, Answerable]:
    """Return these reports by their ids; two statements.

    What is internal or confidential is not open to mail: its text stays in the house.
    """
    assignment, revision, request = (
        select(func.max(Assignment.id)).where(Assignment.mandate_id == Mandate.id),
        select(func.max(ProgressRevision.number)).where(
            ProgressRevision.report_id == ProgressReport.id
        ),
        select(func.max(ReportMessage.id)).where(
            ReportMessage.report_id == ProgressReport.id,
            ReportMessage.kind == MessageKind.MORE_TIME_ASKED,
        ),
    )
    rows = session.execute(
        select(
            ProgressReport.id,
            ProgressReport.version,
            ProgressReport.review,
            ProgressReport.unit_id,
            ReportingPeriod.kind,
            Mandate.id.label("mandate_id"),
            Mandate.version.label("mandate_version"),
            Mandate.focal_point_id,
            Mandate.deputy_id,
            Mandate.sensitivity,
            Mandate.acceptance,
            assignment.scalar_subquery().label("assignment"),
            revision.scalar_subquery().label("revision"),
            request.scalar_subquery().label("request"),
        )
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.id.in_(report_ids))
    ).all()
    said = last_said(session, report_ids)
    return {
        row.id: Answerable(
            report_id=row.id,
            mandate_id=row.mandate_id,
            version=row.version,
            mandate_version=row.mandate_version,
            mark=Mark(row.assignment or 0, row.revision or 0, row.request or 0),
            offer=attestation_offer(
                row.kind,
                row.review,
                is_cleared=said[row.id].is_cleared if row.id in said else None,
            ),
            answerers=Answerers(row.unit_id, row.focal_point_id, row.deputy_id),
            acceptance=row.acceptance,
            is_open_to_mail=row.sensitivity is Sensitivity.UNCLASSIFIED,
        )
        for row in rows
    }
