"""Files that were refused among others that came with them, named until somebody has seen it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.permissions import Action, Actor
from tracker.models.imports import FileState, ImportFile
from tracker.services.import_reviews import note_file


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file of which nothing was kept; ``problem`` is the sentence that its owner reads."""

    digest: str
    file_name: str
    problem: str


def note_refused(
    session: Session,
    refused: Sequence[RefusedFile],
    *,
    drop_key: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Name the files of a drop that were refused; those of this person's earlier drops go."""
    permissions.require(actor, Action.IMPORT_RESOLUTION)
    session.execute(
        delete(ImportFile).where(
            ImportFile.received_by_id == actor.person_id,
            ImportFile.state == FileState.FAILED,
            ImportFile.task_id.is_(None),
        )
    )
    for each in refused:
        file = note_file(
            session, each.digest, each.file_name, actor=actor, at=at, drop_key=drop_key
        )
        file.state, file.problem = FileState.FAILED, each.problem
