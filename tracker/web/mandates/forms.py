"""The form of a mandate: whether it asks something of us, and what it is."""

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectField

from tracker.domain.mandates import Nature
from tracker.web.choices import label_choices
from tracker.web.forms import VersionedForm

REQUIRES, SET_ASIDE = "yes", "no"


class ConfirmForm(VersionedForm):
    """A person's decision on what the machine proposed."""

    requires_action = RadioField(lazy_gettext("Does it ask something of us?"))
    nature = SelectField(lazy_gettext("What the clause is"))

    def __init__(self, *, nature: Nature, requires_action: bool, version: int) -> None:
        """Begin with what holds now; what was sent wins."""
        super().__init__(
            nature=nature.value,
            requires_action=REQUIRES if requires_action else SET_ASIDE,
            version=str(version),
        )
        self.requires_action.choices = [
            (REQUIRES, gettext("Yes, it requires our action")),
            (SET_ASIDE, gettext("No, set it aside")),
        ]
        self.nature.choices = label_choices(Nature)
