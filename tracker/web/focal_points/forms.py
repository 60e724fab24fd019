"""The forms of the directory of national focal points."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from tracker.domain.countries import countries
from tracker.domain.national_focal_points import FocalPointDetails
from tracker.web import filters
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm


class FocalPointForm(VersionedForm):
    country = SelectField(
        lazy_gettext("Country"),
        validators=[InputRequired(lazy_gettext("Choose the country from the list."))],
    )
    institution = StringField(lazy_gettext("Institution"))
    person = StringField(lazy_gettext("Person"))
    contact = StringField(
        lazy_gettext("How they are reached (optional)"),
        description=lazy_gettext(
            "For people to read. The tracker never sends anything to a national focal point."
        ),
    )
    designated_on = DayField(lazy_gettext("Designated on (optional)"))
    valid_from = DayField(
        lazy_gettext("Valid from (optional)"),
        description=lazy_gettext("The day of the designation if you leave it empty."),
    )
    valid_to = DayField(lazy_gettext("Valid until (optional)"))
    document = StringField(
        lazy_gettext("Document of the designation (optional)"),
        description=lazy_gettext("Such as the number and date of the note verbale."),
    )

    def offer(self) -> "FocalPointForm":
        """Offer the countries of the table in the reader's language."""
        listed = countries(filters.language())
        self.country.choices = [("", ""), *((each.code, each.name) for each in listed)]
        return self

    @property
    def details(self) -> FocalPointDetails:
        """Return what was entered."""
        return FocalPointDetails(
            self.country.data or "",
            self.institution.data or "",
            self.person.data or "",
            self.contact.data or "",
            self.designated_on.data,
            self.valid_from.data,
            self.valid_to.data,
            self.document.data or "",
        )


class FocalPointListForm(TrackerForm):
    focal_points = FileField(
        lazy_gettext("List of national focal points"),
        description=lazy_gettext("A CSV file in UTF-8, one focal point a row, 500 at most."),
        validators=[FileRequired(lazy_gettext("Choose the file with the list."))],
    )
