"""The form of an activity: what everybody tells of one, and groups that are opened on demand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextArea

from tracker.domain.activities import (
    CATEGORY_OF,
    MEASURE_OF,
    Category,
    Deliverable,
    Modality,
)
from tracker.domain.activity_details import ActivityDetails
from tracker.domain.mandates import Sensitivity
from tracker.web import filters
from tracker.web.activities.country_field import CountryField
from tracker.web.activities.rows import (
    ROWS,
    AttendanceForm,
    DocumentForm,
    FrameworkForm,
    FundForm,
    ModuleForm,
    ParticipantForm,
    QuantityForm,
    RequestForm,
    shown,
    text_field,
)
from tracker.web.choices import label_choices, language_choices
from tracker.web.fields import DayField
from tracker.web.forms import VersionedForm

MORE_ROWS = 3
MOST_ROWS = 60
# Fields that are told together; each group is closed until somebody opens it or something is in it.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "partners": ("participants",),
    "told_apart": ("studied", "hosting", "invited", "taking_part"),
    "attendance": ("attendance",),
    "funds": ("funds",),
    "belonging": ("modality", "sector", "priority_of", "frameworks"),
    "requests": ("requests",),
    "modules": ("modules",),
    "documents": ("documents",),
    "practice": ("is_good_practice", "adopters"),
    "sensitivity": ("sensitivity",),
}


class LinesField(Field):
    """Several short texts, one on each line."""

    widget = TextArea()  # type: ignore[assignment]  # it asks only for _value, which we have

    def _value(self) -> str:
        """Return what stands in the field: the text sent, or the texts below each other."""
        return str(self.raw_data[0]) if self.raw_data else "\n".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the lines that hold anything."""
        lines = (valuelist or [""])[0].splitlines()
        self.data = [line.strip() for line in lines if line.strip()]
        if any(len(line) > 200 for line in self.data):
            raise ValueError(gettext("Enter at most 200 characters on a line."))


