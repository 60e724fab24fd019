"""The languages in which an adopted text stands, and one clause in each of them."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.clauses import BlockKind
from tracker.models.instruments import Clause, ClauseText, InstrumentText
from tracker.models.mandates import Mandate

# Mastheads and notes may have no version; these are what the body adopted.
_TRANSLATED = (BlockKind.PREAMBULAR, BlockKind.OPERATIVE)
_Version = aliased(ClauseText)
_Clause = aliased(Clause)


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """One language of an adopted text; a translation of ours is not official.

    Since the original was corrected, so many of its paragraphs are out of date, so many missing.
    """

    language: str
    is_original: bool
    is_official: bool
    outdated_count: int = 0
    missing_count: int = 0

    @property
    def is_out_of_date(self) -> bool:
        """Tell whether the original was corrected since."""
        return self.outdated_count + self.missing_count > 0


@dataclass(frozen=True, slots=True)
class ClauseVersion:
    """What a clause says in another language than the original."""

    language: str
    verb: str | None
    text: str
    is_official: bool
    is_out_of_date: bool = False
    is_original: bool = False


def language_versions(session: Session, instrument_id: int) -> tuple[LanguageVersion, ...]:
    """Return the languages of a resolution, the original first, the others by their codes."""
    outdated = (
        select(func.count(ClauseText.id))
        .join(Clause, Clause.id == ClauseText.clause_id)
        .where(
            Clause.instrument_id == InstrumentText.instrument_id,
            ~Clause.is_dropped,
            ClauseText.language == InstrumentText.language,
            ClauseText.is_out_of_date,
        )
        .correlate(InstrumentText)
        .scalar_subquery()
    )
    missing = (
        select(func.count(_Clause.id))
        .where(
            _Clause.instrument_id == InstrumentText.instrument_id,
            ~_Clause.is_dropped,
            _Clause.kind.in_(_TRANSLATED),
            ~exists()
            .where(_Version.clause_id == _Clause.id, _Version.language == InstrumentText.language)
            .correlate(_Clause, InstrumentText),
        )
        .correlate(InstrumentText)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            InstrumentText.language,
            InstrumentText.is_original,
            InstrumentText.is_official,
            InstrumentText.is_out_of_date.label("title_is_out_of_date"),
            outdated.label("outdated_count"),
            missing.label("missing_count"),
        )
        .where(InstrumentText.instrument_id == instrument_id)
        .order_by(InstrumentText.is_original.desc(), InstrumentText.language)
    )
    return tuple(
        LanguageVersion(
            language=row.language,
            is_original=row.is_original,
            is_official=row.is_official,
            outdated_count=row.outdated_count + row.title_is_out_of_date,
            missing_count=row.missing_count,
        )
        for row in rows
    )


def clause_versions(session: Session, mandate_id: int) -> tuple[ClauseVersion, ...]:
    """Return the clause of a mandate in each language but the original, by their codes."""
    rows = session.execute(
        select(
            ClauseText.language,
            ClauseText.verb,
            ClauseText.text,
            InstrumentText.is_official,
            ClauseText.is_out_of_date,
        )
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
