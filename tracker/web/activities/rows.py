"""Rows of the form of an activity: one for each year, one for each partner and donor."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, Form, IntegerField, SelectField, StringField
from wtforms.validators import Length
from wtforms.widgets import TextInput

from tracker.domain.activities import PartnerKind, PartnerPart
from tracker.web.addresses import whole_number
from tracker.web.choices import label_choices

_TOO_MUCH = Decimal(10) ** 10  # the column holds ten digits before the point


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


class YearField(IntegerField):
    """A calendar year; nothing entered is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent; raise ValueError with the sentence that people read."""
        text = (valuelist or [""])[0].strip()
        self.data = whole_number(text)
        if text and self.data is None:
            raise ValueError(gettext("This is not a year. Enter four digits, as in 2026."))


class QuantityForm(Form):
    """One calendar year."""

    year = YearField(lazy_gettext("Year"))
    planned = AmountField(lazy_gettext("Planned"))
    actual = AmountField(lazy_gettext("Actual"))


class ParticipantForm(Form):
    """One partner or donor."""

    name = StringField(
        lazy_gettext("Name"),
        validators=[Length(max=200, message=lazy_gettext("Enter at most 200 characters."))],
    )
    kind = SelectField(lazy_gettext("What it is"))
    part = SelectField(lazy_gettext("What it does"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kind.choices = label_choices(PartnerKind)
        self.part.choices = label_choices(PartnerPart)
