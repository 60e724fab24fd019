"""The form of a sentence of mails."""

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, TextAreaField

from tracker.web.forms import VersionedForm


class MailTextForm(VersionedForm):
    """A sentence; its version is the number of the newest wording that the person saw."""

    text = TextAreaField(lazy_gettext("Text"))
    person = SelectField(
        lazy_gettext("Shown in"),
        description=lazy_gettext("The buttons of the mail shown lead to nobody's answers."),
        validate_choice=False,
    )

    def offer(self, people: list[tuple[int, str]]) -> "MailTextForm":
        """Offer a sample, and what waits for these people."""
        self.person.choices = [
            ("", gettext("A mail made up as a sample")),
            *((str(key), gettext("The mail of %(name)s", name=name)) for key, name in people),
        ]
        return self
