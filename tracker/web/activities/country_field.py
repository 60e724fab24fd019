"""Fields in which people name countries, in any language: several, one on each line, or one."""

import re

from wtforms import Field
from wtforms.widgets import TextArea, TextInput

from tracker.domain.activity_details import country_code
from tracker.domain.countries import country_names
from tracker.domain.errors import Invalid
from tracker.web import filters

MOST_ERRORS = 10  # the first ones; further ones are told when these are mended
# Pages and reports part countries by semicolons, and people copy from them.
_BETWEEN = re.compile(r"[;\n\r]+")


class CountryField(Field):
    """Countries by their codes, shown and entered as names; each unknown name is an error."""

    widget = TextArea()  # type: ignore[assignment]  # it asks only for _value, which we have

    def _value(self) -> str:
        """Return what stands in the field: the text sent, or the names in the reader's language."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(country_names(self.data or (), filters.language()))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent, and note one error for each text that names no country."""
        codes: list[str] = []
        for written in filter(str.strip, _BETWEEN.split((valuelist or [""])[0])):
            try:
                codes.append(country_code(written))
            except Invalid as refusal:
                sentence = filters.said(refusal)
                self.process_errors = [*self.process_errors, sentence]
                if len(self.process_errors) == MOST_ERRORS:
                    break
        self.data = codes


class OneCountryField(CountryField):
    """One country by its code, shown and entered as its name; nothing entered is None."""

    widget = TextInput()  # type: ignore[assignment]  # as above

    def _value(self) -> str:
        """Return what stands in the field: the text sent, or the name in the reader's language."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "".join(country_names((self.data,) if self.data else (), filters.language()))

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent, and note an error where it names no country."""
        super().process_formdata(valuelist)
        self.data = self.data[0] if self.data else None