class ActivityForm(VersionedForm):
    groups = GROUPS

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
    studied = CountryField(lazy_gettext("Countries studied"))
    hosting = CountryField(lazy_gettext("Host countries"))
    invited = CountryField(lazy_gettext("Countries invited"))
    taking_part = CountryField(lazy_gettext("Countries taking part"))
    attendance = FieldList(
        FormField(AttendanceForm), label=lazy_gettext("Participants"), max_entries=MOST_ROWS
    )
    funds = FieldList(FormField(FundForm), label=lazy_gettext("Funds"), max_entries=MOST_ROWS)
    modality = SelectField(lazy_gettext("Form of cooperation"))
    sector = text_field(lazy_gettext("Sector"))
    priority_of = text_field(lazy_gettext("Whose priority it is"))
    frameworks = FieldList(
        FormField(FrameworkForm),
        label=lazy_gettext("Agreement, process or network"),
        max_entries=MOST_ROWS,
    )
    requests = FieldList(
        FormField(RequestForm),
        label=lazy_gettext("Requests from Governments"),
        max_entries=MOST_ROWS,
    )
    modules = FieldList(FormField(ModuleForm), label=lazy_gettext("Modules"), max_entries=MOST_ROWS)
    documents = FieldList(
        FormField(DocumentForm), label=lazy_gettext("Documents"), max_entries=MOST_ROWS
    )
    is_good_practice = BooleanField(lazy_gettext("It is a good practice"))
    adopters = LinesField(lazy_gettext("Who adopted it"))
    sensitivity = SelectField(lazy_gettext("Sensitivity"))

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
        self.modality.choices = [("", gettext("Not told")), *label_choices(Modality)]
        self.sensitivity.choices = label_choices(Sensitivity)
        return self

    def add_rows(self, name: str) -> None:
        """Add empty rows to one list."""
        if name in ROWS:
            rows = self[name]
            for _ in range(min(MORE_ROWS, MOST_ROWS - len(rows.entries))):
                rows.append_entry()

    @property
    def measure(self) -> str:
        """Return what the quantities count, where the deliverable is chosen already."""
        chosen = self.deliverable.data
        return filters.label(MEASURE_OF[Deliverable(chosen)]) if chosen in set(Deliverable) else ""

    def count_in(self, group: str) -> int:
        """Return how many things are told in a group."""
        return sum(self._count(self[name]) for name in GROUPS[group])

    def has_error_in(self, group: str) -> bool:
        """Tell whether anything in a group has to be corrected."""
        return any(self[name].errors for name in GROUPS[group])

    def row_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each error within a row, and the address of its field."""
        for name in ROWS:
            for entry in self[name].entries:
                for field in entry.form:
                    yield from ((str(error), f"#{field.id}") for error in field.errors)

    def read_details(self) -> ActivityDetails:
        """Return what was entered, after the form was found valid."""
        rows = {
            name: tuple(entry.form.read() for entry in self[name].entries if entry.form.is_told)
            for name in ROWS
        }
        return ActivityDetails(
            deliverable=Deliverable(self.deliverable.data),
            title=self.title.data or "",
            language=self.language.data,
            unit_id=self.unit_id.data,
            starts_on=cast("date", self.starts_on.data),  # the form demands it
            ends_on=self.ends_on.data,
            description=self.description.data or "",
            subprogramme_id=self.subprogramme_id.data or None,
            countries=_codes(self.countries),
            studied=_codes(self.studied),
            hosting=_codes(self.hosting),
            invited=_codes(self.invited),
            taking_part=_codes(self.taking_part),
            modality=Modality(self.modality.data) if self.modality.data else None,
            sector=(self.sector.data or "").strip(),
            priority_of=(self.priority_of.data or "").strip(),
            is_good_practice=self.is_good_practice.data,
            adopters=tuple(self.adopters.data or ()),
            sensitivity=Sensitivity(self.sensitivity.data),
            **rows,
        )

    def _count(self, field: Field) -> int:
        if isinstance(field, FieldList):
            return sum(entry.form.is_told for entry in field.entries)
        if field.name == "sensitivity":
            return int(field.data not in {None, "", Sensitivity.UNCLASSIFIED.value})
        return len(field.data) if isinstance(field.data, list) else int(bool(field.data))


def values_of(details: ActivityDetails, version: int) -> dict[str, object]:
    """Return what the form shows of an activity: its rows, and one more for each list."""
    told = {quantity.year for quantity in details.quantities}
    years = [{"year": year} for year in details.years[-6:] if year not in told]
    quantities = [*shown(details.quantities)[:-1], *years]
    plain = {
        name: getattr(details, name)
        for name in (
            "title", "unit_id", "starts_on", "ends_on", "description", "language", "countries",
            "studied", "hosting", "invited", "taking_part", "sector", "priority_of",
            "is_good_practice", "adopters",
        )
    }  # fmt: skip
    return {
        **plain,
        **{name: shown(getattr(details, name)) for name in ROWS},
        "version": version,
        "deliverable": details.deliverable.value,
        "subprogramme_id": details.subprogramme_id or 0,
        "modality": details.modality.value if details.modality else "",
        "sensitivity": details.sensitivity.value,
        "quantities": [*sorted(quantities, key=lambda row: row["year"]), {}],
    }


def empty_values(today: date, language: str) -> dict[str, object]:
    """Return what the form shows of an activity that is not there yet: this biennium's years."""
    first = today.year - today.year % 2
    return {
        **{name: [{}] for name in ROWS},
        "language": language,
        "quantities": [{"year": first}, {"year": first + 1}, {}],
        "participants": [{}, {}],
        "sensitivity": Sensitivity.UNCLASSIFIED.value,
    }


def _codes(field: CountryField) -> tuple[str, ...]:
    return tuple(sorted(set(field.data or ())))
