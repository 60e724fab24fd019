"""Forms within a review: the words of a paragraph, where it is split, its number and kind."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, StringField, TextAreaField

from tracker.domain.clauses import BlockKind, paragraph_label
from tracker.domain.errors import Invalid
from tracker.domain.review_edits import (
    ChangeKind,
    ChangeText,
    Join,
    LeaveOut,
    MoveLevel,
    Renumber,
    Restore,
    Settle,
    Split,
    break_offsets,
)
from tracker.domain.review_history import Step, Turn
from tracker.domain.review_paths import parse_path
from tracker.domain.reviewed_text import Reviewed, ReviewedBlock, index_of
from tracker.web.addresses import whole_number
from tracker.web.choices import label_choices
from tracker.web.forms import VersionedForm


class How(StrEnum):
    """What is changed with a form of its own."""

    TEXT = "text"
    SPLIT = "split"
    NUMBER = "number"


class TextForm(VersionedForm):
    """The words of a paragraph."""

    text = TextAreaField(lazy_gettext("Words of the paragraph"))


class SplitForm(VersionedForm):
    """A paragraph into which line breaks are put."""

    text = TextAreaField(
        lazy_gettext("Where does a new paragraph begin?"),
        description=lazy_gettext("Put a line break there. Nothing else is changed."),
    )


class NumberForm(VersionedForm):
    """What a paragraph is, and the number of a clause."""

    kind = SelectField(lazy_gettext("What it is"))
    path = StringField(
        lazy_gettext("Number"),
        description=lazy_gettext("Of an operative clause, as printed: 5 or 5(a)(i)."),
    )
    and_following = BooleanField(lazy_gettext("Count the clauses after it on from here"))


ChangeForm = TextForm | SplitForm | NumberForm


def form_for(how: How, there: ReviewedBlock) -> ChangeForm:
    """Return the form that changes a paragraph in one way; what was sent wins."""
    block = there.block
    if how is How.NUMBER:
        path = paragraph_label(block.path) if block.path else ""
        form = NumberForm(kind=block.kind.value, path=path)
        form.kind.choices = label_choices(BlockKind)
        return form
    return SplitForm(text=block.text) if how is How.SPLIT else TextForm(text=block.text)


def step_of_form(form: ChangeForm, there: ReviewedBlock) -> Step:
    """Return the step that a filled-in form asks for; raise Invalid for what it cannot."""
    block = there.block
    if isinstance(form, SplitForm):
        return Split(there.key, break_offsets(block.text, form.text.data or ""))
    if isinstance(form, TextForm):
        return ChangeText(there.key, form.text.data or "")
    try:
        kind = BlockKind(form.kind.data)
    except ValueError as error:
        raise Invalid("Choose what the paragraph is.", field="kind") from error
    if kind is not BlockKind.OPERATIVE and kind is not block.kind:
        return ChangeKind(there.key, kind)
    written = (form.path.data or "").strip()
    if kind is not block.kind:
        return ChangeKind(there.key, kind, parse_path(written) if written else None)
    return Renumber(there.key, parse_path(written), bool(form.and_following.data))


def step_of_button(pressed: str, text: Reviewed) -> Step:
    """Return the step of a button named "join:p7"; "split:p7:12" splits at a character."""
    name, _, rest = pressed.partition(":")
    if name in set(Turn):
        return Turn(name)
    key, _, offset = rest.partition(":")
    key = text[index_of(text, key)].key
    if name == "split":
        return Split(key, (whole_number(offset) or 0,))
    if name not in _BUTTONS:
        raise Invalid(gettext("This step is not known. Open the review again and choose one."))
    return _BUTTONS[name](key)


def sent_form(sent: MultiDict[str, str], text: Reviewed) -> tuple[How, ReviewedBlock] | None:
    """Return which form of which paragraph was sent, None where a button alone was pressed."""
    return _asked(sent.get("form", ""), text)


def asked_form(asked: Mapping[str, str], text: Reviewed) -> tuple[How, ReviewedBlock] | None:
    """Return which form of which paragraph the address asks for, None for none of ours."""
    try:
        return _asked(asked.get("change", ""), text)
    except Invalid:  # an old address: the paragraph is gone, the page without a form is right
        return None


def _asked(words: str, text: Reviewed) -> tuple[How, ReviewedBlock] | None:
    name, _, key = words.partition(":")
    if name not in set(How):
        return None
    return How(name), text[index_of(text, key)]


def _deeper(key: str) -> MoveLevel:
    return MoveLevel(key, is_deeper=True)


def _higher(key: str) -> MoveLevel:
    return MoveLevel(key, is_deeper=False)


_BUTTONS: Mapping[str, Callable[[str], Step]] = {
    "join": Join,
    "leave_out": LeaveOut,
    "restore": Restore,
    "settle": Settle,
    "deeper": _deeper,
    "higher": _higher,
}
