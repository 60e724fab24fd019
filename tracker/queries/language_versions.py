"""The languages in which an adopted text stands, and one clause in each of them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.instruments import ClauseText, InstrumentText
from tracker.models.mandates import Mandate


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """One language of an adopted text; a translation of ours is not official."""

    language: str
    is_original: bool
    is_official: bool


@dataclass(frozen=True, slots=True)
class ClauseVersion:
    """What a clause says in another language than the original."""

    language: str
    verb: str | None
    text: str
    is_official: bool


def language_versions(session: Session, instrument_id: int) -> tuple[LanguageVersion, ...]:
    """Return the languages of a resolution, the original first, the others by their codes."""
    rows = session.execute(
        select(InstrumentText.language, InstrumentText.is_original, InstrumentText.is_official)
        .where(InstrumentText.instrument_id == instrument_id)
        .order_by(InstrumentText.is_original.desc(), InstrumentText.language)
    )
    return tuple(LanguageVersion(*row) for row in rows)


def clause_versions(session: Session, mandate_id: int) -> tuple[ClauseVersion, ...]:
    """Return the clause of a mandate in each language but the original, by their codes."""
    rows = session.execute(
        select(ClauseText.language, ClauseText.verb, ClauseText.text, InstrumentText.is_official)
        .join(Mandate, Mandate.clause_id == ClauseText.clause_id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Mandate.instrument_id)
            & (InstrumentText.language == ClauseText.language),
        )
        .where(Mandate.id == mandate_id, ~ClauseText.is_original)
        .order_by(ClauseText.language)
    )
    return tuple(ClauseVersion(*row) for row in rows)
