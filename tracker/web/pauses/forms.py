"""The form of a pause of reminders."""

from flask_babel import lazy_gettext
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from tracker.web.fields import DayField
from tracker.web.forms import VersionedForm


class PauseForm(VersionedForm):
    target = SelectField(lazy_gettext("What to pause"), validate_choice=False)
    starts_on = DayField(
        lazy_gettext("First day without reminders"),
        validators=[InputRequired(lazy_gettext("Enter the first day of the pause."))],
    )
    ends_on = DayField(
        lazy_gettext("Last day without reminders"),
        validators=[InputRequired(lazy_gettext("Enter the last day of the pause."))],
    )
    reason = StringField(
        lazy_gettext("Reason"),
        description=lazy_gettext("For example: recess. Those who wait for a mail read it."),
    )
