"""Answers to assignments: taken on, or declined with a reason; each is a row that stays."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.assignments import Acceptance, Answerers, check_answer, may_answer
from tracker.domain.errors import Invalid, NotAllowed, WrongState
from tracker.domain.permissions import Actor
from tracker.models.mandates import AssignmentAnswer, Mandate
from tracker.queries.assignments import newest_assignments
from tracker.queries.plain_rows import KeptStatement
from tracker.services import audit
from tracker.services.mandates import CHOOSE_SOME, mandates_of_versions, reference

logger = logging.getLogger(__name__)


def answer_assignments(
    session: Session,
    *,
    versions: Mapping[int, int | None],
    is_accepted: bool,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Sequence[Mandate]:
    """Accept or decline several assignments (by mandate, with the version seen); return them.

    All are answered or, when one is refused, none. What is declined keeps its unit in view and
    comes back to the coordinator; nobody is reminded of it until it is assigned anew. Raises
    Invalid for a missing reason, NotAllowed for whoever was not asked and WrongState for a mandate
    that is assigned to nobody.
    """
    plain = check_answer(is_accepted=is_accepted, reason=reason)
    if not versions:
        raise Invalid(CHOOSE_SOME)
    mandates = mandates_of_versions(session, versions)
    assignments = newest_assignments(session, [mandate.id for mandate in mandates])
    for mandate in mandates:
        _check(mandate, assignments, actor)
        _answer(
            session,
            mandate,
            assignments[mandate.id],
            is_accepted=is_accepted,
            reason=plain,
            actor=actor,
            at=at,
        )
    logger.info("%s assignments answered by person %s", len(mandates), actor.person_id)
    return mandates


def accept_by_answering(session: Session, mandate_id: int, *, actor: Actor, at: datetime) -> None:
    """Take an assignment that waits as accepted: whoever submits a report on it has taken it on."""
    if (Acceptance.WAITING,) not in _ACCEPTANCE.rows(session, {"mandate_id": mandate_id}):
        return
    mandate = session.get_one(Mandate, mandate_id)
    if not may_answer(actor, _asked(mandate)):
        return
    assignments = newest_assignments(session, [mandate_id])
    if mandate_id in assignments:
        _answer(
            session,
            mandate,
            assignments[mandate_id],
            is_accepted=True,
            reason="",
            actor=actor,
            at=at,
        )


_ACCEPTANCE = KeptStatement(select(Mandate.acceptance).where(Mandate.id == bindparam("mandate_id")))


def _check(mandate: Mandate, assignments: Mapping[int, int], actor: Actor) -> None:
    if mandate.lead_unit_id is None or mandate.id not in assignments:
        raise WrongState(
            "%(mandate)s is assigned to nobody, so there is nothing to accept or decline.",
            mandate=reference(mandate),
        )
    if not may_answer(actor, _asked(mandate)):
        raise NotAllowed(
            "%(mandate)s was given to somebody else. They, or a manager of their unit, accept or "
            "decline it.",
            mandate=reference(mandate),
        )


def _asked(mandate: Mandate) -> Answerers:
    return Answerers(mandate.lead_unit_id or 0, mandate.focal_point_id, mandate.deputy_id)


def _answer(
    session: Session,
    mandate: Mandate,
    assignment_id: int,
    *,
    is_accepted: bool,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    after = Acceptance.ACCEPTED if is_accepted else Acceptance.DECLINED
    if mandate.acceptance is after and is_accepted:
        return
    before = mandate.acceptance
    mandate.acceptance = after
    session.add(
        AssignmentAnswer(
            assignment_id=assignment_id,
            is_accepted=is_accepted,
            reason=reason,
            answered_at=at,
            answered_by_id=actor.person_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="accept_assignment" if is_accepted else "decline_assignment",
        subject=mandate,
        before={"acceptance": before},
        after={"acceptance": after, "reason": reason},
    )
