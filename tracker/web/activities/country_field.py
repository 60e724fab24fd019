"""The field in which people name countries: one on each line, in any language."""

import re

from wtforms import Field
from wtforms.widgets import TextArea

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
