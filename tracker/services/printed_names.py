"""Names that documents print, written in further languages as they come back with a translation."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.printed_names import name_digest
from tracker.domain.permissions import Action, Actor, require
from tracker.models.printed_names import PrintedName
from tracker.services import audit


def write_printed_name(
    session: Session,
    *,
    source: str,
    source_language: str,
    language: str,
    text: str,
    actor: Actor,
    at: datetime,
) -> PrintedName:
    """Keep what a name is called in a further language, over what was there."""
    require(actor, Action.GENERATE_REPORT)
    digest = name_digest(source)
    row = session.scalar(
        select(PrintedName).where(
            PrintedName.digest == digest,
            PrintedName.source_language == source_language,
            PrintedName.language == language,
        )
    )
    before = row.text if row is not None else None
    if row is None:
        row = PrintedName(
            digest=digest, source_language=source_language, language=language, source=source
        )
        session.add(row)
    row.text, row.written_at, row.written_by_id = text, at, actor.person_id
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="name.written",
        subject=row,
        before={"language": language, "name": before},
        after={"language": language, "name": text},
    )
    return row
