"""Names that documents print, in further languages."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.printed_names import PrintedName


def names_from(session: Session, source_language: str, language: str) -> Mapping[str, str]:
    """Return what is translated from one language into another, by digest; one statement."""
    rows = session.execute(
        select(PrintedName.digest, PrintedName.text).where(
            PrintedName.source_language == source_language, PrintedName.language == language
        )
    )
    return dict(rows.all())
