"""The evidence on a report, as its page lists it to one reader."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from tracker.domain.links import LinkProblem
from tracker.models.evidence import Evidence, LinkCheck
from tracker.models.people import Person
from tracker.models.progress import ProgressReport


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A file or, with an ``address``, a link; ``dead_since`` where that leads nowhere any more."""

    id: int
    name: str
    address: str
    size: int
    added_by: str
    added_at: datetime
    problem: LinkProblem | None
    dead_since: datetime | None


def evidence_on(session: Session, report_id: int, *, reader_id: int) -> tuple[ShownEvidence, ...]:
    """Return the evidence on a report that a reader may see, the oldest first; one statement."""
    rows = session.execute(_SHOWN, {"report_id": report_id, "reader_id": reader_id})
    return tuple(ShownEvidence(*row) for row in rows)


def find_evidence(session: Session, evidence_id: int, *, reader_id: int) -> Evidence | None:
    """Return one piece of evidence that a reader may see, or None."""
    return session.scalar(
        select(Evidence)
        .join(ProgressReport, ProgressReport.id == Evidence.report_id)
        .where(Evidence.id == evidence_id, *_seen_by(reader_id))
    )


def _seen_by(reader_id: int | BindParameter[int]) -> tuple[ColumnElement[bool], ...]:
    """Say that evidence is there and, like a draft, its author's alone until it is submitted."""
    is_submitted = ProgressReport.submitted_at >= Evidence.added_at
    return (Evidence.removed_at.is_(None), or_(Evidence.added_by_id == reader_id, is_submitted))


_SHOWN = (  # made once, since that takes longer than to run it
    select(
        Evidence.id,
        Evidence.name,
        Evidence.address,
        Evidence.size,
        Person.name,
        Evidence.added_at,
        LinkCheck.problem,
        LinkCheck.dead_since,
    )
    .join(Person, Person.id == Evidence.added_by_id)
    .join(ProgressReport, ProgressReport.id == Evidence.report_id)
    .outerjoin(LinkCheck, LinkCheck.evidence_id == Evidence.id)
    .where(Evidence.report_id == bindparam("report_id"), *_seen_by(bindparam("reader_id")))
    .order_by(Evidence.id)
)
