"""Progress reports on their way: drafted, submitted, returned, cleared, frozen."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, Actor, StandIn, absent_answerer, in_place_of
from tracker.domain.progress import (
    ReportText,
    check_clears_other,
    check_giver,
    check_lengths,
    check_remark,
    check_submittable,
)
from tracker.domain.workflow import Move, Review, next_state
from tracker.models.progress import (
    Clearance,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
)
from tracker.queries.report_texts import text_of
from tracker.services import audit
from tracker.services.assignment_answers import accept_by_answering
from tracker.services.kept_points import status_by_points
from tracker.services.report_rows import (
    append_revision,
    check_not_frozen,
    check_takes_answers,
    submitted_revision,
    take_report,
    text_columns,
)

logger = logging.getLogger(__name__)


def save_draft(
    session: Session, *, report_id: int, text: ReportText, actor: Actor, at: datetime
) -> ProgressDraft:
    """Keep a person's unfinished text on a report; each saving overwrites the one before.

    A draft is no change of the report for anybody else, so the report's version stays as it is.
    """
    report = take_report(session, report_id)
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    check_takes_answers(report)
    state = next_state(report.review, Move.SAVE)
    check_lengths(text)
    draft = keep_draft(session, report, text, actor=actor, at=at)
    if state is not report.review:
        _begin(session, report, state, actor=actor, at=at)
    session.flush()
    return draft


def keep_draft(
    session: Session, report: ProgressReport, text: ReportText, *, actor: Actor, at: datetime
) -> ProgressDraft:
    """Write the actor's one draft on a report; the caller has checked that they may."""
    draft = session.scalar(
        select(ProgressDraft).where(
            ProgressDraft.report_id == report.id, ProgressDraft.author_id == actor.person_id
        )
    )
    if draft is None:
        draft = ProgressDraft(report_id=report.id, author_id=actor.person_id)
        session.add(draft)
    for name, value in text_columns(text).items():
        setattr(draft, name, value)
    draft.saved_at = at
    return draft


def submit_report(
    session: Session,
    *,
    report_id: int,
    version: int,
    text: ReportText,
    given_by: str = "",
    actor: Actor,
    at: datetime,
) -> ProgressReport:
    """Submit the text for clearance.

    ``given_by`` says who gave the answer and how, where the actor only enters it. Raises Stale when
    the report changed since ``version``, Invalid with the field to complete.
    """
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.SUBMIT_REPORT, unit_id=report.unit_id)
    check_takes_answers(report)
    return submit_text(session, report, text.stripped(), given_by=given_by, actor=actor, at=at)


def submit_text(
    session: Session,
    report: ProgressReport,
    text: ReportText,
    *,
    attests_id: int | None = None,
    given_by: str = "",
    actor: Actor,
    at: datetime,
) -> ProgressReport:
    """Take a text as the report's answer; the caller has checked that the actor may give it.

    ``attests_id`` names the revision of an earlier period that the text repeats. Where action
    points say how far the mandate is, their word is its status.
    """
    state = next_state(report.review, Move.SUBMIT)
    text = replace(text, status=status_by_points(session, report.mandate_id) or text.status)
    check_submittable(text, today=at.astimezone(ZoneInfo(report.unit.time_zone)).date())
    revision = append_revision(
        session,
        report,
        text,
        Move.SUBMIT,
        attests_id=attests_id,
        given_by=check_giver(given_by, is_mailbox=actor.is_mailbox),
        in_place_of_id=absent_answerer(
            actor, unit_id=report.unit_id, focal_point_id=report.focal_point_id
        ),
        actor=actor,
        at=at,
    )
    before = {"review": report.review, "status": report.status}
    report.review = state
    report.status = text.status
    report.submitted_at = at
    # Only one's own: what somebody else has begun is theirs, even if it comes too late.
    session.execute(
        delete(ProgressDraft).where(
            ProgressDraft.report_id == report.id, ProgressDraft.author_id == actor.person_id
        )
    )
    _record(session, report, "submit_report", before, revision, actor=actor, at=at)
    accept_by_answering(session, report.mandate_id, actor=actor, at=at)
    return report


def return_report(
    session: Session, *, report_id: int, version: int, remark: str, actor: Actor, at: datetime
) -> ProgressReport:
    """Give a submitted or cleared report back to its unit, with a remark on what should change."""
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.RETURN_REPORT, unit_id=report.unit_id)
    check_takes_answers(report)
    state = next_state(report.review, Move.RETURN)
    check_remark(remark)
    absent = in_place_of(actor, Action.RETURN_REPORT, unit_id=report.unit_id)
    _decide(session, report, Move.RETURN, remark=remark.strip(), absent=absent, actor=actor, at=at)
    before = {"review": report.review}
    report.review = state
    report.cleared_at = None
    _record(session, report, "return_report", before, None, actor=actor, at=at)
    return report


