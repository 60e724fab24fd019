"""Forms of a followed meeting, and of a calendar that holds several."""

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired

from tracker.domain.followed_meetings import MeetingDetails
from tracker.domain.names import Named
from tracker.models.people import OrganizationalUnit
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.rehearsals import RehearsedForm
from tracker.web.shown_names import named


class _Subject(TrackerForm):
    subject = SelectField(lazy_gettext("Whose calendars"))

    def offer(self, units: list[OrganizationalUnit], bodies: list[tuple[str, str]]) -> None:
        """Offer all calendars, those of a unit, and those of a body."""
        self.subject.choices = [
            ("", gettext("All calendars")),
            *((f"unit:{unit.id}", named(Named.UNIT, unit.name)) for unit in units),
            *((f"body:{key}", named(Named.BODY, name)) for key, name in bodies),
        ]


class MeetingForm(_Subject, VersionedForm):
    title = StringField(lazy_gettext("Meeting"))
    organizer = StringField(
        lazy_gettext("Body or organizer"), description=lazy_gettext("For example African Union.")
    )
    place = StringField(lazy_gettext("Place"))
    starts_on = DayField(
        lazy_gettext("First day"),
        validators=[InputRequired(lazy_gettext("Enter the first day of the meeting."))],
    )
    ends_on = DayField(
        lazy_gettext("Last day"),
        validators=[InputRequired(lazy_gettext("Enter the last day of the meeting."))],
    )
    address = StringField(
        lazy_gettext("Address of its page"), description=lazy_gettext("Beginning with https://.")
    )
    is_cancelled = BooleanField(lazy_gettext("The meeting is cancelled"))

    @property
    def details(self) -> MeetingDetails:
        """Return what was entered."""
        first, last = self.starts_on.data, self.ends_on.data
        if first is None or last is None:
            raise ValueError("Validate the form first: it has no days.")
        return MeetingDetails(
            title=" ".join((self.title.data or "").split()),
            organizer=" ".join((self.organizer.data or "").split()),
            starts_on=first,
            ends_on=last,
            place=" ".join((self.place.data or "").split()),
            address=(self.address.data or "").strip(),
            is_cancelled=bool(self.is_cancelled.data),
        )


class RehearsedCalendar(RehearsedForm):
    """A calendar that was looked at, and whose calendars its new meetings shall stand in."""

    subject = HiddenField()


class CalendarForm(_Subject):
    calendar = FileField(
        lazy_gettext("Calendar"),
        description=lazy_gettext(
            "A file that ends in .ics. Brought again later, it changes and cancels what it brought."
        ),
    )
