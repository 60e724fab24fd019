"""The form of a view of a list."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, RadioField, StringField

from tracker.web.forms import VersionedForm


class ViewForm(VersionedForm):
    """``query`` is the end of the address of the list as it is shown now."""

    name = StringField(
        lazy_gettext("Name of the view"),
        description=lazy_gettext("For example: Overdue in our division."),
    )
    sharing = RadioField(lazy_gettext("Who sees it"), validate_choice=False)
    takes_query = BooleanField(lazy_gettext("Keep the filter and order that are shown now"))
    query = HiddenField(default="")
    list = HiddenField(default="")
