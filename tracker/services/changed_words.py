"""What hangs on the words of a clause when they change: languages, findings, confirmations."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.domain.changed_words import is_material, place_after
from tracker.domain.clauses import MAY_DIFFER
from tracker.domain.findings import STANDING
from tracker.models.instruments import Clause, ClauseText
from tracker.models.mandates import Mandate, MandateFinding


def follow_words(session: Session, clause: Clause, *, before: str, after: str) -> None:
    """Let what was said of a clause follow the words of its original to where they are now.

    Where the sense may have changed, its other languages are out of date, and a confirmed mandate
    of it or of what stands below it needs another look; so does a finding whose words are gone.
    """
    mandate = session.scalar(select(Mandate).where(Mandate.clause_id == clause.id))
    if is_material(before, after):
        if clause.kind not in MAY_DIFFER:
            outdate_versions(session, clause.id)
        _ask_for_look(session, clause)
    if mandate is not None:
        _move_findings(session, mandate, before, after)


def outdate_versions(session: Session, clause_id: int) -> None:
    """Say of a clause's other languages that they are out of date."""
    session.execute(
        update(ClauseText)
        .where(ClauseText.clause_id == clause_id, ~ClauseText.is_original)
        .values(is_out_of_date=True)
    )


def _ask_for_look(session: Session, clause: Clause) -> None:
    below = Clause.path.startswith(f"{clause.path}.", autoescape=True)
    confirmed = session.scalars(
        select(Mandate)
        .join(Clause, Clause.id == Mandate.clause_id)
        .where(
            Clause.instrument_id == clause.instrument_id,
            (Clause.id == clause.id) | below if clause.path else Clause.id == clause.id,
            Mandate.requires_action.is_not(None),
        )
    )
    for mandate in confirmed:
        mandate.needs_look = True


def _move_findings(session: Session, mandate: Mandate, before: str, after: str) -> None:
    decided = session.scalars(
        select(MandateFinding).where(
            MandateFinding.mandate_id == mandate.id,
            MandateFinding.decision.is_not(None),
            MandateFinding.starts_at.is_not(None),
        )
    )
    for finding in decided:
        span = (finding.starts_at or 0, finding.ends_at or 0)
        place = place_after(before, after, span)
        finding.starts_at, finding.ends_at = place or (None, None)
        if place is not None:
            finding.words = after[slice(*place)]
        elif finding.decision in STANDING:
            finding.needs_look = True
