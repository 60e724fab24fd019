"""Suggested owners as orders that one button carries out."""

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict

from tracker.domain.assignments import Answerers, AssignmentOrder
from tracker.queries.mandates import ListedMandate
from tracker.queries.owner_suggestions import SuggestedOwner
from tracker.queries.proposed_due_dates import ProposedDueDate
from tracker.web.addresses import whole_number
from tracker.web.mandates.orders import write_order


def suggested_orders(
    mandates: Iterable[ListedMandate],
    suggested: Mapping[int, SuggestedOwner],
    proposed: Mapping[int, ProposedDueDate],
) -> list[str]:
    """Return the orders that take the suggestions, each with the due date its words propose."""
    return [
        write_order(
            AssignmentOrder(
                mandate.id,
                mandate.version,
                answerers_of(suggested[mandate.id]),
                mandate.due_on or (proposed[mandate.id].due_on if mandate.id in proposed else None),
            )
        )
        for mandate in mandates
        if mandate.id in suggested
    ]


def answerers_of(suggested: SuggestedOwner) -> Answerers:
    """Return who shall answer, as suggested."""
    return Answerers(suggested.unit_id, suggested.focal_point_id)


def write_suggested(mandate_id: int, suggested: SuggestedOwner) -> str:
    """Return a suggestion as the value of a field: "12:4:7", mandate, unit and focal point."""
    return f"{mandate_id}:{suggested.unit_id}:{suggested.focal_point_id or ''}"


def read_suggested(sent: MultiDict[str, str]) -> Mapping[int, Answerers]:
    """Return the suggestions of a form as the person saw them, by the mandate."""
    found = {}
    for text in sent.getlist("suggested"):
        mandate, _, owner = text.partition(":")
        unit, _, focal_point = owner.partition(":")
        mandate_id, unit_id = whole_number(mandate), whole_number(unit)
        if mandate_id is not None and unit_id is not None:
            found[mandate_id] = Answerers(unit_id, whole_number(focal_point))
    return found
