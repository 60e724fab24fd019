"""What is asked before an edition is made."""

from collections.abc import Collection, Sequence

from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from tracker.domain.biennial_report.layouts import WHOLE, DocumentType, Scope, ScopeKind
from tracker.domain.names import Named
from tracker.queries.report_scopes import ReportScopes
from tracker.web import filters
from tracker.web.choices import label_choices
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.id_sets import unpacked_ids
from tracker.web.shown_names import named


class EditionForm(TrackerForm):
    """Type, scope, language and symbol, and whether it says how many have no information."""

    document_type = SelectField(lazy_gettext("Document"))
    scope = SelectField(
        lazy_gettext("What it is about"),
        description=lazy_gettext(
            "A part is generated as a draft: the final edition is of the whole report."
        ),
    )

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

    def __init__(
        self,
        languages: Sequence[tuple[str, str]],
        scopes: ReportScopes | None = None,
        **values: object,
    ) -> None:
        """Offer these languages, each by its code and its name, and these scopes."""
        super().__init__(data=values)
        self.language.choices = list(languages)
        self.document_type.choices = label_choices(DocumentType)
        self.offered_scopes = _scope_choices(scopes)
        self.scope.choices = self.offered_scopes


def _scope_choices(
    scopes: ReportScopes | None,
) -> dict[str, list[tuple[str, str]]]:
    whole = filters.label(ScopeKind.WHOLE)
    if scopes is None:
        return {whole: [(str(WHOLE), whole)]}
    kinds = (
        (ScopeKind.UNIT, [(key, named(Named.UNIT, name)) for key, name in scopes.units]),
        (
            ScopeKind.SUBPROGRAMME,
            [(key, named(Named.SUBPROGRAMME, name)) for key, name in scopes.subprogrammes],
        ),
        (ScopeKind.RESOLUTION, scopes.resolutions),
    )
    return {
        whole: [(str(WHOLE), whole)],
        **{
            filters.label(kind): [(str(Scope(kind, key)), name) for key, name in members]
            for kind, members in kinds
            if members
        },
    }


class DraftForm(EditionForm):
    """The same, and whether the draft has the annex of sources, which no final edition has.

    Where there are too many resolutions to list, one is named by its symbol.
    """

    resolution = StringField(
        lazy_gettext("Only one resolution"),
        description=lazy_gettext(
            "Its symbol as printed, such as 530(XXIV): the period asks about too many to list "
            "them above. Leave it empty if the draft is not about one."
        ),
        validators=[Length(max=80, message=lazy_gettext("Enter at most 80 characters."))],
    )
    has_sources = BooleanField(
        lazy_gettext("Add an annex on sources"),
        description=lazy_gettext(
            "It says on which approved text each paragraph and number stands, and who approved it "
            "when. Such a draft is for checking within the house and has no hand-over copy."
        ),
    )

    def __init__(self, languages: Sequence[tuple[str, str]], scopes: ReportScopes) -> None:
        """Offer these languages and scopes."""
        super().__init__(languages, scopes)
        if not scopes.has_more:
            del self.resolution

    @property
    def named(self) -> str:
        """Return the symbol that was entered, empty where none was or none can be."""
        return (self.resolution.data or "").strip() if self.resolution else ""

    def take_named(self, found: Sequence[tuple[int, str, str]]) -> bool:
        """Take the resolution that the symbol names (id, symbol, body) as what the draft is about.

        Return False, with the reason at a field, unless there is one; of several one is chosen
        from the list.
        """
        scopes = [str(Scope(ScopeKind.RESOLUTION, key)) for key, _symbol, _body in found]
        if len(scopes) == 1:
            self.scope.data = scopes[0]
            return True
        if not scopes:
            self.resolution.errors = [
                gettext(
                    "The period asks about no text with this symbol. Write it as printed, or "
                    "leave it empty."
                )
            ]
            return False
        choices = [
            (scope, f"{symbol} ({named(Named.BODY, body)})")
            for scope, (_key, symbol, body) in zip(scopes, found, strict=True)
        ]
        self.scope.choices = {**self.offered_scopes, filters.label(ScopeKind.RESOLUTION): choices}
        self.scope.errors = [
            gettext("Several bodies have a text with this symbol. Choose which one is meant.")
        ]
        self.resolution.data = ""
        return False


class FinalEditionForm(EditionForm):
    """The same, and the decision on the mandates without a cleared text, which were shown."""

    seen = HiddenField()
    leaves_out = BooleanField()

    def __init__(
        self,
        languages: Sequence[tuple[str, str]],
        *,
        missing: Collection[int],
        symbol: str,
        document_type: DocumentType,
    ) -> None:
        """Ask for a decision on the reports ``missing``; begin with the symbol, if there is one."""
        super().__init__(languages, document_symbol=symbol, document_type=document_type.value)
        del self.scope
        self.missing = frozenset(missing)
        self.leaves_out.label.text = ngettext(
            "Make the final edition without this %(num)s mandate",
            "Make the final edition without these %(num)s mandates",
            len(self.missing),
        )

    def validate_leaves_out(self, field: BooleanField) -> None:
        """Refuse to leave out what nobody was shown, or decided to leave out."""
        if not self.missing <= unpacked_ids(self.seen.data or ""):
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


class UnplacedForm(TrackerForm):
    """Where a wording goes whose passage is gone, or why it is dropped."""

    paragraph = StringField(
        lazy_gettext("Behind paragraph No."),
        description=lazy_gettext("It is printed behind this paragraph, as a paragraph of its own."),
    )
    reason = StringField(lazy_gettext("Why it is dropped"))
    seen_id = HiddenField()
    act = HiddenField()

    def __init__(self, **values: object) -> None:
        """Begin with a paragraph near by."""
        super().__init__(data=values)


class CopyForm(TrackerForm):
    """A working copy of the report that was edited in Word."""

    copy = FileField(
        lazy_gettext("The edited Word file"),
        description=lazy_gettext(
            "A draft that was downloaded here, with or without tracked changes."
        ),
        validators=[FileRequired(lazy_gettext("Choose the Word file that was edited."))],
    )


class TranslationForm(TrackerForm):
    """A translation file that came back."""

    file = FileField(
        lazy_gettext("The translated file"),
        description=lazy_gettext("The XLIFF file or the Word table that was downloaded here."),
        validators=[FileRequired(lazy_gettext("Choose the file that came back."))],
    )


class TakeCopyForm(TrackerForm):
    """A file that was looked at, and the mark of what it would change."""

    kept = HiddenField()
    seal = HiddenField()


class SignOffForm(VersionedForm):
    """What somebody does with an edition on its way, and what they say with it."""

    remark = TextAreaField(lazy_gettext("Remark"))
    act = HiddenField()
