"""Forms of the administration: people with their roles, and units."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, EmailField, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import InputRequired

from tracker.domain.names import Named
from tracker.domain.permissions import Role
from tracker.models.people import OrganizationalUnit, PersonKind, UnitKind
from tracker.services.roles import ROLES_IN_A_UNIT
from tracker.web.choices import label_choices, language_choices, time_zone_choices
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.shown_names import named

SPARE_ROWS = 2
NOWHERE = -1  # nothing chosen: a focal point of the whole house has to be meant
UNIT_KINDS = {
    UnitKind.DIVISION: lazy_gettext("Division"),
    UnitKind.SUBREGIONAL_HEADQUARTERS: lazy_gettext("Subregional headquarters"),
    UnitKind.OFFICE: lazy_gettext("Office"),
}
Roles = list[tuple[Role, int | None]]


class RoleForm(Form):
    """One role, in one unit or in the whole house."""

    role = SelectField(lazy_gettext("Role"))
    unit_id = SelectField(lazy_gettext("Where"), coerce=int)


class WithRoles(TrackerForm):
    """The rows of roles that two forms have."""

    roles = FieldList(FormField(RoleForm), label=lazy_gettext("Roles"), max_entries=40)

    def offer_roles(self, units: Sequence[OrganizationalUnit]) -> None:
        """Offer all roles and the units of the house in each row."""
        for entry in self.roles.entries:
            entry.form.role.choices = [("", gettext("No role")), *label_choices(Role)]
            entry.form.unit_id.choices = [
                (NOWHERE, gettext("Choose where")),
                (0, gettext("The whole house")),
                *((unit.id, named(Named.UNIT, unit.name)) for unit in units),
            ]

    def chosen_roles(self) -> Roles:
        """Return the roles of the rows in which one is chosen."""
        return [
            (Role(row["role"]), None if row["unit_id"] in {0, NOWHERE} else row["unit_id"])
            for row in self.roles.data
            if row["role"]
        ]

    def row_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each error within a row, and the address of its field."""
        for entry in self.roles.entries:
            for field in entry.form:
                yield from ((str(error), f"#{field.id}") for error in field.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that each focal point and manager has a place."""
        is_valid = super().validate(extra_validators)
        for entry in self.roles.entries:
            role, where = entry.form.role, entry.form.unit_id
            if where.data == NOWHERE and role.data in ROLES_IN_A_UNIT:
                sentence = gettext("Choose the unit of the role, or the whole house.")
                where.errors = [*where.errors, sentence]
                is_valid = False
        return is_valid


class InvitationForm(WithRoles):
    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter the person's name."))]
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        description=lazy_gettext("The invitation goes there. A shared mailbox will do as well."),
        validators=[InputRequired(lazy_gettext("Enter the address to invite."))],
    )
    is_mailbox = BooleanField(
        lazy_gettext("Several people read this address"),
        description=lazy_gettext("Who answers from a shared mailbox is asked for their name."),
    )
    language = SelectField(lazy_gettext("Language of pages and mails"))
    time_zone = SelectField(lazy_gettext("Time zone"))

    @property
    def kind(self) -> PersonKind:
        """Return whether a person is invited or a mailbox that several people read."""
        return PersonKind.MAILBOX if self.is_mailbox.data else PersonKind.PERSON

    def offer(self, units: Sequence[OrganizationalUnit], zone: str) -> "InvitationForm":
        """Offer what the site has to choose from; ``zone`` is the site's own."""
        self.offer_roles(units)
        self.language.choices = language_choices()
        self.time_zone.choices = time_zone_choices(zone)
        return self


class RolesForm(WithRoles, VersionedForm):
    """The roles of somebody who is there."""


class UnitForm(TrackerForm):
    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter the unit's name."))]
    )
    key = StringField(
        lazy_gettext("Short name (optional)"),
        description=lazy_gettext(
            "Letters from a to z, digits and hyphens, such as “statistics”; made from the name if "
            "you leave it empty. Commands use it, and it does not change."
        ),
    )
    kind = SelectField(lazy_gettext("What it is"))
    parent_id = SelectField(lazy_gettext("Part of"), coerce=int)
    time_zone = SelectField(
        lazy_gettext("Time zone"),
        description=lazy_gettext("A report is overdue when its due day ends there."),
    )
    language = SelectField(lazy_gettext("Language of the name"))

    def offer(self, units: Sequence[OrganizationalUnit], zone: str) -> "UnitForm":
        """Offer what the site has to choose from; ``zone`` is the site's own."""
        self.kind.choices = [(kind.value, words) for kind, words in UNIT_KINDS.items()]
        self.parent_id.choices = [
            (0, gettext("No other unit")),
            *((unit.id, named(Named.UNIT, unit.name)) for unit in units if not unit.closed_at),
        ]
        self.time_zone.choices = time_zone_choices(zone)
        self.language.choices = language_choices()
        return self


class ChangedUnitForm(VersionedForm):
    """The name, kind and place of a unit that is there."""

    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter the unit's name."))]
    )
    kind = SelectField(lazy_gettext("What it is"))
    parent_id = SelectField(lazy_gettext("Part of"), coerce=int)

    def offer(self, units: Sequence[OrganizationalUnit], *, but: int) -> "ChangedUnitForm":
        """Offer the kinds, and all units that are not closed but the one that is changed."""
        self.kind.choices = [(kind.value, words) for kind, words in UNIT_KINDS.items()]
        self.parent_id.choices = [
            (0, gettext("No other unit")),
            *(
                (unit.id, named(Named.UNIT, unit.name))
                for unit in units
                if unit.id != but and not unit.closed_at
            ),
        ]
        return self


class SecondClearanceForm(VersionedForm):
    """Which unit clears the texts of a unit a second time."""

    second_unit_id = SelectField(
        lazy_gettext("Cleared a second time by the manager of"), coerce=int
    )

    def offer(self, units: Sequence[OrganizationalUnit], *, of: int) -> "SecondClearanceForm":
        """Offer all other units that are not closed."""
        self.second_unit_id.choices = [
            (0, gettext("Nobody: one clearance is enough")),
            *(
                (unit.id, named(Named.UNIT, unit.name))
                for unit in units
                if unit.id != of and not unit.closed_at
            ),
        ]
        return self


def roles_shown(held: Roles, *, spare: int = SPARE_ROWS) -> list[dict[str, Any]]:
    """Return the rows that show the roles held, and some empty ones."""
    rows: list[dict[str, Any]] = [
        {"role": role.value, "unit_id": unit_id or 0} for role, unit_id in held
    ]
    return rows + [{"role": "", "unit_id": NOWHERE}] * spare
