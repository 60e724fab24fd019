"""What all forms share: the CSRF token, the version of what is edited, and refusals at fields."""

from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.i18n import messages_path

from tracker.domain.errors import Invalid, Refused
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.texts import writable


@cache
def _words_of_wtforms(language: str) -> Translations | NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")


class TrackerForm(FlaskForm):
    """A form of this site."""

    class Meta(FlaskForm.Meta):
        """How the form takes what was sent."""

        def get_translations(self, form: FlaskForm) -> Translations | NullTranslations:
            """Return the words of WTForms, read once for all requests in a language."""
            return _words_of_wtforms(filters.language())

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Take what was sent without the characters that can be written nowhere."""
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            pairs = [(name, value) for name in sent for value in sent.getlist(name)]
            return MultiDict(
                (name, writable(value) if isinstance(value, str) else value)
                for name, value in pairs
            )

    def refuse(self, refusal: Refused, *, at: str | None = None) -> None:
        """Show ``refusal`` at the field ``at``, else at its own, else above the form."""
        sentence = filters.said(refusal)
        name = at or (refusal.field if isinstance(refusal, Invalid) else None)
        field = getattr(self, name, None) if name else None
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


class VersionedForm(TrackerForm):
    """A form that edits a row: ``version`` is the one the person saw."""

    version = HiddenField(default="0")

    @property
    def seen_version(self) -> int:
        """Return the version that the person saw; 0 when it is missing, which is always stale."""
        return whole_number(self.version.data or "") or 0
