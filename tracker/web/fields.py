"""Fields that several forms use, with messages that say what to enter."""

from flask_babel import gettext
from wtforms import DateField


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
            raise ValueError(
                gettext("This is not a date. Enter day, month and year, as in 2026-06-30.")
            ) from error
