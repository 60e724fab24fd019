"""The form that assigns mandates: who leads, who writes, and by when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput

from tracker.domain.assignments import Answerers, AssignmentOrder, check_joint_lead
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor
from tracker.models.people import OrganizationalUnit
from tracker.queries.mandates import ListedMandate, PossibleFocalPoint
from tracker.queries.proposed_due_dates import ProposedDueDate
from tracker.web.addresses import row_id, whole_number
from tracker.web.choices import unit_choices, units_within_reach
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm
from tracker.web.offered_people import MOST_OFFERED
from tracker.web.shown_names import named

# What a button does, beside assigning.
REHEARSE, SUGGESTED = "rehearse", "suggested"


class OwnDateForm(Form):
    """The due date of one mandate among several."""

    mandate_id = HiddenField()
    due_on = DayField(lazy_gettext("Due on"))


class AssignForm(TrackerForm):
    """Who leads, who writes, and by when."""

    unit_id = SelectField(lazy_gettext("Lead unit"))
    focal_point_id = SelectField(
        lazy_gettext("Focal point"),
        description=lazy_gettext("Somebody of that unit. Leave it open if you do not know yet."),
    )
    deputy_id = SelectField(
        lazy_gettext("Deputy"),
        description=lazy_gettext("Stands in for the focal point and finds the same in My work."),
    )
    contributing_unit_ids = SelectMultipleField(
        lazy_gettext("Units that contribute"),
        description=lazy_gettext("Each is asked for its part in every report."),
        option_widget=CheckboxInput(),
    )
    joint_lead = StringField(
        lazy_gettext("Leads jointly with"),
        description=lazy_gettext(
            "An entity outside the secretariat, by its name. It has no account and is never "
            "written to."
        ),
    )
    due_on = DayField(
        lazy_gettext("Due on"),
        description=lazy_gettext("Leave it empty to keep to the date of each reporting period."),
    )

    # Of mandates whose own words propose a day, where several are assigned together.
    own_dates = FieldList(FormField(OwnDateForm))

    def __init__(
        self,
        *,
        units: Sequence[OrganizationalUnit],
        people: Sequence[PossibleFocalPoint],
        actor: Actor,
        present: Mapping[str, object] | None = None,
    ) -> None:
        """Offer the units that the actor may give mandates to, and the people of each."""
        super().__init__(data=dict(present or {}))
        self.is_as_suggested = request.form.get("do") == SUGGESTED
        within = units_within_reach(units, actor, Action.ASSIGN_MANDATE)
        self.unit_id.choices = [("", gettext("Choose a unit")), *unit_choices(within)]
        self.is_by_unit = len(people) > MOST_OFFERED
        by_unit = self._people_by_unit(within, people)
        self.focal_point_id.choices = {
            gettext("Not known yet"): [("", gettext("Nobody yet"))],
            **by_unit,
        }
        self.deputy_id.choices = {gettext("None"): [("", gettext("Nobody"))], **by_unit}
        self.contributing_unit_ids.choices = unit_choices(units)

    def _people_by_unit(
        self, units: Sequence[OrganizationalUnit], people: Sequence[PossibleFocalPoint]
    ) -> dict[str, list[tuple[str, str]]]:
        """Return the people that are offered by unit, so that a long list needs no script."""
        chosen = {self.focal_point_id.data, self.deputy_id.data}
        by_unit = {
            named(Named.UNIT, unit.name): [
                (str(p.id), p.name)
                for p in people
                if unit.id in p.unit_ids
                and (
                    not self.is_by_unit or str(unit.id) == self.unit_id.data or str(p.id) in chosen
                )
            ]
            for unit in units
        }
        return {name: offered for name, offered in by_unit.items() if offered}

    def validate_unit_id(self, field: SelectField) -> None:
        """Ask for a unit where none was chosen."""
        if not field.data and not self.is_as_suggested:
            raise ValidationError(gettext("Choose the lead unit."))

    @property
    def answerers(self) -> Answerers:
        """Return who shall answer."""
        return Answerers(
            unit_id=row_id(self.unit_id.data),
            focal_point_id=whole_number(self.focal_point_id.data or ""),
            deputy_id=whole_number(self.deputy_id.data or ""),
            contributing_unit_ids=frozenset(map(row_id, self.contributing_unit_ids.data or ())),
            joint_lead=check_joint_lead(self.joint_lead.data or ""),
        )

    def order(self, mandate_id: int, version: int) -> AssignmentOrder:
        """Return what the form says of one mandate; its own due date wins."""
        return AssignmentOrder(mandate_id, version, self.answerers, self.due_on_of(mandate_id))

    def due_on_of(self, mandate_id: int) -> date | None:
        """Return the due date of one mandate: its own, where it has a field of its own."""
        return self.chosen_own_dates.get(mandate_id, self.due_on.data)

    @property
    def own_dates_by_mandate(self) -> Mapping[int, OwnDateForm]:
        """Return the rows of own due dates by the ids of their mandates."""
        rows = (entry.form for entry in self.own_dates.entries)
        return {whole_number(row.mandate_id.data or "") or 0: row for row in rows}

    @property
    def chosen_own_dates(self) -> Mapping[int, date | None]:
        """Return the own due date of each mandate that has a field of its own; None: emptied."""
        return {key: row.due_on.data for key, row in self.own_dates_by_mandate.items()}

    def row_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each error within a row, and the address of its field."""
        for row in self.own_dates_by_mandate.values():
            yield from ((str(error), f"#{row.due_on.id}") for error in row.due_on.errors)


def own_dates_of(
    chosen: Sequence[ListedMandate], proposed: Mapping[int, ProposedDueDate]
) -> list[dict[str, Any]]:
    """Return the rows of the mandates that have a due date or whose words propose one."""
    days = ((each.id, each.due_on or _day(proposed.get(each.id))) for each in chosen)
    return [{"mandate_id": str(key), "due_on": day} for key, day in days if day is not None]


def _day(proposal: ProposedDueDate | None) -> date | None:
    return proposal.due_on if proposal else None
