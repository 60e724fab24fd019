"""Forms of the set-up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput

from tracker.auth.passwords import MINIMUM_LENGTH
from tracker.models.people import UnitKind
from tracker.services.setup import NewUnit
from tracker.web import filters
from tracker.web.admin.forms import UNIT_KINDS
from tracker.web.choices import Choices, language_choices, time_zone_choices
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.rehearsals import RehearsedForm

UNIT_ROWS = 5
NAME_IN = "name_"  # and the code of a language
_TOO_LONG = lazy_gettext("Enter at most %(max)d characters.")


class FirstAdministratorForm(TrackerForm):
    name = StringField(
        lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Enter your name."))]
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[InputRequired(lazy_gettext("Enter your e-mail address."))],
    )
    password = PasswordField(
        lazy_gettext("Password"),
        description=lazy_gettext(
            "At least %(length)s characters. Three or four words that nobody would put together "
            "are easy to remember and hard to guess.",
            length=MINIMUM_LENGTH,
        ),
        validators=[InputRequired(lazy_gettext("Enter a password."))],
    )
    language = SelectField(lazy_gettext("Language of pages and mails"))
    time_zone = SelectField(lazy_gettext("Time zone"))
    is_coordinator = BooleanField(
        lazy_gettext("I am the coordinator too"),
        description=lazy_gettext(
            "The coordinator confirms mandates, assigns them and opens the reporting period."
        ),
        default=True,
    )

    def offer(self, zone: str) -> "FirstAdministratorForm":
        """Offer the languages of the site and all time zones; ``zone`` is the site's own."""
        self.language.choices = language_choices()
        self.time_zone.choices = time_zone_choices(zone)
        return self


class EntityForm(VersionedForm):
    name = StringField(
        lazy_gettext("Name of the entity"),
        description=lazy_gettext(
            "The organization that runs this tracker, as documents print it: for example "
            "Secretariat of the Commission."
        ),
        validators=[InputRequired(lazy_gettext("Enter the name of the entity."))],
    )
    aliases = TextAreaField(
        lazy_gettext("Names under which texts ask for it"),
        description=lazy_gettext(
            "One a line, as resolutions write them: for example the Executive Secretary, the "
            "secretariat, the regional commissions. A clause addressed to one of them is proposed "
            "as ours."
        ),
    )

    @property
    def names(self) -> Mapping[str, StringField]:
        """Return the fields of the names in further languages, by their codes."""
        found = {field.name: field for field in self}
        return {
            name.removeprefix(NAME_IN): field
            for name, field in found.items()
            if name.startswith(NAME_IN)
        }


def entity_form(languages: Sequence[str]) -> EntityForm:
    """Return the form with a field for the name in each language but the main one."""
    fields = {
        f"{NAME_IN}{code}": StringField(
            gettext("Name in %(language)s (optional)", language=filters.language_name(code))
        )
        for code in languages[1:]
    }
    form = type("EntityFormInLanguages", (EntityForm,), fields)()
    assert isinstance(form, EntityForm)  # noqa: S101 - made here
    return form


class LanguagesForm(VersionedForm):
    main_language = SelectField(
        lazy_gettext("Main language"),
        description=lazy_gettext("Of people who have chosen none, and of new names."),
    )
    languages = SelectMultipleField(
        lazy_gettext("Languages of pages and mails"), option_widget=CheckboxInput()
    )

    def offer(self, choices: Choices) -> "LanguagesForm":
        """Offer these languages, as codes with names."""
        self.main_language.choices = choices
        self.languages.choices = choices
        return self

    def chosen(self) -> list[str]:
        """Return the codes, the main language first."""
        return [
            self.main_language.data,
            *(code for code in self.languages.data or () if code != self.main_language.data),
        ]