def clear_report(
    session: Session, *, report_id: int, version: int, actor: Actor, at: datetime
) -> ProgressReport:
    """Approve the submitted text, so that it goes into the biennial report.

    Raises NotAllowed when the actor submitted that text: nobody clears their own.
    """
    report = take_report(session, report_id, version=version)
    permissions.require(actor, Action.CLEAR_REPORT, unit_id=report.unit_id)
    check_not_frozen(report)
    state = next_state(report.review, Move.CLEAR)
    absent = check_clears_other(
        actor,
        unit_id=report.unit_id,
        written_by_id=submitted_revision(session, report).written_by_id,
    )
    revision = _decide(session, report, Move.CLEAR, absent=absent, actor=actor, at=at)
    before = {"review": report.review}
    report.review = state
    report.cleared_at = at
    _record(session, report, "clear_report", before, revision, actor=actor, at=at)
    return report


def clear_several(
    session: Session, *, versions: Mapping[int, int], actor: Actor, at: datetime
) -> list[ProgressReport]:
    """Clear the reports whose ids and versions are given: all of them, or none when one refuses."""
    if not versions:
        raise Invalid("Select at least one report to clear.")
    # Always in the same order, so that two people who clear overlapping lists never wait in a ring.
    return [
        clear_report(session, report_id=report_id, version=versions[report_id], actor=actor, at=at)
        for report_id in sorted(versions)
    ]


def freeze_reports(session: Session, *, period_id: int, actor: Actor, at: datetime) -> int:
    """Freeze the cleared reports of a period, since a final edition stands on them; count them."""
    permissions.require(actor, Action.GENERATE_REPORT)
    reports = _reports_in(session, period_id, Review.CLEARED)
    for report in reports:
        before = {"review": report.review}
        report.review = next_state(report.review, Move.FREEZE)
        _record(session, report, "freeze_report", before, None, actor=actor, at=at)
    return len(reports)


def thaw_reports(session: Session, *, period_id: int, actor: Actor, at: datetime) -> int:
    """Make the frozen reports of a period cleared ones again, so that they can be returned.

    No step on a single report leads here: it is part of opening the period again.
    """
    permissions.require(actor, Action.OPEN_PERIOD)
    reports = _reports_in(session, period_id, Review.FROZEN)
    for report in reports:
        before = {"review": report.review}
        report.review = Review.CLEARED
        _record(session, report, "thaw_report", before, None, actor=actor, at=at)
    return len(reports)


def _reports_in(session: Session, period_id: int, review: Review) -> Sequence[ProgressReport]:
    return session.scalars(
        select(ProgressReport)
        .where(ProgressReport.period_id == period_id, ProgressReport.review == review)
        .order_by(ProgressReport.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _begin(
    session: Session, report: ProgressReport, state: Review, *, actor: Actor, at: datetime
) -> None:
    """Note that somebody has begun, past the row's version: a draft makes no form stale."""
    before = {"review": report.review}
    session.execute(
        update(ProgressReport).where(ProgressReport.id == report.id).values(review=state)
    )
    _record(session, report, "begin_draft", before, None, actor=actor, at=at)


def _decide(
    session: Session,
    report: ProgressReport,
    move: Move,
    *,
    remark: str = "",
    absent: StandIn | None,
    actor: Actor,
    at: datetime,
) -> ProgressRevision:
    """Append the decision on the submitted text, and the text as it stands at this move."""
    absent_id = absent.person_id if absent else None
    submitted = submitted_revision(session, report)
    session.add(
        Clearance(
            report_id=report.id,
            revision_id=submitted.id,
            is_cleared=move is Move.CLEAR,
            remark=remark,
            decided_at=at,
            decided_by_id=actor.person_id,
            in_place_of_id=absent_id,
        )
    )
    return append_revision(
        session,
        report,
        text_of(submitted),
        move,
        in_place_of_id=absent_id,
        actor=actor,
        at=at,
    )


def _record(
    session: Session,
    report: ProgressReport,
    action: str,
    before: Mapping[str, object],
    revision: ProgressRevision | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    after = {name: getattr(report, name) for name in before}
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=report,
        before=before,
        after=after | ({"revision": revision.number} if revision else {}),
    )
    logger.info("report %s: %s by person %s", report.id, action, actor.person_id)
