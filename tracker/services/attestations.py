"""Saying again what was said before, and taking back what was submitted too early."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.attestation import attestation_offer
from tracker.domain.errors import WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.workflow import Move, next_stage
from tracker.models.progress import ProgressReport, ProgressRevision
from tracker.queries.last_said import last_said
from tracker.queries.report_texts import text_of
from tracker.services import audit
from tracker.services.progress import keep_draft, submit_text
from tracker.services.report_rows import (
    append_revision,
    check_takes_answers,
    submitted_revision,
    take_report,
)


def attest_last_text(
    session: Session,
    *,
    report_id: int,
    version: int,
    given_by: str = "",
    actor: Actor,
    at: datetime,
) -> ProgressReport:
    """Submit once more, under the actor's name, the text and status that were said last.

    Raises WrongState where that is not offered (``domain.attestation``), Stale when the report
    changed since ``version``, Invalid when that text is no longer enough (a new date that passed).
    """
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.SUBMIT_REPORT, unit_id=report.unit_id)
    check_takes_answers(report)
    last = last_said(session, [report_id]).get(report_id)
    offer = attestation_offer(
        report.period.kind, report.review, is_cleared=last.is_cleared if last else None
    )
    if offer is None or last is None:
        raise WrongState(
            "The last text cannot be used again here: there is none, it was never cleared, or "
            "somebody has begun a new one. Open the report and write what is to be said."
        )
    return submit_text(
        session,
        report,
        last.text,
        attests_id=last.revision_id,
        given_by=given_by,
        actor=actor,
        at=at,
    )


def take_back_report(
    session: Session, *, report_id: int, version: int, actor: Actor, at: datetime
) -> ProgressReport:
    """Make a submitted text the actor's draft again, as long as no manager has decided on it."""
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.SUBMIT_REPORT, unit_id=report.unit_id)
    check_takes_answers(report)
    state = next_stage(report.stage, Move.TAKE_BACK).review
    submitted = submitted_revision(session, report)
    text = text_of(submitted)
    revision = append_revision(session, report, text, Move.TAKE_BACK, actor=actor, at=at)
    before = {"review": report.review, "status": report.status}
    returned = _returned_text(session, submitted)
    report.review = state
    # A text that a manager returned was an answer and stays one; a text taken back never was.
    report.status = returned.status if returned else None
    report.submitted_at = returned.written_at if returned else None
    keep_draft(session, report, text, actor=actor, at=at)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="take_back_report",
        subject=report,
        before=before,
        after={"review": report.review, "status": report.status, "revision": revision.number},
    )
    return report


def _returned_text(session: Session, submitted: ProgressRevision) -> ProgressRevision | None:
    """Return the text that a manager returned before ``submitted`` was sent, None if none was."""
    returned_as = (
        select(func.max(ProgressRevision.number))
        .where(
            ProgressRevision.report_id == submitted.report_id,
            ProgressRevision.number < submitted.number,
            ProgressRevision.move == Move.RETURN,
        )
        .scalar_subquery()
    )
    return session.scalar(
        select(ProgressRevision)
        .where(
            ProgressRevision.report_id == submitted.report_id,
            ProgressRevision.move == Move.SUBMIT,
            ProgressRevision.number < returned_as,
        )
        .order_by(ProgressRevision.number.desc())
        .limit(1)
    )