class SessionForm(TrackerForm):
    body = StringField(
        lazy_gettext("Body"),
        description=lazy_gettext("The organ that adopts resolutions, for example the Commission."),
        validators=[
            InputRequired(lazy_gettext("Enter the name of the body.")),
            Length(max=200, message=_TOO_LONG),
        ],
    )
    key = StringField(
        lazy_gettext("Short name (optional)"),
        description=lazy_gettext(
            "As it stands in addresses of pages. Letters from a to z, digits and hyphens; made "
            "from the name if you leave it empty."
        ),
    )
    number = IntegerField(
        lazy_gettext("Number of the session"),
        description=lazy_gettext("In digits: 24 for the twenty-fourth session."),
        validators=[
            InputRequired(lazy_gettext("Enter the number of the session in digits.")),
            NumberRange(1, 9999, lazy_gettext("Enter a number between 1 and 9999.")),
        ],
    )
    place = StringField(
        lazy_gettext("Place (optional)"), validators=[Length(max=200, message=_TOO_LONG)]
    )
    opens_on = DayField(
        lazy_gettext("Opens on"),
        validators=[InputRequired(lazy_gettext("Enter the day on which the session opens."))],
    )
    closes_on = DayField(
        lazy_gettext("Closes on"),
        validators=[InputRequired(lazy_gettext("Enter the day on which the session closes."))],
    )
    slot_on = DayField(
        lazy_gettext("Slot (optional)"),
        description=lazy_gettext(
            "The day by which your document must reach the conference service. Left empty, it is "
            "counted as ten weeks before the session."
        ),
    )


class UnitRow(Form):
    """One unit."""

    name = StringField(lazy_gettext("Name"))
    key = StringField(lazy_gettext("Short name (optional)"))
    kind = SelectField(lazy_gettext("What it is"))
    # Proposed by a list that all rows share: one list a row weighs 15 kB.
    time_zone = StringField(lazy_gettext("Time zone"), render_kw={"list": "time-zones"})


class UnitsForm(TrackerForm):
    units = FieldList(FormField(UnitRow), min_entries=UNIT_ROWS, max_entries=40)

    def offer(self) -> "UnitsForm":
        """Offer kinds in each row."""
        for entry in self.units.entries:
            entry.form.kind.choices = [(kind.value, words) for kind, words in UNIT_KINDS.items()]
        return self

    def filled_rows(self) -> list[tuple[int, NewUnit]]:
        """Return the rows in which something is entered, each with its place in the form."""
        return [
            (
                place,
                NewUnit(
                    key=row["key"] or "",
                    name=row["name"] or "",
                    kind=UnitKind(row["kind"]),
                    time_zone=(row["time_zone"] or "").strip(),
                ),
            )
            for place, row in enumerate(self.units.data)
            if (row["name"] or "").strip() or (row["key"] or "").strip()
        ]

    def refuse_row(self, place: int, field: str, sentence: str) -> None:
        """Show a sentence at the field of the row at ``place``."""
        found = self.units.entries[place].form[field]
        found.errors = [*found.errors, sentence]

    def row_errors(self) -> Iterator[tuple[str, str]]:
        """Yield each error within a row, and the address of its field."""
        for entry in self.units.entries:
            for field in entry.form:
                yield from ((str(error), f"#{field.id}") for error in field.errors)


class PeopleForm(TrackerForm):
    people = FileField(
        lazy_gettext("List of people"),
        description=lazy_gettext("A CSV file in UTF-8, one person a row, 500 at most."),
        validators=[FileRequired(lazy_gettext("Choose the file with the list of people."))],
    )


class RehearsedPeopleForm(RehearsedForm):
    sends_invitations = BooleanField(lazy_gettext("Send the invitations now"))


class BackupForm(VersionedForm):
    words = TextAreaField(
        lazy_gettext("How backups are made"),
        description=lazy_gettext(
            "Who makes them, how often, where they are, and when one was last restored to try it."
        ),
        validators=[
            InputRequired(lazy_gettext("Say who makes the backups, how often, and where they are."))
        ],
    )


def unit_rows(zone: str) -> list[dict[str, Any]]:
    """Return empty rows for units in the time zone of the site."""
    row = {"name": "", "key": "", "kind": UnitKind.DIVISION.value, "time_zone": zone}
    return [row] * UNIT_ROWS


def lines_of(text: str | None) -> list[str]:
    """Return the lines of a long field, without empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def missing_choice() -> str:
    """Return what is said where units are to be added and no row is filled in."""
    return gettext("Fill in at least one row, or skip this step.")
