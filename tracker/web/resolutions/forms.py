"""Forms of the import: the file, and what a person says about a resolution that it holds."""

from dataclasses import asdict

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import StringField, ValidationError
from wtforms.validators import Length

from tracker.services.resolutions import Details
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm

MOST_FILES = 30
_TOO_LONG = lazy_gettext("Enter at most %(max)d characters.")


class UploadForm(TrackerForm):
    """The files with the adopted texts."""

    document = MultipleFileField(
        lazy_gettext("Files with the adopted texts"),
        validators=[FileRequired(lazy_gettext("Choose the file with the adopted text."))],
    )

    def validate_document(self, field: MultipleFileField) -> None:
        """Refuse more files than are read in one step."""
        if len(field.data) > MOST_FILES:
            raise ValidationError(
                gettext(
                    "These are %(count)s files. Choose %(most)s at most, then upload the others.",
                    count=len(field.data),
                    most=MOST_FILES,
                )
            )


class StandingForm(TrackerForm):
    """The standing list of mandates."""

    standing_list = FileField(
        lazy_gettext("Standing list of mandates"),
        description=lazy_gettext("A CSV file in UTF-8, one mandate a row, 2,000 at most."),
        validators=[FileRequired(lazy_gettext("Choose the file with the standing list."))],
    )


class DetailsForm(VersionedForm):
    """What the file says about itself, to be completed or corrected before the import."""

    symbol = StringField(
        lazy_gettext("Symbol"),
        description=lazy_gettext("As printed, for example 530(XXIV) or 33/134."),
        validators=[Length(max=80, message=_TOO_LONG)],
    )
    title = StringField(lazy_gettext("Title"))
    body = StringField(
        lazy_gettext("Adopted by"),
        description=lazy_gettext("The name of the body, for example General Assembly."),
        validators=[Length(max=200, message=_TOO_LONG)],
    )
    session = StringField(
        lazy_gettext("Session (optional)"),
        description=lazy_gettext("Its number, for example 24 or XXIV."),
        validators=[Length(max=80, message=_TOO_LONG)],
    )
    adopted_on = DayField(
        lazy_gettext("Adopted on (optional)"),
        description=lazy_gettext("Due dates before this day are refused."),
    )

    @classmethod
    def of_details(cls, details: Details, *, version: int) -> "DetailsForm":
        """Return the form with what was read or kept; what was sent wins."""
        return cls(**asdict(details), version=version)

    @property
    def details(self) -> Details:
        """Return what the person said; an emptied field leaves it to the reading."""
        return Details(
            symbol=_given(self.symbol.data),
            title=_given(self.title.data),
            body=_given(self.body.data),
            session=_given(self.session.data),
            adopted_on=self.adopted_on.data,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the fields that the import needs and that nothing is known for."""
        needed = (self.symbol, self.title, self.body)
        return tuple(each.name for each in needed if not _given(each.data))


def _given(text: str | None) -> str | None:
    return (text or "").strip() or None
