"""Forms of the division's sheet: which one, the file that comes back, and its taking."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectMultipleField, StringField

from tracker.web.addresses import whole_number
from tracker.web.forms import TrackerForm


class SheetForm(TrackerForm):
    sheet = FileField(
        lazy_gettext("The sheet that you filled in"),
        description=lazy_gettext("The Word file or workbook that you downloaded here."),
        validators=[FileRequired(lazy_gettext("Choose the sheet that you filled in."))],
    )


class WantedSheetForm(TrackerForm):
    """The sheet of which unit, of which period, as which file."""

    unit_id = HiddenField()
    period_id = HiddenField()
    kind = HiddenField()

    @property
    def wanted(self) -> tuple[int, int]:
        """Return unit and period; 0, which is none, for what is no number."""
        return whole_number(self.unit_id.data or "") or 0, whole_number(
            self.period_id.data or ""
        ) or 0


class TakeSheetForm(TrackerForm):
    """A sheet that was looked at: its file, the mark of what it would do, and what to do of it."""

    kept = HiddenField()
    seal = HiddenField()
    submits = HiddenField()
    leave = SelectMultipleField(validate_choice=False)
    given_by = StringField(
        lazy_gettext("Who gave these answers?"),
        description=lazy_gettext("Needed to submit them: the name, and how the answers came."),
    )

    @property
    def left_alone(self) -> frozenset[int]:
        """Return the numbers of the items that stay as they are on the page."""
        return frozenset(number for text in self.leave.data or () if (number := whole_number(text)))
