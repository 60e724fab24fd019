"""Corrections of what the machine read: kept beside the text, with author, moment and reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.reviewed_text import Correction
from tracker.models.instruments import Clause, ClauseCorrection


def add_corrections(
    session: Session,
    clauses: Sequence[Clause],
    corrections: Sequence[Correction],
    authors: Mapping[int, tuple[int, datetime]],
) -> list[ClauseCorrection]:
    """Keep what people corrected in a review as corrections of the clauses that it became.

    ``authors`` tells for the number of an edit who made it and when.
    """
    rows = [_row(clauses[each.index], each, *authors[each.edit]) for each in corrections]
    session.add_all(rows)
    session.flush()
    return rows


def _row(clause: Clause, correction: Correction, person_id: int, at: datetime) -> ClauseCorrection:
    return ClauseCorrection(
        clause_text_id=clause.texts[0].id,
        before=correction.before,
        after=correction.after,
        before_path=correction.before_path,
        after_path=correction.after_path,
        before_kind=correction.before_kind,
        after_kind=correction.after_kind,
        reason="",
        corrected_at=at,
        corrected_by_id=person_id,
    )
