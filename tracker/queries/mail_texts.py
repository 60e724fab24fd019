"""The sentences of mails that a house words itself, and the history of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models.mail_texts import OwnMailText
from tracker.models.people import Person


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One time a sentence was worded, by whom; ``text`` is None where our words were restored."""

    number: int
    text: str | None
    written_at: datetime
    written_by: str


def own_texts(session: Session, language: str) -> Mapping[str, str]:
    """Return the sentences that are worded by the house in a language, by key. One statement."""
    newest = (
        select(func.max(OwnMailText.id))
        .where(OwnMailText.language == language)
        .group_by(OwnMailText.key)
    )
    rows = session.execute(
        select(OwnMailText.key, OwnMailText.text).where(OwnMailText.id.in_(newest))
    )
    return {key: text for key, text in rows if text is not None}


def texts_of(session: Session, key: str, language: str) -> Sequence[WrittenText]:
    """Return each time a sentence was worded, the newest first. One statement."""
    rows = session.execute(
        select(OwnMailText, Person.name)
        .join(Person, Person.id == OwnMailText.written_by_id)
        .where(OwnMailText.key == key, OwnMailText.language == language)
        .order_by(OwnMailText.number.desc())
    )
    return [WrittenText(row.number, row.text, row.written_at, name) for row, name in rows]
