"""Fields that several forms use, with messages that say what to enter."""

from flask_babel import gettext
from wtforms import DateField

# Beyond these a day is a slip of the keys, and near the ends of the calendar it has no next day.
YEARS = range(1900, 2200)


class DayField(DateField):
    """A day; nothing entered is None, anything that is no day is refused with an example."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; raise ValueError with the sentence that people read."""
        if not any(text.strip() for text in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_no_day()) from error
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(_no_day())


def _no_day() -> str:
    return gettext("This is not a date. Enter day, month and year, as in 2026-06-30.")
