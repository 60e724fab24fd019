"""Progress reports on their way: drafted, submitted, returned, cleared at one level or two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, Actor, StandIn, absent_answerer, in_place_of
from tracker.domain.progress import (
    Passed,
    ReportText,
    check_clears_other,
    check_giver,
    check_lengths,
    check_remark,
    check_submittable,
    unit_returning,
)
from tracker.domain.workflow import (
    Level,
    Move,
    Review,
    clearing_move,
    next_stage,
)
from tracker.models.progress import (
    Clearance,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
)
from tracker.queries.clearances import first_clearances
from tracker.queries.report_texts import text_of
from tracker.services.assignment_answers import accept_by_answering
from tracker.services.kept_points import status_by_points
from tracker.services.report_rows import (
    append_revision,
    check_not_frozen,
    check_takes_answers,
    record_step,
    submitted_revision,
    take_report,
    text_columns,
)


def save_draft(
    session: Session, *, report_id: int, text: ReportText, actor: Actor, at: datetime
) -> ProgressDraft:
    """Keep a person's unfinished text on a report; each saving overwrites the one before.

    A draft is no change of the report for anybody else, so the report's version stays as it is.
    """
    report = take_report(session, report_id)
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    check_takes_answers(report)
    state = next_stage(report.stage, Move.SAVE).review
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
    state = next_stage(report.stage, Move.SUBMIT).review
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
    session.connection().execute(  # past the session, which has loaded none
        _DELETE_DRAFT, {"asked_report": report.id, "asked_author": actor.person_id}
    )
    record_step(session, report, "submit_report", before, revision, actor=actor, at=at)
    accept_by_answering(session, report.mandate_id, actor=actor, at=at)
    return report


_DELETE_DRAFT = delete(ProgressDraft).where(
    ProgressDraft.report_id == bindparam("asked_report"),
    ProgressDraft.author_id == bindparam("asked_author"),
)


def return_report(
    session: Session, *, report_id: int, version: int, remark: str, actor: Actor, at: datetime
) -> ProgressReport:
    """Give a submitted or cleared report back to its unit, with a remark on what should change.

    The managers of the unit may, and once their level has cleared it those of the second one too.
    """
    report = take_report(session, report_id, version=version)
    unit_id = unit_returning(actor, report.unit_id, report.second_unit_id)
    permissions.require(actor, Action.RETURN_REPORT, unit_id=unit_id)
    check_takes_answers(report)
    stage = next_stage(report.stage, Move.RETURN)
    check_remark(remark)
    absent = in_place_of(actor, Action.RETURN_REPORT, unit_id=unit_id)
    level = Level.SECOND if unit_id == report.second_unit_id else Level.FIRST
    decision = _Decision(Move.RETURN, level, absent, remark.strip())
    _decide(session, report, decision, actor=actor, at=at)
    before = {"review": report.review, "second_unit_id": report.second_unit_id}
    report.review = stage.review
    report.second_unit_id = None
    report.cleared_at = None
    record_step(session, report, "return_report", before, None, actor=actor, at=at)
    return report


def clear_report(
    session: Session, *, report_id: int, version: int, actor: Actor, at: datetime
) -> ProgressReport:
    """Approve the submitted text, so that it goes on to the second level or into the report.

    Raises NotAllowed when the actor submitted that text, or cleared it at the first level: nobody
    clears their own, and nobody clears both levels.
    """
    report = take_report(session, report_id, version=version)
    unit_id = report.clearing_unit_id
    permissions.require(actor, Action.CLEAR_REPORT, unit_id=unit_id)
    check_not_frozen(report)
    second_unit_id = report.unit.second_clearance_unit_id
    move = clearing_move(report.stage, asks_second=second_unit_id is not None)
    level, stage = report.stage.level, next_stage(report.stage, move)
    first = first_clearances(session, [report_id] if report.second_unit_id else [])
    passed = Passed(
        written_by_id=submitted_revision(session, report).written_by_id,
        cleared_by=first[report_id].people_ids if first else frozenset(),
    )
    absent = check_clears_other(actor, unit_id=unit_id, passed=passed)
    revision = _decide(session, report, _Decision(move, level, absent), actor=actor, at=at)
    before = {"review": report.review, "second_unit_id": report.second_unit_id}
    report.review = stage.review
    if move is Move.CLEAR_FIRST:
        report.second_unit_id = second_unit_id
    else:
        report.cleared_at = at
    record_step(session, report, f"{move}_report", before, revision, actor=actor, at=at)
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


def _begin(
    session: Session, report: ProgressReport, state: Review, *, actor: Actor, at: datetime
) -> None:
    """Note that somebody has begun, past the row's version: a draft makes no form stale."""
    before = {"review": report.review}
    session.execute(
        update(ProgressReport).where(ProgressReport.id == report.id).values(review=state)
    )
    record_step(session, report, "begin_draft", before, None, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class _Decision:
    move: Move
    level: Level
    absent: StandIn | None
    remark: str = ""


def _decide(
    session: Session, report: ProgressReport, decision: _Decision, *, actor: Actor, at: datetime
) -> ProgressRevision:
    """Append the decision on the submitted text, and the text as it stands at this move."""
    absent_id = decision.absent.person_id if decision.absent else None
    submitted = submitted_revision(session, report)
    session.add(
        Clearance(
            report_id=report.id,
            revision_id=submitted.id,
            level=decision.level,
            is_cleared=decision.move is not Move.RETURN,
            remark=decision.remark,
            decided_at=at,
            decided_by_id=actor.person_id,
            in_place_of_id=absent_id,
        )
    )
    return append_revision(
        session,
        report,
        text_of(submitted),
        decision.move,
        in_place_of_id=absent_id,
        actor=actor,
        at=at,
    )
