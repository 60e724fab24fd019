"""What an assignment would change, row by row, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.database import Session
from tracker.domain.assignments import AssignmentOrder
from tracker.domain.errors import Refused
from tracker.domain.permissions import Actor
from tracker.queries.mandates import ListedMandate, chosen_mandates, possible_focal_points
from tracker.queries.people import units
from tracker.services.assignments import Effect, rehearse_assignments
from tracker.web.mandates.orders import write_order


@dataclass(frozen=True, slots=True)
class RehearsedRow:
    """One mandate: who answers now, who would, and why it cannot be, where it cannot."""

    mandate: ListedMandate
    effect: Effect
    unit_name: str
    focal_point_name: str | None
    deputy_name: str | None
    joint_lead: str
    contributing: tuple[str, ...]
    due_on: date | None
    refusal: Refused | None
    order: str

    @property
    def is_to_do(self) -> bool:
        """Tell whether the order changes something and can be carried out."""
        return self.effect in {Effect.GIVEN, Effect.MOVED, Effect.CHANGED}


def rehearsed_rows(
    session: Session, orders: Sequence[AssignmentOrder], *, actor: Actor
) -> tuple[RehearsedRow, ...]:
    """Return what the orders would do, in the order of the texts; raises what all of them raise."""
    rehearsed = {
        each.order.mandate_id: each for each in rehearse_assignments(session, orders, actor=actor)
    }
    unit_names = {unit.id: unit.name for unit in units(session)}
    people = {person.id: person.name for person in possible_focal_points(session)}
    return tuple(
        _row(mandate, rehearsed[mandate.id].order, rehearsed[mandate.id].effect, unit_names, people)
        if (refusal := rehearsed[mandate.id].refusal) is None
        else _refused(mandate, rehearsed[mandate.id].order, refusal)
        for mandate in chosen_mandates(session, list(rehearsed))
    )


def _row(
    mandate: ListedMandate,
    order: AssignmentOrder,
    effect: Effect,
    unit_names: Mapping[int, str],
    people: Mapping[int, str],
) -> RehearsedRow:
    asked = order.answerers
    return RehearsedRow(
        mandate=mandate,
        effect=effect,
        unit_name=unit_names[asked.unit_id],
        focal_point_name=people.get(asked.focal_point_id or 0),
        deputy_name=people.get(asked.deputy_id or 0),
        joint_lead=asked.joint_lead,
        contributing=tuple(unit_names[key] for key in sorted(asked.contributing_unit_ids)),
        due_on=order.due_on,
        refusal=None,
        order=write_order(order),
    )


def _refused(mandate: ListedMandate, order: AssignmentOrder, refusal: Refused) -> RehearsedRow:
    return RehearsedRow(
        mandate=mandate,
        effect=Effect.REFUSED,
        unit_name="",
        focal_point_name=None,
        deputy_name=None,
        joint_lead="",
        contributing=(),
        due_on=None,
        refusal=refusal,
        order=write_order(order),
    )
