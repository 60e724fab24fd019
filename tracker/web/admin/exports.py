"""The list of people as a file."""

from collections.abc import Mapping, Sequence

from flask import Response, request
from flask_babel import gettext

from tracker.domain.permissions import Action
from tracker.models.people import Person, RoleAssignment
from tracker.queries.people import PersonOrder, all_people, units
from tracker.web import filters
from tracker.web.admin.people import blueprint
from tracker.web.exports import (
    FORMS,
    Exported,
    identifiers,
    list_file,
    local_moments,
    page_addresses,
)
from tracker.web.lists import asked_order
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import reading

__all__ = ["blueprint"]

Listed = tuple[Person, Sequence[RoleAssignment]]


@blueprint.get(f"/list.{FORMS}")
@requires(Action.INVITE_PERSON)
def export(form: str) -> Response:
    order, is_descending = asked_order(PersonOrder.NAME)
    with reading() as session:
        address = page_addresses("people.show", "person_id")
        local = local_moments()
        unit_names = {unit.id: unit.name for unit in units(session)}
        return list_file(
            form,
            name="people",
            title=gettext("People"),
            columns=[
                Exported[Listed](gettext("Name"), lambda row: row[0].name, 30),
                Exported[Listed](gettext("E-mail address"), lambda row: row[0].email, 36),
                Exported[Listed](gettext("Roles"), lambda row: _roles(row[1], unit_names), 50),
                Exported[Listed](
                    gettext("Last signed in"), lambda row: local(row[0].last_signed_in_at)
                ),
                *identifiers(lambda row: row[0].id, lambda row: address(row[0].id)),
            ],
            rows=all_people(
                session,
                words=request.args.get("q", "").strip(),
                is_active=request.args.get("show") != "deactivated",
                order=order,
                is_descending=is_descending,
            ),
        )


def _roles(roles: Sequence[RoleAssignment], unit_names: Mapping[int, str]) -> str:
    return "; ".join(
        f"{filters.label(held.role)}, {unit_name(unit_names[held.unit_id])}"
        if held.unit_id
        else filters.label(held.role)
        for held in roles
    )
