"""The form of an absence."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField
from wtforms.validators import InputRequired

from tracker.models.people import Person
from tracker.services.absences import AbsenceDays
from tracker.web.fields import DayField
from tracker.web.forms import VersionedForm


class AbsenceForm(VersionedForm):
    starts_on = DayField(
        lazy_gettext("First day away"),
        validators=[InputRequired(lazy_gettext("Enter the first day of the absence."))],
    )
    ends_on = DayField(
        lazy_gettext("Last day away"),
        validators=[InputRequired(lazy_gettext("Enter the last day of the absence."))],
    )
    deputy_id = SelectField(
        lazy_gettext("Deputy"),
        description=lazy_gettext(
            "Gets the reminders meanwhile, and writes and submits what is asked for."
        ),
        coerce=int,
    )
    officer_id = SelectField(
        lazy_gettext("Officer-in-charge"),
        description=lazy_gettext(
            "Clears and returns reports, gives more time and signs the biennial report meanwhile; "
            "the history says in whose place. Nobody clears their own text."
        ),
        coerce=int,
    )

    def offer(self, people: Sequence[Person]) -> None:
        """Offer these people as stand-ins."""
        named = [(person.id, person.name) for person in people]
        for field in (self.deputy_id, self.officer_id):
            field.choices = [(0, gettext("Nobody")), *named]

    @property
    def stand_ins(self) -> set[int]:
        """Return who was chosen."""
        return {each for each in (self.deputy_id.data, self.officer_id.data) if each}

    @property
    def days(self) -> AbsenceDays:
        """Return what was entered."""
        first, last = self.starts_on.data, self.ends_on.data
        if first is None or last is None:
            raise ValueError("Validate the form first: it has no days.")
        return AbsenceDays(first, last, self.deputy_id.data or None, self.officer_id.data or None)
