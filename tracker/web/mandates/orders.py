"""Orders to assign as they travel through a page: one text a mandate, with the version seen."""

from datetime import date

from werkzeug.datastructures import MultiDict

from tracker.domain.assignments import Answerers, AssignmentOrder
from tracker.domain.errors import Invalid
from tracker.services.mandates import CHOOSE_SOME
from tracker.web.addresses import whole_number


def write_order(order: AssignmentOrder) -> str:
    """Return an order as the value of a field: "12:3:4:7::5+6:2026-12-31:UNDP"."""
    asked = order.answerers
    parts = (
        order.mandate_id,
        order.version,
        asked.unit_id,
        asked.focal_point_id,
        asked.deputy_id,
        "+".join(map(str, sorted(asked.contributing_unit_ids))),
        order.due_on.isoformat() if order.due_on else None,
        asked.joint_lead,
    )
    return ":".join("" if part is None else str(part) for part in parts)


def read_orders(sent: MultiDict[str, str]) -> list[AssignmentOrder]:
    """Return the orders of a form, each mandate once; raise Invalid where there is none."""
    read = (_read(text) for text in sent.getlist("order"))
    orders = {order.mandate_id: order for order in read if order is not None}
    if not orders:
        raise Invalid(CHOOSE_SOME)
    return list(orders.values())


def _read(text: str) -> AssignmentOrder | None:
    """Return what a field says; None for what nobody could have been shown."""
    try:
        # The name comes last, since it may hold a colon itself.
        mandate, version, unit, focal_point, deputy, contributing, due_on, joint = text.split(
            ":", 7
        )
        day = date.fromisoformat(due_on) if due_on else None
    except ValueError:
        return None
    mandate_id, unit_id = whole_number(mandate), whole_number(unit)
    if mandate_id is None or unit_id is None:
        return None
    others = (whole_number(part) for part in contributing.split("+"))
    answerers = Answerers(
        unit_id=unit_id,
        focal_point_id=whole_number(focal_point),
        deputy_id=whole_number(deputy),
        contributing_unit_ids=frozenset(key for key in others if key is not None),
        joint_lead=joint,
    )
    return AssignmentOrder(mandate_id, whole_number(version), answerers, day)
