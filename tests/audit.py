"""The guard of the audit trail: no test commits a change that leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from tracker.models import Base
from tracker.models.audit import AuditEntry

TRAIL = AuditEntry.__tablename__
# Rows that say nothing that people decided: the work of the machine, text not yet submitted, and
# the rehearsal of an import.
NOT_AUDITED = {
    "alike_mandates",
    "background_tasks",
    "calendar_entries",
    "compared_mandates",
    "compliance_visits",
    "digest_marks",
    "failed_sign_ins",
    "import_files",
    "import_review_edits",
    "import_reviews",
    "job_runs",
    "kept_counts",
    "leases",
    "link_checks",
    "mail_messages",
    "notifications",
    "outlook_mails",
    "outlooks",
    "progress_drafts",
    "received_mails",
    "search_entries",
    "search_words",
}
AUDITED = frozenset(Base.metadata.tables) - NOT_AUDITED - {TRAIL}

_CHANGED = "tables changed in this transaction"
_arranging = 0


class LeavesNoTrace(AssertionError):
    """A change was to be committed without an entry in the audit trail."""


@contextmanager
def arranging() -> Iterator[None]:
    """Let a test put rows there directly, without the services that audit them."""
    global _arranging  # noqa: PLW0603 - one process runs one test at a time
    _arranging += 1
    try:
        yield
    finally:
        _arranging -= 1


@event.listens_for(Session, "after_flush")
def _notice_flush(session: Session, _context: UOWTransaction) -> None:
    changed = [*session.new, *session.deleted]
    changed += [row for row in session.dirty if session.is_modified(row)]
    _remember(session, {row.__tablename__ for row in changed})


@event.listens_for(Session, "do_orm_execute")
def _notice_statement(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        _remember(state.session, {state.statement.table.name})  # type: ignore[attr-defined]


@event.listens_for(Session, "before_commit")
def _demand_a_trace(session: Session) -> None:
    session.flush()
    changed: set[str] = session.info.pop(_CHANGED, set())
    if _arranging or TRAIL in changed:
        return
    if unseen := sorted(changed & AUDITED):
        raise LeavesNoTrace(f"Changed without an audit entry: {', '.join(unseen)}.")


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_CHANGED, None)


def _remember(session: Session, tables: set[str]) -> None:
    session.info.setdefault(_CHANGED, set()).update(tables)
