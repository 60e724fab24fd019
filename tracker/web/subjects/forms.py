"""The forms of subject words."""

from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField

from tracker.domain.goals import LANGUAGES
from tracker.domain.subject_words import WordDetails, check_wordings
from tracker.queries.public_pages import PublicBody
from tracker.queries.subject_words import ListedWord
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.shown_names import body_name
from tracker.web.subjects.shown import word_name

_TERMS = lazy_gettext("Other words that propose it (optional)")


class WordForm(VersionedForm):
    body_id = SelectField(
        lazy_gettext("Body"),
        description=lazy_gettext("Whose texts it is for. Activities can be about any word."),
    )
    broader_id = SelectField(lazy_gettext("Part of (optional)"))
    name_en = StringField(lazy_gettext("Name"))
    terms_en = TextAreaField(_TERMS)
    name_es = StringField(lazy_gettext("Name"))
    terms_es = TextAreaField(_TERMS)
    name_fr = StringField(lazy_gettext("Name"))
    terms_fr = TextAreaField(_TERMS)
    name_pt = StringField(lazy_gettext("Name"))
    terms_pt = TextAreaField(_TERMS)

    def offer(
        self,
        bodies: Iterable[PublicBody],
        words: Iterable[ListedWord],
        held: ListedWord | None = None,
    ) -> "WordForm":
        """Offer the bodies, and the words of which this one can be a part.

        A word that is there, ``held``, stays with its body, and where nobody chooses otherwise a
        part of what it is a part of, though that is retired.
        """
        if held is None:
            self.body_id.choices = [
                ("", gettext("All bodies")),
                *((str(body.body_id), body_name(body.name)) for body in bodies),
            ]
        else:
            del self.body_id
        offered = word_choices(word for word in words if held is None or word.id != held.id)
        above = str(held.broader_id) if held and held.broader_id else ""
        if above and above not in dict(offered):
            offered.append((above, word_name(above)))
        self.broader_id.choices = [("", gettext("None")), *offered]
        return self

    def details(self, held: ListedWord | None = None) -> WordDetails:
        """Return what was entered; a word that is there keeps its body. Raises Invalid."""
        written = {
            code: (self[f"name_{code}"].data or "", self[f"terms_{code}"].data or "")
            for code in LANGUAGES
        }
        return WordDetails(
            held.body_id if held else whole_number(self.body_id.data or ""),
            check_wordings(written),
            whole_number(self.broader_id.data or ""),
        )


class MergeForm(VersionedForm):
    into = SelectField(
        lazy_gettext("Into"),
        description=lazy_gettext(
            "All that was said with this word will be said with that one, which takes its names "
            "among the words that propose it. This cannot be undone."
        ),
    )

    def offer(self, words: Iterable[ListedWord], word: ListedWord) -> "MergeForm":
        """Offer the words that this one can be merged into."""
        self.into.choices = word_choices(
            each for each in words if each.id != word.id and each.body_id in {None, word.body_id}
        )
        return self


class WordListForm(TrackerForm):
    words = FileField(
        lazy_gettext("List of subject words"),
        description=lazy_gettext("A CSV file in UTF-8, one subject word a row, 500 at most."),
        validators=[FileRequired(lazy_gettext("Choose the file with the list."))],
    )


def word_choices(words: Iterable[ListedWord]) -> list[tuple[str, str]]:
    """Return words as a field offers them, by their names in the reader's language."""
    language = filters.language()
    named = sorted((word.name(language).casefold(), word.id, word) for word in words)
    return [(str(word.id), word.name(language)) for _low, _id, word in named]


def values_of(word: ListedWord) -> dict[str, object]:
    """Return what the form of a word begins with."""
    values: dict[str, object] = {
        "version": word.version,
        "body_id": str(word.body_id or ""),
        "broader_id": str(word.broader_id or ""),
    }
    for code, said in word.wordings.items():
        values |= {f"name_{code}": said.name, f"terms_{code}": ", ".join(said.terms)}
    return values
