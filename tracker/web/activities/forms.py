"""Forms of activities: everything about one, and how one carries out a mandate."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import (
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.activities import (
    CATEGORY_OF,
    MEASURE_OF,
    Category,
    Deliverable,
    PartnerKind,
    PartnerPart,
)
from tracker.domain.activity_details import ActivityDetails, Participant, YearQuantity
from tracker.web import filters
from tracker.web.activities.country_field import CountryField
from tracker.web.activities.rows import ParticipantForm, QuantityForm
from tracker.web.addresses import row_id
from tracker.web.choices import language_choices
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm

MORE_ROWS = 3
MOST_ROWS = 60


class ActivityForm(VersionedForm):
    title = StringField(
        lazy_gettext("Title"),
        validators=[
            InputRequired(lazy_gettext("Enter the title of the activity.")),
            Length(max=400, message=lazy_gettext("Enter at most 400 characters.")),
        ],
    )
    deliverable = SelectField(
        lazy_gettext("What sort of deliverable it is"),
        description=lazy_gettext("As in the programme budget; it decides what quantities count."),
        validators=[InputRequired(lazy_gettext("Choose what sort of deliverable it is."))],
    )
    unit_id = SelectField(lazy_gettext("Unit"), coerce=int)
    subprogramme_id = SelectField(lazy_gettext("Subprogramme"), coerce=int)
    starts_on = DayField(
        lazy_gettext("Starts on"),
        validators=[InputRequired(lazy_gettext("Enter the day on which the activity starts."))],
    )
    ends_on = DayField(
        lazy_gettext("Ends on"),
        description=lazy_gettext("Leave it empty when the activity takes one day."),
        validators=[Optional()],
    )
    description = TextAreaField(
        lazy_gettext("Description"),
        description=lazy_gettext("What is done, for whom, with what result. The report uses it."),
    )
    language = SelectField(lazy_gettext("Language of title and description"))
    quantities = FieldList(
        FormField(QuantityForm), label=lazy_gettext("Quantities"), max_entries=MOST_ROWS
    )
    countries = CountryField(
        lazy_gettext("Countries"),
        description=lazy_gettext("One on each line, as the United Nations names it."),
    )
    participants = FieldList(
        FormField(ParticipantForm), label=lazy_gettext("Partners and donors"), max_entries=MOST_ROWS
    )

    def offer(
        self, *, units: Sequence[tuple[str, str]], subprogrammes: Sequence[tuple[int, str]]
    ) -> "ActivityForm":
        """Offer what the house has to choose from."""
        self.deliverable.choices = {gettext("Not chosen yet"): [("", gettext("Choose one"))]} | {
            filters.label(category): [
                (kind.value, f"{filters.label(kind)} ({filters.label(MEASURE_OF[kind])})")
                for kind in Deliverable
                if CATEGORY_OF[kind] is category
            ]
            for category in Category
        }
        self.unit_id.choices = [(int(unit_id), name) for unit_id, name in units]
        self.subprogramme_id.choices = [(0, gettext("None")), *subprogrammes]
        self.language.choices = language_choices()
        return self

    def add_rows(self) -> None:
        """Add empty rows for further years, partners and donors."""
        for rows in (self.quantities, self.participants):
            for _ in range(min(MORE_ROWS, MOST_ROWS - len(rows.entries))):
                rows.append_entry()

    @property
    def measure(self) -> str:
        """Return what the quantities count, where the deliverable is chosen already."""
        chosen = self.deliverable.data
        return filters.label(MEASURE_OF[Deliverable(chosen)]) if chosen in set(Deliverable) else ""

    def row_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each error within a row, and the address of its field."""
        for rows in (self.quantities, self.participants):
            for entry in rows.entries:
                for field in entry.form:
                    yield from ((str(error), f"#{field.id}") for error in field.errors)

    def read_details(self) -> ActivityDetails:
        """Return what was entered, after the form was found valid."""
        return ActivityDetails(
            deliverable=Deliverable(self.deliverable.data),
            title=self.title.data or "",
            language=self.language.data,
            unit_id=self.unit_id.data,
            starts_on=cast("date", self.starts_on.data),  # the form demands it
            ends_on=self.ends_on.data,
            description=self.description.data or "",
            subprogramme_id=self.subprogramme_id.data or None,
            quantities=tuple(
                YearQuantity(row["year"], row["planned"], row["actual"])
                for row in self.quantities.data
                if row["planned"] is not None or row["actual"] is not None
            ),
            countries=tuple(sorted(set(self.countries.data or ()))),
            participants=tuple(
                Participant(row["name"], PartnerKind(row["kind"]), PartnerPart(row["part"]))
                for row in self.participants.data
                if (row["name"] or "").strip()
            ),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that each quantity has its year."""
        is_valid = super().validate(extra_validators)
        for entry in self.quantities.entries:
            row = entry.form
            if row.year.data is None and {row.planned.data, row.actual.data} != {None}:
                row.year.errors = [*row.year.errors, gettext("Enter the year of this quantity.")]
                is_valid = False
        return is_valid


class MandateLinkForm(TrackerForm):
    mandate_id = RadioField(
        lazy_gettext("Mandate"),
        coerce=row_id,
        validate_choice=False,
        validators=[
            InputRequired(lazy_gettext("Choose the mandate that the activity carries out."))
        ],
    )
    contribution = TextAreaField(
        lazy_gettext("How the activity contributes"),
        description=lazy_gettext("One or two sentences; they stand beside the mandate."),
    )


class ActivityLinkForm(TrackerForm):
    activity_id = RadioField(
        lazy_gettext("Activity"),
        coerce=row_id,
        validate_choice=False,
        validators=[
            InputRequired(lazy_gettext("Choose the activity that carries the mandate out."))
        ],
    )
    contribution = TextAreaField(
        lazy_gettext("How the activity contributes"),
        description=lazy_gettext("One or two sentences; they stand beside the mandate."),
    )


def values_of(details: ActivityDetails, version: int) -> dict[str, object]:
    """Return what the form shows of an activity: its rows, and one more for each list."""
    told = {quantity.year: quantity for quantity in details.quantities}
    years = sorted({*told, *details.years[-6:]})
    return {
        "version": version,
        "title": details.title,
        "deliverable": details.deliverable.value,
        "unit_id": details.unit_id,
        "subprogramme_id": details.subprogramme_id or 0,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "description": details.description,
        "language": details.language,
        "quantities": [
            {
                "year": year,
                "planned": told[year].planned if year in told else None,
                "actual": told[year].actual if year in told else None,
            }
            for year in years
        ]
        + [{}],
        "countries": list(details.countries),
        "participants": [
            {"name": each.name, "kind": each.kind.value, "part": each.part.value}
            for each in details.participants
        ]
        + [{}],
    }


def empty_values(today: date, language: str) -> dict[str, object]:
    """Return what the form shows of an activity that is not there yet: this biennium's years."""
    first = today.year - today.year % 2
    return {
        "language": language,
        "quantities": [{"year": first}, {"year": first + 1}, {}],
        "participants": [{}, {}],
    }
