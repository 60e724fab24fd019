"""Dated notes on mandates, which every reporting period that holds their day gathers."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.domain.progress import LONGEST_TEXT
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressEntry
from tracker.services import audit


def add_progress_entry(
    session: Session,
    *,
    mandate_id: int,
    noted_on: date,
    text: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> ProgressEntry:
    """Note what happened on a mandate on a day that is not in the future."""
    mandate = session.get(Mandate, mandate_id)
    if mandate is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=mandate.lead_unit_id)
    if noted_on > at.date():
        raise Invalid("The day lies in the future. Enter the day it happened.", field="noted_on")
    plain = text.strip()
    if not plain or len(plain) > LONGEST_TEXT:
        raise Invalid(
            "Enter what happened, in %(limit)s characters at most.",
            field="text",
            limit=LONGEST_TEXT,
        )
    entry = ProgressEntry(
        mandate_id=mandate.id,
        noted_on=noted_on,
        text=plain,
        language=language,
        written_at=at,
        written_by_id=actor.person_id,
    )
    session.add(entry)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="note_progress",
        subject=mandate,
        after={"noted_on": noted_on, "text": plain},
    )
    return entry
