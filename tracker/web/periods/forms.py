"""The form that opens a reporting period."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.names import Named
from tracker.queries.periods import SessionChoice
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.shown_names import named


class PeriodForm(TrackerForm):
    """The dates of a period and the session that it reports to."""

    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(lazy_gettext("Last day"))
    due_on = DayField(
        lazy_gettext("Reports are due on"),
        description=lazy_gettext(
            "A mandate with a due date of its own within the period keeps that one."
        ),
    )
    slot_on = DayField(
        lazy_gettext("Slot"),
        description=lazy_gettext(
            "The day by which the document must reach the conference service. Can stay empty."
        ),
    )
    body_session_id = SelectField(lazy_gettext("Session it reports to"))
    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext(
            "Leave it empty to call the period by its years, as 2024\u20112025."
        ),
    )

    def __init__(self, sessions: Sequence[SessionChoice]) -> None:
        """Offer the sessions of all bodies."""
        super().__init__()
        self.body_session_id.choices = [
            ("", gettext("None yet")),
            *(
                (
                    str(choice.id),
                    f"{named(Named.BODY, choice.body)}: {named(Named.SESSION, choice.name)}",
                )
                for choice in sessions
            ),
        ]

    def validate_starts_on(self, field: DayField) -> None:
        """Ask for the first day."""
        _demand(field, gettext("Enter the first day of the period."))

    def validate_ends_on(self, field: DayField) -> None:
        """Ask for the last day."""
        _demand(field, gettext("Enter the last day of the period."))

    def validate_due_on(self, field: DayField) -> None:
        """Ask for the due date."""
        _demand(field, gettext("Enter the date the reports are due."))


class ReopeningForm(VersionedForm):
    """Why a closed period is opened again."""

    reason = TextAreaField(
        lazy_gettext("Why is it opened again?"),
        description=lazy_gettext("Such as: two divisions sent their texts after the date."),
    )


def _demand(field: DayField, sentence: str) -> None:
    if field.data is None and not field.process_errors:
        raise ValidationError(sentence)
