"""Rows of the form of an activity: each kind a small form, and the value that it comes to."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    Field,
    Form,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import TextInput

from tracker.domain.activities import (
    DocumentKind,
    FrameworkKind,
    FundSource,
    PartnerKind,
    PartnerPart,
)
from tracker.domain.activity_details import Participant, YearQuantity
from tracker.domain.activity_parts import (
    LONGEST_ADDRESS,
    ActivityDocument,
    Attendance,
    Framework,
    Fund,
    GovernmentRequest,
    Module,
)
from tracker.web.activities.country_field import OneCountryField
from tracker.web.addresses import whole_number
from tracker.web.choices import label_choices
from tracker.web.fields import DayField

_TOO_MUCH = Decimal(10) ** 12  # beyond every column that holds an amount


class AmountField(Field):
    """A quantity, with a point or a comma before its decimals; nothing entered is None."""

    widget = TextInput()

    def _value(self) -> str:
        """Return what stands in the field: the text sent, or the amount without idle zeros."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; raise ValueError with the sentence that people read."""
        text = "".join((valuelist or [""])[0].split()).replace(",", ".")
        self.data = None
        if text:
            self.data = _amount(text)


def _amount(text: str) -> Decimal:
    refusal = gettext("This is not a number. Enter digits, as in 12.")
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(refusal) from error
    if not amount.is_finite() or abs(amount) >= _TOO_MUCH:
        raise ValueError(refusal)
    return amount


class WholeNumberField(IntegerField):
    """A whole number; nothing entered is None."""

    refusal = lazy_gettext("This is not a whole number. Enter digits, as in 12.")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; raise ValueError with the sentence that people read."""
        text = (valuelist or [""])[0].strip()
        self.data = whole_number(text)
        if text and self.data is None:
            raise ValueError(str(self.refusal))


class YearField(WholeNumberField):
    """A calendar year; nothing entered is None."""

    refusal = lazy_gettext("This is not a year. Enter four digits, as in 2026.")


class ChoiceField(SelectField):
    """A member of a closed set."""

    def __init__(self, label: Any, members: type[StrEnum], **named: Any) -> None:
        super().__init__(label, choices=lambda: label_choices(members), **named)
        self.members = members


def text_field(label: Any, longest: int = 200) -> StringField:
    """Return a field for a line of at most so many characters."""
    message = lazy_gettext("Enter at most %(max)d characters.")
    return StringField(label, validators=[Length(max=longest, message=message)])


class RowForm(Form):
    """One row: the value that it makes, what makes it count, and what it must not lack.

    The fields are called as those of the value.
    """

    makes: ClassVar[type[Any]]
    content: ClassVar[tuple[str, ...]]
    demanded: ClassVar[Mapping[str, Any]] = {}

    @property
    def is_told(self) -> bool:
        """Tell whether anything was entered that makes the row count."""
        return any(not _is_blank(self[name]) for name in self.content)

    def read(self) -> Any:
        """Return the value that the row makes."""
        return self.makes(**{field.name: _read(self[field.name]) for field in fields(self.makes)})

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that nothing is lacking in a row that counts."""
        is_valid = super().validate(extra_validators)
        for name, sentence in self.demanded.items() if self.is_told else ():
            if _is_blank(self[name]):
                self[name].errors = [*self[name].errors, str(sentence)]
                is_valid = False
        return is_valid


def _is_blank(field: Field) -> bool:
    """Tell whether nothing was entered; what was entered and is wrong is something."""
    told = field.data
    return not field.errors and (told is None or (isinstance(told, str) and not told.strip()))


def _read(field: Field) -> Any:
    if isinstance(field, ChoiceField):
        return field.members(field.data)
    return field.data.strip() if isinstance(field.data, str) else field.data


class QuantityForm(RowForm):
    """One calendar year."""

    makes = YearQuantity
    content = ("planned", "actual")
    demanded: ClassVar[Mapping[str, Any]] = {
        "year": lazy_gettext("Enter the year of this quantity.")
    }
    year = YearField(lazy_gettext("Year"))
    planned = AmountField(lazy_gettext("Planned"))
    actual = AmountField(lazy_gettext("Actual"))


class ParticipantForm(RowForm):
    """One partner or donor."""

    makes = Participant
    content = ("name",)
    name = text_field(lazy_gettext("Name"))
    kind = ChoiceField(lazy_gettext("What it is"), PartnerKind)
    part = ChoiceField(lazy_gettext("What it does"), PartnerPart)


class AttendanceForm(RowForm):
    """Those who took part, from one institution or country."""

    makes = Attendance
    content = ("count", "institution", "country")
    demanded: ClassVar[Mapping[str, Any]] = {
        "count": lazy_gettext("Enter how many people took part.")
    }
    count = WholeNumberField(lazy_gettext("How many"))
    is_at_least = BooleanField(lazy_gettext("At least"))
    institution = text_field(lazy_gettext("Institution"))
    country = OneCountryField(lazy_gettext("Country"))


class FundForm(RowForm):
    """Money from one source."""

    makes = Fund
    content = ("donor", "budget", "expenditure")
    source = ChoiceField(lazy_gettext("Source of funds"), FundSource)
    donor = text_field(lazy_gettext("Donor"))
    budget = AmountField(lazy_gettext("Budget"))
    expenditure = AmountField(lazy_gettext("Expenditure"))


class DocumentForm(RowForm):
    """One document, or an instrument to which the activity led."""

    makes = ActivityDocument
    content = ("title", "symbol", "address")
    demanded: ClassVar[Mapping[str, Any]] = {
        "title": lazy_gettext("Enter the title of the document.")
    }
    title = text_field(lazy_gettext("Title"), 400)
    kind = ChoiceField(lazy_gettext("What it is"), DocumentKind)
    symbol = text_field(lazy_gettext("Symbol"), 80)
    address = text_field(lazy_gettext("Web address"), LONGEST_ADDRESS)


class ModuleForm(RowForm):
    """A part of a project."""

    makes = Module
    content = ("title", "results")
    demanded: ClassVar[Mapping[str, Any]] = {
        "title": lazy_gettext("Enter the title of the module.")
    }
    title = text_field(lazy_gettext("Title"), 400)
    results = TextAreaField(lazy_gettext("Results"))


class RequestForm(RowForm):
    """What one Government asked for."""

    makes = GovernmentRequest
    content = ("requested_on", "country", "request", "response")
    demanded: ClassVar[Mapping[str, Any]] = {
        "requested_on": lazy_gettext("Enter the date of the request."),
        "country": lazy_gettext("Enter the country whose Government asked."),
    }
    requested_on = DayField(lazy_gettext("Date"), validators=[Optional()])
    country = OneCountryField(lazy_gettext("Government of"))
    request = TextAreaField(lazy_gettext("What it asked for"))
    response = TextAreaField(lazy_gettext("What it was answered"))


class FrameworkForm(RowForm):
    """An agreement, a process or a network."""

    makes = Framework
    content = ("name",)
    kind = ChoiceField(lazy_gettext("What it is"), FrameworkKind)
    name = text_field(lazy_gettext("Name"))


ROWS: Mapping[str, type[RowForm]] = {
    "quantities": QuantityForm,
    "participants": ParticipantForm,
    "attendance": AttendanceForm,
    "funds": FundForm,
    "documents": DocumentForm,
    "modules": ModuleForm,
    "requests": RequestForm,
    "frameworks": FrameworkForm,
}


def shown(values: Any) -> list[dict[str, Any]]:
    """Return what the form shows of values: a row each, and an empty one."""
    return [*(asdict(value) for value in values), {}]
