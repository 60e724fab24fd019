"""Clauses of an instrument, made from the blocks of its reading."""

from sqlalchemy.orm import Session

from tracker.domain.clauses import ReadResolution, parent_path
from tracker.models.instruments import Clause, ClauseText, Instrument

_LONGEST_NUMBER = 40  # characters
_LONGEST_VERB = 120  # characters


def add_clauses(session: Session, instrument: Instrument, reading: ReadResolution) -> list[Clause]:
    """Make a clause of every block, in the order of the text; a chapeau stands above its parts."""
    clauses = []
    by_path: dict[str, Clause] = {}
    for position, block in enumerate(reading.blocks, start=1):
        above = parent_path(block.path) if block.path else None
        clause = Clause(
            instrument_id=instrument.id,
            position=position,
            kind=block.kind,
            number=(block.number or "")[:_LONGEST_NUMBER] or None,
            path=block.path,
            level=block.level,
            parent=by_path.get(above) if above else None,
            texts=[
                ClauseText(
                    language=reading.language,
                    verb=(block.verb or "")[:_LONGEST_VERB] or None,
                    text=block.text,
                )
            ],
        )
        if block.path:
            by_path[block.path] = clause
        clauses.append(clause)
    session.add_all(clauses)
    session.flush()
    return clauses
