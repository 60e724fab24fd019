"""Forms of a mandate: whether it asks something of us, and who answers for it."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectField, ValidationError

from tracker.domain.mandates import Nature
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor
from tracker.models.people import OrganizationalUnit
from tracker.queries.mandates import PossibleFocalPoint
from tracker.web.choices import label_choices, unit_choices, units_within_reach
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.shown_names import named

REQUIRES, SET_ASIDE = "yes", "no"


class ConfirmForm(VersionedForm):
    """A person's decision on what the machine proposed."""

    requires_action = RadioField(lazy_gettext("Does it ask something of us?"))
    nature = SelectField(lazy_gettext("What the clause is"))

    def __init__(self, *, nature: Nature, requires_action: bool, version: int) -> None:
        """Begin with what holds now; what was sent wins."""
        super().__init__(
            nature=nature.value,
            requires_action=REQUIRES if requires_action else SET_ASIDE,
            version=str(version),
        )
        self.requires_action.choices = [
            (REQUIRES, gettext("Yes, it requires our action")),
            (SET_ASIDE, gettext("No, set it aside")),
        ]
        self.nature.choices = label_choices(Nature)


class AssignForm(TrackerForm):
    """Who leads, who writes, and by when."""

    unit_id = SelectField(lazy_gettext("Unit that leads"))
    focal_point_id = SelectField(
        lazy_gettext("Focal point"),
        description=lazy_gettext("Somebody of that unit. Leave it open if you do not know yet."),
    )
    due_on = DayField(
        lazy_gettext("Due on"),
        description=lazy_gettext("Leave it empty to keep to the date of each reporting period."),
    )

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
        within = units_within_reach(units, actor, Action.ASSIGN_MANDATE)
        self.unit_id.choices = [("", gettext("Choose a unit")), *unit_choices(within)]
        # By unit, so that a long list of people needs no script to be used.
        self.focal_point_id.choices = {
            gettext("Not known yet"): [("", gettext("Nobody yet"))],
            **{
                named(Named.UNIT, unit.name): [
                    (str(p.id), p.name) for p in people if unit.id in p.unit_ids
                ]
                for unit in within
            },
        }

    def validate_unit_id(self, field: SelectField) -> None:
        """Ask for a unit where none was chosen."""
        if not field.data:
            raise ValidationError(gettext("Choose the unit that leads."))

    @property
    def chosen_focal_point_id(self) -> int | None:
        """Return the person who was chosen, if any."""
        return int(self.focal_point_id.data) if self.focal_point_id.data else None
