"""What would be decided on mandates that nobody has confirmed, if all were taken as proposed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.decisions import FoundValue, proposed_decision
from tracker.domain.findings import FindingField
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor
from tracker.models.mandates import Mandate, MandateFinding

_TELLING = (FindingField.NATURE, FindingField.CONCERNS_US, FindingField.ADDRESSEE)


@dataclass(frozen=True, slots=True)
class ProposedDecisions:
    """The mandates that wait for a person: those to confirm, to set aside, and the doubtful."""

    confirmed: tuple[int, ...]
    set_aside: tuple[int, ...]
    doubtful: tuple[int, ...]

    @property
    def sure_count(self) -> int:
        """Return how many one press decides."""
        return len(self.confirmed) + len(self.set_aside)


@dataclass(frozen=True, slots=True)
class LastDecision:
    """The decisions that a person took last in one step, as far as they can be taken back."""

    at: datetime
    versions: Mapping[int, int]  # by the ids of the mandates


def proposed_decisions(session: Session, mandate_ids: Collection[int]) -> ProposedDecisions:
    """Return what would be decided on those of these mandates that wait; two statements."""
    waiting = session.scalars(
        select(Mandate.id)
        .where(
            Mandate.id.in_(mandate_ids),
            Mandate.requires_action.is_(None),
            Mandate.lifecycle == Lifecycle.ACTIVE,
        )
        .order_by(Mandate.id)
    ).all()
    found = _findings(session, waiting)
    decisions = {key: proposed_decision(found[key]) for key in waiting}
    return ProposedDecisions(
        confirmed=tuple(key for key in waiting if decisions[key] is True),
        set_aside=tuple(key for key in waiting if decisions[key] is False),
        doubtful=tuple(key for key in waiting if decisions[key] is None),
    )


def last_decision(session: Session, actor: Actor) -> LastDecision | None:
    """Return what this person decided last in one step.

    What somebody answers for since is not among them.
    """
    mine = (Mandate.confirmed_by_id == actor.person_id, Mandate.lead_unit_id.is_(None))
    at = session.scalar(select(func.max(Mandate.confirmed_at)).where(*mine))
    if at is None:
        return None
    rows = session.execute(
        select(Mandate.id, Mandate.version)
        .where(*mine, Mandate.confirmed_at == at)
        .order_by(Mandate.id)
    )
    return LastDecision(at, {row.id: row.version for row in rows})


def _findings(session: Session, mandate_ids: Collection[int]) -> Mapping[int, list[FoundValue]]:
    held: defaultdict[int, list[FoundValue]] = defaultdict(list)
    rows = session.scalars(
        select(MandateFinding)
        .where(MandateFinding.mandate_id.in_(mandate_ids), MandateFinding.field.in_(_TELLING))
        .order_by(MandateFinding.mandate_id, MandateFinding.position)
    )
    for one in rows:
        held[one.mandate_id].append(
            FoundValue(one.field, one.value, one.confidence, one.decision, one.needs_look)
        )
    return held
