"""Forms of signing in and of one's own account."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired

from tracker.auth.passwords import MINIMUM_LENGTH
from tracker.web.choices import language_choices, time_zone_choices
from tracker.web.forms import TrackerForm, VersionedForm


class SignInForm(TrackerForm):
    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[InputRequired(lazy_gettext("Enter your e-mail address."))],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[
            InputRequired(lazy_gettext("Enter your password, or ask for a sign-in link instead."))
        ],
    )


class DetailsForm(VersionedForm):
    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter your name."))]
    )
    language = SelectField(
        lazy_gettext("Language"),
        description=lazy_gettext("Of the pages and of the mails that you get."),
    )
    time_zone = SelectField(
        lazy_gettext("Time zone"),
        description=lazy_gettext("Decides how times are shown and when mail is sent to you."),
    )

    def __init__(self, *, present_zone: str, values: Mapping[str, object] | None = None) -> None:
        """Show ``values``, or else what was sent; offer also a zone that no list names."""
        super().__init__(**({"formdata": None, "data": values} if values else {}))
        self.language.choices = language_choices()
        self.time_zone.choices = time_zone_choices(present_zone)


class PasswordForm(TrackerForm):
    current_password = PasswordField(lazy_gettext("Present password"))
    password = PasswordField(
        lazy_gettext("New password"),
        description=lazy_gettext(
            "At least %(length)s characters. Three or four words that nobody would put together "
            "are easy to remember and hard to guess.",
            length=MINIMUM_LENGTH,
        ),
        validators=[InputRequired(lazy_gettext("Enter the new password."))],
    )
