"""What is asked before an edition is made."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from tracker.web.forms import TrackerForm


class EditionForm(TrackerForm):
    """Language, document symbol, and whether this is the edition that is handed in."""

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
    is_final = BooleanField(
        lazy_gettext("This is the final edition"),
        description=lazy_gettext(
            "It freezes the cleared texts of the period. No further edition is made after it."
        ),
    )
