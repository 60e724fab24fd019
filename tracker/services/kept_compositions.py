"""The texts of a long report: composed when somebody asks for it, and kept for its pages."""

import tempfile
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.passages import Passages
from tracker.domain.permissions import Action, Actor, require
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import PeriodWithEditions
from tracker.queries.kept_compositions import TASK_KIND, find_composition
from tracker.services.background_tasks import request_task
from tracker.storage import FileStore
from tracker.writing.biennial_report.passage_file import write_passages


def request_of_today(
    found: PeriodWithEditions, language: str, *, entity_name: str, time_zone: str, today: date
) -> EditionRequest:
    """Return what is asked for to make the report now; of a frozen period from its own texts."""
    original = found.finals[0] if found.is_frozen else None
    return EditionRequest(
        period_id=found.id,
        language=language,
        entity_name=entity_name,
        issued_on=original.issued_on(time_zone) if original else today,
        original_id=original.id if original else None,
        document_type=original.document_type if original else DocumentType.SESSION,
    )


def ask_for_composition(
    session: Session, *, period_id: int, language: str, actor: Actor, at: datetime
) -> None:
    """Have a report composed in the background, unless that is done just now."""
    require(actor, Action.GENERATE_REPORT)
    _kept, task = find_composition(session, period_id, language)
    if task is None or task.is_over:
        arguments = {"period_id": period_id, "language": language}
        request_task(session, kind=TASK_KIND, arguments=arguments, actor=actor, at=at)


def keep_passages(passages: Passages, *, store: FileStore) -> str:
    """Keep the texts of a report as a file; return its digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "passages"
        write_passages(passages, path)
        return store.keep(path.read_bytes())
