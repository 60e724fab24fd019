"""Forms of the deliverables: the file with the table, and the line an activity is an output of."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from tracker.web.forms import TrackerForm, VersionedForm


class DeliverablesForm(TrackerForm):
    deliverables = FileField(
        lazy_gettext("Deliverables table of the programme budget"),
        description=lazy_gettext("A CSV file in UTF-8, one row for each line, 3,000 at most."),
        validators=[FileRequired(lazy_gettext("Choose the file with the deliverables table."))],
    )


class PlaceForm(VersionedForm):
    line_id = SelectField(lazy_gettext("Planned deliverable"), coerce=int)
