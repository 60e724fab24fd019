"""Work for pages that are too long for a web process: done when somebody asks for it, and kept."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.domain.permissions import Action, Actor, require
from tracker.queries.kept_results import Arguments, find_kept
from tracker.services.background_tasks import request_task
from tracker.storage import FileStore


def ask_for(
    session: Session,
    kind: str,
    arguments: Arguments,
    *,
    action: Action,
    actor: Actor,
    at: datetime,
) -> None:
    """Have work of a kind done in the background, unless that is done just now."""
    require(actor, action)
    _kept, task = find_kept(session, kind, arguments)
    if task is None or task.is_over:
        request_task(session, kind=kind, arguments=arguments, actor=actor, at=at)


def keep_written(write: Callable[[Path], None], *, store: FileStore) -> str:
    """Keep what ``write`` writes into a new file; return its digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "written"
        write(path)
        return store.keep(path.read_bytes())
