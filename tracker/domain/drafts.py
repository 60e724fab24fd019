"""Drafts of resolutions that are checked before a session: what a clause lacks, and how long kept.

A draft under negotiation is private. It goes after the session, or with its owner's word.
"""

import re
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.clauses import Proposal
from tracker.domain.mandates import ASKING, Periodicity

KEPT_AFTER_SESSION = timedelta(days=7)
KEPT_WITHOUT_SESSION = timedelta(days=60)
LONGEST_KEPT = timedelta(days=400)  # whatever becomes of the session
_MEANS = re.compile(
    r"\b(?:existing resources|available resources|extrabudgetary|regular budget|voluntary"
    r" contributions?|subject to the availability|additional resources|within (?:its|their)"
    r" (?:resources|means)|financ\w+ by|trust fund"
    r"|recursos (?:existentes|disponibles|disponíveis|adicionales|adicionais)|extrapresupuestari\w+"
    r"|presupuesto ordinario|contribuciones voluntarias|extraorçamentári\w+|orçamento ordinário"
    r"|contribuições voluntárias|fondo fiduciario|fundo fiduciário"
    r"|ressources (?:existantes|disponibles|supplémentaires)|extrabudgétaires?|budget ordinaire"
    r"|contributions volontaires|fonds d['’]affectation)\b",
    re.IGNORECASE,
)


class Gap(StrEnum):
    """What a clause that asks something leaves open."""

    NO_ADDRESSEE = "no_addressee"
    NO_END = "no_end"
    NO_MEANS = "no_means"


def gaps_of(proposal: Proposal, sentence: str) -> tuple[Gap, ...]:
    """Return what a clause leaves open; ``sentence`` is it with the clauses above it.

    Whether means are named matters only where the secretariat is asked.
    """
    if proposal.nature not in ASKING and not proposal.requires_action:
        return ()
    found = []
    if not proposal.addressees:
        found.append(Gap.NO_ADDRESSEE)
    if not proposal.occasion and proposal.periodicity is not Periodicity.RECURRING:
        found.append(Gap.NO_END)
    if proposal.requires_action and not _MEANS.search(sentence):
        found.append(Gap.NO_MEANS)
    return tuple(found)


def purged_on(received_on: date, session_ends_on: date | None) -> date:
    """Return the day on which a draft is purged: a week after its session, if that has a day."""
    if session_ends_on is None or session_ends_on < received_on:
        return received_on + KEPT_WITHOUT_SESSION
    return min(session_ends_on + KEPT_AFTER_SESSION, received_on + LONGEST_KEPT)
