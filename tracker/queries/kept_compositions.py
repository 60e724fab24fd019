"""The texts of a long report as a task composed them, and where the newest such task stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import WHOLE, Scope
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.queries.biennial_report import reports_within
from tracker.queries.completeness import PUBLISHED
from tracker.queries.jobs import TaskProgress
from tracker.queries.kept_results import Arguments, find_kept

TASK_KIND = "composition"
# Mandates of a report, up to which a page composes it for itself: within a second.
MOST_AT_ONCE = 1_000
MOST_IN_A_PART = 2_000  # where it is already one unit or subprogramme that somebody chose


@dataclass(frozen=True, slots=True)
class KeptComposition:
    """That a report was composed at a moment, and the digest of the file with its texts.

    ``draft_id`` is the draft that it was compared with, None where there was none; ``changes`` the
    digest of the file with what changed since, "" where that draft could not be read.
    """

    composed_at: datetime
    digest: str
    draft_id: int | None = None
    changes: str = ""


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


def asked_of_composition(period_id: int, language: str) -> Arguments:
    """Return the arguments of the task that composes a report."""
    return {"period_id": period_id, "language": language}


def find_composition(
    session: Session, period_id: int, language: str
) -> tuple[KeptComposition | None, TaskProgress | None]:
    """Return what was composed last, and the newest task that composes or did. One statement."""
    result, task = find_kept(session, TASK_KIND, asked_of_composition(period_id, language))
    return _kept(result) if result is not None else None, task


def _kept(result: Mapping[str, object]) -> KeptComposition:
    draft_id = result.get("draft_id")
    return KeptComposition(
        datetime.fromisoformat(str(result["composed_at"])),
        str(result["digest"]),
        draft_id if isinstance(draft_id, int) else None,
        str(result.get("changes") or ""),
    )
