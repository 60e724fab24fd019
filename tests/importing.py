"""Imports for tests: the invented resolution in the database, ready to be confirmed."""

from tests.resolution_texts import ADOPTED, as_file
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Entity
from tracker.domain.permissions import Actor
from tracker.services.resolutions import Details, ImportOutcome, import_resolutions
from tracker.storage import FileStore

ENTITY = Entity(
    name="Secretariat of the Commission", aliases=("the Executive Secretary", "the secretariat")
)


def import_text(
    database: Database,
    files: FileStore,
    text: str = ADOPTED,
    *,
    actor: Actor | None = None,
    details: Details | None = None,
) -> tuple[ImportOutcome, ...]:
    """Import a text in a transaction of its own; no actor is the command line."""
    with database.transaction() as session:
        return import_resolutions(
            session,
            content=as_file(text),
            file_name="resolution.txt",
            actor=actor,
            at=clock.now(),
            files=files,
            entity=ENTITY,
            details=details,
        )
