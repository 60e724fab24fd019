"""The forms that open a reporting period, move its days and open it again."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.names import Named
from tracker.domain.period_plan import PeriodPlan, PlanStep
from tracker.queries.periods import SessionChoice
from tracker.web.fields import DayField
from tracker.web.forms import VersionedForm
from tracker.web.shown_names import named


class PlanForm(VersionedForm):
    """The days of a period."""

    slot_on = DayField(
        lazy_gettext("Slot"),
        description=lazy_gettext(
            "The day by which the document must reach the conference service. Can stay empty."
        ),
    )
    call_on = DayField(
        lazy_gettext("Call for inputs"),
        description=lazy_gettext("Nobody is written to before. Empty: as soon as it is open."),
    )
    due_on = DayField(
        lazy_gettext("Reports are due on"),
        description=lazy_gettext(
            "A mandate with a due date of its own within the period keeps that one."
        ),
    )
    clearance_on = DayField(
        lazy_gettext("Texts are cleared by"),
        description=lazy_gettext(
            "By then managers have cleared what their units wrote, also at a second level."
        ),
    )
    front_office_on = DayField(
        lazy_gettext("Document with the front office by"),
        description=lazy_gettext("The days from here to the slot are theirs."),
    )

    station_id = SelectField(
        lazy_gettext("Whose holidays count"),
        default="",
        description=lazy_gettext("They are passed over when the days are counted back."),
    )

    stations: Mapping[str, str] = MappingProxyType({})

    def offer_stations(self, stations: Mapping[str, str], seat: str) -> None:
        """Offer duty stations, names by key; who has not chosen yet has the seat."""
        self.stations = stations
        none = ("", gettext("None: weekends alone are passed over"))
        self.station_id.choices = [none, *stations.items()]
        if not self.station_id.raw_data:
            self.station_id.data = seat

    def validate_due_on(self, field: DayField) -> None:
        """Ask for the due date."""
        _demand(field, gettext("Enter the date the reports are due."))

    @property
    def plan(self) -> PeriodPlan:
        """Return the days as they stand in the form, which demands the one that must be there."""
        return PeriodPlan(**{step.value: self[step.value].data for step in PlanStep})

    def show(self, plan: PeriodPlan) -> None:
        """Write the days of a plan into the fields."""
        for step in PlanStep:
            field = cast("DayField", self[step.value])
            field.data, field.raw_data = plan.on(step), None


class PeriodForm(PlanForm):
    """The dates of a period and the session that it reports to."""

    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(lazy_gettext("Last day"))
    body_session_id = SelectField(lazy_gettext("Session it reports to"), default="")
    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext(
            "Leave it empty to call the period by its years, as 2024\u20112025."
        ),
    )
    seen = HiddenField()

    def __init__(
        self, sessions: Sequence[SessionChoice], sent: Mapping[str, str] | None = None
    ) -> None:
        """Offer the sessions of all bodies; ``sent`` is what stands in an address."""
        if sent is None:
            super().__init__()
        else:
            super().__init__(formdata=MultiDict(sent), meta={"csrf": False})
        self.sessions = {str(choice.id): choice for choice in sessions}
        self.body_session_id.choices = [
            ("", gettext("None yet")),
            *(
                (
                    key,
                    f"{named(Named.BODY, choice.body)}: {named(Named.SESSION, choice.name)}",
                )
                for key, choice in self.sessions.items()
            ),
        ]

    def validate_starts_on(self, field: DayField) -> None:
        """Ask for the first day."""
        _demand(field, gettext("Enter the first day of the period."))

    def validate_ends_on(self, field: DayField) -> None:
        """Ask for the last day."""
        _demand(field, gettext("Enter the last day of the period."))

    @property
    def session(self) -> SessionChoice | None:
        """Return the session that is chosen."""
        return self.sessions.get(self.body_session_id.data or "")

    @property
    def values(self) -> dict[str, str]:
        """Return what the form says, as it stands in an address."""
        return {
            field.name: str(field.data or "")
            for field in self
            if (field.data or field.name == "station_id")
            and field.name not in {"csrf_token", "seen", "version"}
        }


class MoveForm(PlanForm):
    """Other days of an open period, and why."""

    reason = TextAreaField(
        lazy_gettext("Why do the days move?"),
        description=lazy_gettext("It stays in the history, and with each report that moves."),
    )


class ReopeningForm(VersionedForm):
    """Why a closed period is opened again."""

    reason = TextAreaField(
        lazy_gettext("Why is it opened again?"),
        description=lazy_gettext("Such as: two divisions sent their texts after the date."),
    )


def _demand(field: DayField, sentence: str) -> None:
    if field.data is None and not field.process_errors:
        raise ValidationError(sentence)
