"""The form with the name of one thing, a field for each further language."""

from collections.abc import Mapping, Sequence

from flask import request
from flask_babel import gettext
from wtforms import StringField
from wtforms.validators import Length

from tracker.queries.names import NamedRow
from tracker.services.names import LONGEST_NAME
from tracker.web import filters
from tracker.web.forms import TrackerForm

SEEN = "seen_"


def names_form(row: NamedRow, languages: Sequence[str]) -> TrackerForm:
    """Return the form for the languages of the house that are not the original's."""
    too_long = gettext(
        "The name has more than %(length)s characters. Enter a shorter one.", length=LONGEST_NAME
    )
    fields = {
        language: StringField(
            filters.language_name(language).capitalize(),
            default=row.others[language].text if language in row.others else "",
            validators=[Length(max=LONGEST_NAME, message=too_long)],
        )
        for language in languages
        if language != row.language
    }
    form = type("NamesForm", (TrackerForm,), fields)()
    assert isinstance(form, TrackerForm)  # noqa: S101 - made here
    return form


def texts_of(form: TrackerForm) -> Mapping[str, str]:
    """Return what was entered, by language."""
    return {field.name: field.data or "" for field in named_fields(form)}


def seen_names() -> Mapping[str, str]:
    """Return the names that the person saw when the form was opened, by language."""
    sent = request.form.items()
    return {name.removeprefix(SEEN): text for name, text in sent if name.startswith(SEEN)}


def named_fields(form: TrackerForm) -> list[StringField]:
    """Return the fields of the names, in the order of the languages."""
    return [field for field in form if type(field) is StringField]
