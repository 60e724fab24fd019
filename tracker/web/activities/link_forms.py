"""Forms that link an activity to what it carries out: search, choose, say how."""

from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from tracker.web.addresses import row_id
from tracker.web.forms import TrackerForm


class MandateLinkForm(TrackerForm):
    mandate_id = RadioField(
        lazy_gettext("Mandate"),
        coerce=row_id,
        validate_choice=False,
        validators=[
            InputRequired(lazy_gettext("Choose the mandate that the activity carries out."))
        ],
    )
    contribution = TextAreaField(
        lazy_gettext("How the activity contributes"),
        description=lazy_gettext("One or two sentences; they stand beside the mandate."),
    )


class ActivityLinkForm(TrackerForm):
    activity_id = RadioField(
        lazy_gettext("Activity"),
        coerce=row_id,
        validate_choice=False,
        validators=[
            InputRequired(lazy_gettext("Choose the activity that carries the mandate out."))
        ],
    )
    contribution = TextAreaField(
        lazy_gettext("How the activity contributes"),
        description=lazy_gettext("One or two sentences; they stand beside the mandate."),
    )
