"""What tasks worked out for pages that are too long for a web process, and where such work is."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.jobs import BackgroundTask, TaskState
from tracker.queries.jobs import TaskProgress, task_progress

_TASKS_LOOKED_AT = 50

Arguments = Mapping[str, object]


def find_kept(
    session: Session, kind: str, arguments: Arguments
) -> tuple[Mapping[str, object] | None, TaskProgress | None]:
    """Return the newest result of work of this kind with these arguments, and its newest task.

    One statement.
    """
    newest = session.scalars(
        select(BackgroundTask)
        .where(BackgroundTask.kind == kind)
        .order_by(BackgroundTask.id.desc())
        .limit(_TASKS_LOOKED_AT)
    )
    tasks = [task for task in newest if task.arguments == arguments]
    kept = next((task.result for task in tasks if task.state is TaskState.DONE), None)
    return kept, task_progress(tasks[0]) if tasks else None
