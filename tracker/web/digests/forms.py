"""Forms of when digests come and of holidays."""

from datetime import date

from babel.dates import get_day_names
from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField

from tracker.domain.digest_times import WEEKDAYS
from tracker.web import filters
from tracker.web.forms import TrackerForm, VersionedForm


class TimesForm(TrackerForm):
    weekdays = SelectMultipleField(
        lazy_gettext("Weekdays"),
        description=lazy_gettext(
            "What you save here applies whatever a rule of reminders says. On the working day on "
            "which something falls due, a mail comes besides."
        ),
    )
    hour = SelectField(lazy_gettext("Hour"))
    duty_station_id = SelectField(
        lazy_gettext("Duty station"),
        description=lazy_gettext("On its holidays no mail comes, but on the next working day."),
    )

    def offer(self, stations: list[tuple[int, str]]) -> None:
        """Offer weekdays in the language of the page, hours, and these duty stations."""
        names = get_day_names("wide", context="stand-alone", locale=filters.language())
        self.weekdays.choices = [(str(day), names[day].capitalize()) for day in WEEKDAYS]
        self.hour.choices = [(str(hour), f"{hour:02}:00") for hour in range(24)]
        none = ("", lazy_gettext("None of these"))
        self.duty_station_id.choices = [none, *((str(key), name) for key, name in stations)]


class StationForm(TrackerForm):
    name = StringField(lazy_gettext("Place"), description=lazy_gettext("For example Praia."))


class HolidaysForm(VersionedForm):
    holidays = TextAreaField(
        lazy_gettext("Holidays"),
        description=lazy_gettext("One a line, as in 2026-12-25 Christmas Day."),
    )
    calendar = FileField(
        lazy_gettext("Add those of a calendar"),
        description=lazy_gettext("A file as authorities hand them out: .ics or .csv."),
    )
    replaces = BooleanField(
        lazy_gettext("Take away the other days of the years that the calendar covers")
    )


def as_lines(days: dict[date, str]) -> str:
    """Return holidays as people type them."""
    return "\n".join(f"{day.isoformat()} {name}".strip() for day, name in sorted(days.items()))
