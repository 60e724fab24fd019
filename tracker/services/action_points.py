"""Action points: the single asks of a mandate that has several, each with an owner of its own."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.findings import STANDING, FindingField
from tracker.models.instruments import InstrumentText
from tracker.models.mandates import ActionPoint, Mandate, MandateFinding


def follow_findings(session: Session, mandate: Mandate, findings: Sequence[MandateFinding]) -> None:
    """Make an action point of each accepted ask; one that a person refused goes.

    A point that somebody owns already, or that has a status, stays whatever is found.
    """
    wanted = [
        one.value
        for one in findings
        if one.field is FindingField.ACTION_POINT and one.decision in STANDING
    ]
    held = session.scalars(
        select(ActionPoint)
        .where(ActionPoint.mandate_id == mandate.id)
        .order_by(ActionPoint.position)
    ).all()
    for point in held:
        if point.text not in wanted and not _is_taken(point):
            session.delete(point)
    missing = [text for text in wanted if text not in {point.text for point in held}]
    if not missing:
        return
    session.flush()
    language = session.scalars(
        select(InstrumentText.language).where(
            InstrumentText.instrument_id == mandate.instrument_id, InstrumentText.is_original
        )
    ).one()
    last = max((point.position for point in held), default=0)
    session.add_all(
        ActionPoint(mandate_id=mandate.id, position=position, text=text, language=language)
        for position, text in enumerate(missing, start=last + 1)
    )


def _is_taken(point: ActionPoint) -> bool:
    return point.unit_id is not None or point.person_id is not None or point.status is not None
