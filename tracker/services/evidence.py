"""Evidence on a report: added, taken away."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import NotFound
from tracker.domain.evidence import check_room, checked_address, checked_name
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.workflow import Move, next_stage
from tracker.models.evidence import Evidence
from tracker.models.progress import ProgressReport
from tracker.reading.kept_files import kind_of_file
from tracker.services import audit
from tracker.services.report_rows import check_takes_answers, take_report
from tracker.storage import FileStore, digest_of


def add_file(
    session: Session,
    *,
    report_id: int,
    name: str,
    content: bytes,
    files: FileStore,
    actor: Actor,
    at: datetime,
) -> Evidence:
    """Keep a file with a report; the same file once more changes nothing.

    Raises Invalid for a file of a kind or size that is not kept.
    """
    report = _writable(session, report_id, actor)
    kind = kind_of_file(content)
    known = session.scalar(
        select(Evidence).where(
            Evidence.report_id == report_id,
            Evidence.digest == digest_of(content),
            Evidence.added_by_id == actor.person_id,
            Evidence.removed_at.is_(None),
        )
    )
    if known is not None:
        return known
    made = Evidence(
        report_id=report.id,
        name=checked_name(name),
        digest=files.keep(content),
        media_type=kind,
        size=len(content),
        added_at=at,
        added_by_id=actor.person_id,
    )
    return _added(session, made, actor=actor, at=at)


def add_link(
    session: Session, *, report_id: int, address: str, title: str, actor: Actor, at: datetime
) -> Evidence:
    """Keep the address of a web page with a report, called ``title`` or by its address."""
    report = _writable(session, report_id, actor)
    checked = checked_address(address)
    made = Evidence(
        report_id=report.id,
        name=checked_name(title) if title.strip() else checked[:200],
        address=checked,
        added_at=at,
        added_by_id=actor.person_id,
    )
    return _added(session, made, actor=actor, at=at)


def remove_evidence(session: Session, *, evidence_id: int, actor: Actor, at: datetime) -> int:
    """Take evidence away and return its report; only while its text can be written."""
    evidence = session.get(Evidence, evidence_id)
    if evidence is None or evidence.removed_at is not None:
        raise NotFound("This evidence is no longer there. Open the report to see what is.")
    _writable(session, evidence.report_id, actor)
    evidence.removed_at = at
    audit.record(
        session,
        actor=actor,
        at=at,
        action="remove_evidence",
        subject=evidence,
        before={"name": evidence.name},
    )
    return evidence.report_id


def _writable(session: Session, report_id: int, actor: Actor) -> ProgressReport:
    report = take_report(session, report_id)
    require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    check_takes_answers(report)
    next_stage(report.stage, Move.SAVE)
    return report


def _added(session: Session, made: Evidence, *, actor: Actor, at: datetime) -> Evidence:
    count = session.scalar(
        select(func.count(Evidence.id)).where(
            Evidence.report_id == made.report_id, Evidence.removed_at.is_(None)
        )
    )
    check_room(count or 0)
    session.add(made)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="add_evidence",
        subject=made,
        after={"report_id": made.report_id, "name": made.name, "digest": made.digest},
    )
    return made
