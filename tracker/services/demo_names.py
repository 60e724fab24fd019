"""The names of the demo's bodies and units in further languages."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.names import BODIES
from tracker.domain.names import Named
from tracker.models.instruments import Body
from tracker.queries.names import named_rows
from tracker.services.names import write_name


def write_names_of(
    session: Session, kind: Named, subject_id: int, others: Mapping[str, str], at: datetime
) -> None:
    """Write the names of one thing."""
    for language, text in others.items():
        write_name(
            session,
            kind=kind,
            subject_id=subject_id,
            language=language,
            text=text,
            actor=None,
            at=at,
        )


def name_bodies(session: Session, at: datetime) -> None:
    """Write the names of the bodies that have none yet."""
    named = {(row.kind, row.id) for row in named_rows(session) if row.others}
    for body in session.scalars(select(Body)):
        if (Named.BODY, body.id) not in named:
            write_names_of(session, Named.BODY, body.id, BODIES[body.name], at)
