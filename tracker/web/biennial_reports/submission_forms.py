"""What is asked about a report that goes to the session: its sheet, its official files."""

from collections.abc import Sequence
from typing import ClassVar

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.submissions import Distribution, IssuedKind
from tracker.web import filters
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm


class SheetForm(VersionedForm):
    """The submission sheet."""

    TEXTS: ClassVar = ("title", "mandate", "agenda_item")

    title = TextAreaField(lazy_gettext("Title"))
    mandate = StringField(
        lazy_gettext("Mandate"),
        description=lazy_gettext(
            "What asks for this document, such as a resolution and its paragraph."
        ),
    )
    agenda_item = StringField(lazy_gettext("Agenda item"))
    distribution = SelectField(lazy_gettext("Distribution"))
    targets = SelectMultipleField(
        lazy_gettext("Languages that it is to be issued in"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    act = HiddenField()

    def offer(self, languages: Sequence[tuple[str, str]]) -> "SheetForm":
        """Offer these languages, each by its code and its name."""
        self.distribution.choices = [(each.value, filters.label(each)) for each in Distribution]
        self.targets.choices = list(languages)
        return self


class IssuedForm(TrackerForm):
    """An official file as the conference service issued it."""

    kind = SelectField(lazy_gettext("What it is"))
    symbol = StringField(
        lazy_gettext("Symbol"), description=lazy_gettext("As it is printed on the file.")
    )
    language = SelectField(lazy_gettext("Language"))
    issued_on = DayField(
        lazy_gettext("Day on the file"),
        validators=[InputRequired(lazy_gettext("Enter the day that is printed on the file."))],
    )
    file = FileField(
        lazy_gettext("The official file"),
        validators=[FileRequired(lazy_gettext("Choose the file."))],
    )

    def offer(self, languages: Sequence[tuple[str, str]]) -> "IssuedForm":
        """Offer these languages, each by its code and its name."""
        self.kind.choices = [(each.value, filters.label(each)) for each in IssuedKind]
        self.language.choices = list(languages)
        return self


class NotedForm(TrackerForm):
    """Which clause of the session took note of the report."""

    clause_id = SelectField(lazy_gettext("Paragraph that took note of it"), coerce=int)
