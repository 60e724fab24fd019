"""What is asked before an edition is made."""

from collections.abc import Collection, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from tracker.web.addresses import whole_number
from tracker.web.forms import TrackerForm


class EditionForm(TrackerForm):
    """Language, document symbol, and whether the document says how many have no information."""

    language = SelectField(lazy_gettext("Language"))
    document_symbol = StringField(
        lazy_gettext("Document symbol"),
        description=lazy_gettext("As given by the documents unit. Leave it empty for a draft."),
        validators=[Length(max=80, message=lazy_gettext("Enter at most 80 characters."))],
    )
    names_missing = BooleanField(
        lazy_gettext("Say how many mandates have no information"),
        description=lazy_gettext("One neutral sentence in the overview. They are not named."),
    )

    def __init__(self, languages: Sequence[tuple[str, str]], **values: object) -> None:
        """Offer these languages, each by its code and its name."""
        super().__init__(data=values)
        self.language.choices = list(languages)


class FinalEditionForm(EditionForm):
    """The same, and the decision on the mandates without a cleared text, which were shown."""

    seen = HiddenField()
    leaves_out = BooleanField()

    def __init__(
        self, languages: Sequence[tuple[str, str]], *, missing: Collection[int], symbol: str
    ) -> None:
        """Ask for a decision on the reports ``missing``; begin with the symbol, if there is one."""
        super().__init__(languages, document_symbol=symbol)
        self.missing = frozenset(missing)
        self.leaves_out.label.text = ngettext(
            "Make the final edition without this %(num)s mandate",
            "Make the final edition without these %(num)s mandates",
            len(self.missing),
        )

    def validate_leaves_out(self, field: BooleanField) -> None:
        """Refuse to leave out what nobody was shown, or decided to leave out."""
        seen = {whole_number(part) for part in (self.seen.data or "").split("-")}
        if not self.missing <= seen:
            field.data = False
            raise ValidationError(
                gettext(
                    "Since you opened this page, further mandates have come to be without a "
                    "cleared text. Look at the list again and decide."
                )
            )
        if self.missing and not field.data:
            raise ValidationError(
                gettext(
                    "Tick this if the final edition is to be made without these mandates. If it "
                    "is to wait for their texts, go back to the report."
                )
            )


class WordingForm(TrackerForm):
    """The wording of a passage, and what was seen: the newest wording, and what is composed."""

    text = TextAreaField(
        lazy_gettext("Your wording"),
        description=lazy_gettext("A line becomes a paragraph of its own, in a list an item."),
    )
    seen_id = HiddenField()
    composed = HiddenField()
    act = HiddenField()

    def __init__(self, **values: object) -> None:
        """Begin with the text that is printed now."""
        super().__init__(data=values)

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse an empty wording: leaving a passage out has a button of its own."""
        if not self.act.data and not (field.data or "").strip():
            raise ValidationError(
                gettext(
                    "Write a wording. If the passage is to be left out, press the button below."
                )
            )


class CopyForm(TrackerForm):
    """A working copy of the report that was edited in Word."""

    copy = FileField(
        lazy_gettext("The edited Word file"),
        description=lazy_gettext(
            "A draft that was downloaded here, with or without tracked changes."
        ),
        validators=[FileRequired(lazy_gettext("Choose the Word file that was edited."))],
    )


class TakeCopyForm(TrackerForm):
    """An edited copy that was looked at: its file, and the mark of what it would change."""

    kept = HiddenField()
    seal = HiddenField()
