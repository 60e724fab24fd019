"""The texts of a long report as a task composed them, and where the newest such task stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import WHOLE, Scope
from tracker.models.jobs import BackgroundTask, TaskState
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.queries.biennial_report import reports_within
from tracker.queries.completeness import PUBLISHED
from tracker.queries.jobs import TaskProgress, task_progress

TASK_KIND = "composition"
# Mandates of a report, up to which a page composes it for itself: within a second.
MOST_AT_ONCE = 1_000
MOST_IN_A_PART = 2_000  # where it is already one unit or subprogramme that somebody chose
_TASKS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class KeptComposition:
    """That a report was composed at a moment, and the digest of the file with its texts."""

    composed_at: datetime
    digest: str


def is_composed_apart(session: Session, period_id: int, scope: Scope = WHOLE) -> bool:
    """Tell whether a report, or a part of it, has too many mandates for a page to compose it.

    Confidential ones count as well, so that it is told by one short statement.
    """
    most = MOST_AT_ONCE if scope.is_whole else MOST_IN_A_PART
    cleared = (
        select(ProgressReport.id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(
            ProgressReport.period_id == period_id,
            ProgressReport.review.in_(PUBLISHED),
            ~ProgressReport.is_waived,
            *reports_within(session, scope),
        )
        .limit(most + 1)
        .subquery()
    )
    return (session.scalar(select(func.count()).select_from(cleared)) or 0) > most


def find_composition(
    session: Session, period_id: int, language: str
) -> tuple[KeptComposition | None, TaskProgress | None]:
    """Return what was composed last, and the newest task that composes or did. One statement."""
    tasks = _tasks(session, period_id, language)
    kept = next(
        (
            KeptComposition(
                datetime.fromisoformat(str(task.result["composed_at"])), str(task.result["digest"])
            )
            for task in tasks
            if task.state is TaskState.DONE
        ),
        None,
    )
    return kept, task_progress(tasks[0]) if tasks else None


def _tasks(session: Session, period_id: int, language: str) -> Sequence[BackgroundTask]:
    newest = session.scalars(
        select(BackgroundTask)
        .where(BackgroundTask.kind == TASK_KIND)
        .order_by(BackgroundTask.id.desc())
        .limit(_TASKS_LOOKED_AT)
    )
    wanted = {"period_id": period_id, "language": language}
    return [task for task in newest if task.arguments == wanted]
