"""Proposed mandates: what each clause is understood to ask, until a person confirms it."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from tracker.domain.clauses import Entity, Proposal, ReadResolution, ancestors_of
from tracker.domain.mandates import Nature
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate, MandateFinding
from tracker.reading.mandates import propose
from tracker.services.understood_fields import LONGEST_VERB, LONGEST_WORDS, cut, hold_accepted


def propose_mandates(reading: ReadResolution, entity: Entity) -> Mapping[str, Proposal]:
    """Return the proposal for each clause that becomes a mandate, by its path.

    A chapeau is the context of its sub-clauses and becomes none.
    """
    return {
        clause.path: propose(
            clause, ancestors_of(reading.blocks, clause.path), entity, reading.body
        )
        for clause in reading.leaf_clauses
        if clause.path is not None
    }


def add_mandates(
    session: Session,
    instrument: Instrument,
    clauses: Sequence[Clause],
    proposals: Mapping[str, Proposal],
) -> list[Mandate]:
    """Make a mandate of every clause with a proposal; nothing in it is confirmed."""
    mandates = [
        _mandate(instrument, clause, proposals[clause.path])
        for clause in clauses
        if clause.path is not None and clause.path in proposals
    ]
    session.add_all(mandates)
    session.flush()
    return mandates


def propose_anew(
    mandate: Mandate, proposal: Proposal, decided: Sequence[MandateFinding] = ()
) -> None:
    """Let a mandate that nobody has confirmed say what is proposed now, save what was decided."""
    for name, value in _proposed(proposal).items():
        setattr(mandate, name, value)
    hold_accepted(mandate, decided)


def nature_of(proposal: Proposal) -> Nature:
    """Return the proposed nature; what nobody could tell is for information until confirmed."""
    if proposal.nature is not None:
        return proposal.nature
    asks_us = proposal.requires_action
    return Nature.ACTION_BY_SECRETARIAT if asks_us else Nature.INFORMATIONAL


def _mandate(instrument: Instrument, clause: Clause, proposal: Proposal) -> Mandate:
    return Mandate(clause_id=clause.id, instrument_id=instrument.id, **_proposed(proposal))


def _proposed(proposal: Proposal) -> dict[str, object]:
    """Return the fields of a mandate that a proposal fills, by name."""
    return {
        "action_verb": cut(proposal.action_verb, LONGEST_VERB),
        "addressee": cut("; ".join(proposal.addressees), LONGEST_WORDS),
        "occasion": cut(proposal.occasion, LONGEST_WORDS),
        "nature": nature_of(proposal),
        "periodicity": proposal.periodicity,
        "concerns_us": proposal.concerns_us,
        "is_proposed_for_action": proposal.requires_action,
    }
