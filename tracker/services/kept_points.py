"""Action points as people keep them: confirmed, changed, added, removed, owned, and how far."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain import permissions
from tracker.domain.action_points import SaidPoint, check_points, derived_status
from tracker.domain.assignments import Answerers
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.findings import STANDING, Decision, FindingField
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import InstrumentText
from tracker.models.mandates import ActionPoint, Mandate, MandateFinding
from tracker.queries.plain_rows import KeptStatement
from tracker.services import audit
from tracker.services.assignees import Directory
from tracker.services.mandates import mandates_of_versions, reference

logger = logging.getLogger(__name__)


def keep_action_points(
    session: Session,
    *,
    mandate_id: int,
    version: int,
    points: Sequence[SaidPoint],
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Let a mandate have these action points, in this order; what is not among them goes.

    Whoever assigns the mandate says what the points are and who answers for them; who writes for
    its unit, or for that of a point, says how far it is. Raises Stale when the mandate or a point
    changed since ``version``, WrongState unless it requires our action, NotAllowed, and Invalid.
    """
    [mandate] = mandates_of_versions(session, {mandate_id: version})
    if not mandate.requires_action:
        raise WrongState(
            "%(mandate)s is not confirmed as requiring our action, so it has no action points. "
            "Confirm it first.",
            mandate=reference(mandate),
        )
    wanted = check_points(points)
    held = _held(session, mandate_id)
    before = [_told(point) for point in held]
    _check_allowed(mandate, held, wanted, actor)
    _check_owners(session, wanted)
    _replace(session, mandate, held, wanted)
    _follow(session, mandate, wanted, actor=actor, at=at)
    # The points are the mandate's: a form that was opened before is stale from now on.
    flag_modified(mandate, "needs_look")
    audit.record(
        session,
        actor=actor,
        at=at,
        action="keep_action_points",
        subject=mandate,
        before={"action_points": before},
        after={"action_points": [_told(point) for point in wanted]},
    )
    logger.info("mandate %s has %s action points", mandate_id, len(wanted))
    return mandate


def say_points(
    session: Session,
    *,
    mandate_id: int,
    statuses: Mapping[str, Implementation | None],
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Say how far the action points with these words are; the others and their owners stay.

    Raises as ``keep_action_points`` does.
    """
    mandate = session.get_one(Mandate, mandate_id)
    points = [
        SaidPoint(
            point.text, point.unit_id, point.person_id, statuses.get(point.text, point.status)
        )
        for point in _held(session, mandate_id)
    ]
    return keep_action_points(
        session, mandate_id=mandate_id, version=mandate.version, points=points, actor=actor, at=at
    )


def status_by_points(session: Session, mandate_id: int) -> Implementation | None:
    """Return how far a mandate is by its action points, None while they say nothing."""
    rows = _STATUSES.rows(session, {"mandate_id": mandate_id})
    return derived_status([status for (status,) in rows])


_STATUSES = KeptStatement(
    select(ActionPoint.status)
    .where(ActionPoint.mandate_id == bindparam("mandate_id"))
    .order_by(ActionPoint.position)
)


def _held(session: Session, mandate_id: int) -> Sequence[ActionPoint]:
    return session.scalars(
        select(ActionPoint)
        .where(ActionPoint.mandate_id == mandate_id)
        .order_by(ActionPoint.position)
    ).all()


def _shape(points: Sequence[ActionPoint | SaidPoint]) -> list[tuple[str, int | None, int | None]]:
    return [(point.text, point.unit_id, point.person_id) for point in points]


def _check_allowed(
    mandate: Mandate, held: Sequence[ActionPoint], wanted: Sequence[SaidPoint], actor: Actor
) -> None:
    if _shape(held) != _shape(wanted):
        permissions.require(actor, Action.ASSIGN_MANDATE, unit_id=mandate.lead_unit_id)
        return
    for now, said in zip(held, wanted, strict=True):
        if now.status != said.status:
            unit_id = mandate.lead_unit_id if now.unit_id is None else now.unit_id
            permissions.require(actor, Action.WRITE_PROGRESS, unit_id=unit_id)


def _check_owners(session: Session, wanted: Sequence[SaidPoint]) -> None:
    if any(point.person_id is not None and point.unit_id is None for point in wanted):
        raise Invalid("Choose the unit of the person who answers for the action point.")
    asked = [Answerers(one.unit_id, one.person_id) for one in wanted if one.unit_id is not None]
    directory = Directory(session, asked)
    for answerers in asked:
        directory.assignees(answerers)


def _replace(
    session: Session,
    mandate: Mandate,
    held: Sequence[ActionPoint],
    wanted: Sequence[SaidPoint],
) -> None:
    """Write the points anew; positions are unique, so what was there goes first."""
    if _shape(held) == _shape(wanted):
        for now, said in zip(held, wanted, strict=True):
            now.status = said.status
        return
    language = session.scalars(
        select(InstrumentText.language).where(
            InstrumentText.instrument_id == mandate.instrument_id, InstrumentText.is_original
        )
    ).one()
    for point in held:
        session.delete(point)
    session.flush()
    session.add_all(
        ActionPoint(
            mandate_id=mandate.id,
            position=position,
            text=point.text,
            language=language,
            unit_id=point.unit_id,
            person_id=point.person_id,
            status=point.status,
        )
        for position, point in enumerate(wanted, start=1)
    )


def _follow(
    session: Session,
    mandate: Mandate,
    wanted: Sequence[SaidPoint],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Let the findings say the same: kept asks are accepted, others refused, new ones added."""
    texts = [point.text for point in wanted]
    findings = session.scalars(
        select(MandateFinding).where(MandateFinding.mandate_id == mandate.id)
    ).all()
    asks = [one for one in findings if one.field is FindingField.ACTION_POINT]
    for one in asks:
        if one.value in texts and one.decision in STANDING:
            continue
        one.decision = Decision.ACCEPTED if one.value in texts else Decision.REFUSED
        one.decided_at, one.decided_by_id = at, actor.person_id
    last = max((one.position for one in findings), default=0)
    new = [text for text in texts if text not in {one.value for one in asks}]
    session.add_all(
        MandateFinding(
            mandate_id=mandate.id,
            field=FindingField.ACTION_POINT,
            position=position,
            value=text,
            words="",
            confidence=100,
            decision=Decision.ADDED,
            decided_at=at,
            decided_by_id=actor.person_id,
        )
        for position, text in enumerate(new, start=last + 1)
    )


def _told(point: ActionPoint | SaidPoint) -> Mapping[str, object]:
    return {
        "text": point.text,
        "unit_id": point.unit_id,
        "person_id": point.person_id,
        "status": point.status,
    }
