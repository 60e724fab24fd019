"""Forms of a progress report: its text, a remark, more time, a waiver, a question."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField

from tracker.domain.mandates import Implementation
from tracker.domain.progress import ReportText
from tracker.web.choices import label_choices, language_choices
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm, VersionedForm


class AttestationForm(TrackerForm):
    """Who says that the last text still holds, where that is not the person who is signed in."""

    given_by = StringField(
        lazy_gettext("Who says that it still holds?"),
        description=lazy_gettext("The name, and how the answer came where you only enter it."),
    )

    def __init__(self) -> None:
        """Keep its field apart from that of the report on the same page."""
        super().__init__(prefix="attest-")


class ProgressForm(VersionedForm):
    """The five fields of a progress report."""

    status = RadioField(lazy_gettext("How far is it carried out?"), validate_choice=False)
    status_reason = TextAreaField(
        lazy_gettext("Reason"),
        description=lazy_gettext("Needed when it is postponed or not implemented."),
    )
    postponed_to = DayField(
        lazy_gettext("Postponed to"), description=lazy_gettext("Needed when it is postponed.")
    )
    done = TextAreaField(
        lazy_gettext("What was done"),
        description=lazy_gettext("As it should stand in the report: full sentences, past tense."),
    )
    results = TextAreaField(lazy_gettext("What came of it"))
    next_steps = TextAreaField(lazy_gettext("What comes next"))
    difficulties = TextAreaField(lazy_gettext("What stood in the way"))
    language = SelectField(lazy_gettext("Language of the text"))
    given_by = StringField(
        lazy_gettext("Who gave this answer?"),
        description=lazy_gettext(
            "The name, and how the answer came where you only enter it: “Ana Tavares, by "
            "telephone on 3 May”."
        ),
    )

    def __init__(self, *, start: ReportText | None = None, language: str = "en") -> None:
        """Begin with ``start``, or empty in the writer's language; what was sent wins."""
        super().__init__(data=_values(start or ReportText(language=language)))
        self.status.choices = label_choices(Implementation)
        self.language.choices = language_choices()

    @property
    def text(self) -> ReportText:
        """Return what the form says now."""
        status = self.status.data
        return ReportText(
            status=Implementation(status) if status in set(Implementation) else None,
            status_reason=self.status_reason.data or "",
            postponed_to=self.postponed_to.data,
            done=self.done.data or "",
            results=self.results.data or "",
            next_steps=self.next_steps.data or "",
            difficulties=self.difficulties.data or "",
            language=self.language.data,
        )


class RemarkForm(VersionedForm):
    """What should change in a report that is returned."""

    remark = TextAreaField(
        lazy_gettext("What should change?"),
        description=lazy_gettext("The author reads this first when they open the report."),
    )


class ExtensionForm(TrackerForm):
    """A later due date and the reason for it."""

    due_on = DayField(lazy_gettext("New due date"))
    reason = TextAreaField(
        lazy_gettext("Reason for the new date"),
        description=lazy_gettext("It stays in the history beside both dates."),
    )


class WaiverForm(VersionedForm):
    """Why nobody is asked for the report in this period."""

    reason = TextAreaField(
        lazy_gettext("Reason for the waiver"),
        description=lazy_gettext("It stays in the history. The report is no longer counted."),
    )

    def __init__(self) -> None:
        """Keep its field apart from the reason of an extension on the same page."""
        super().__init__(prefix="waiver-")


class QuestionForm(TrackerForm):
    """A question to the manager."""

    text = TextAreaField(
        lazy_gettext("Your question"),
        description=lazy_gettext("The managers of the unit see it on their start page."),
    )

    def __init__(self) -> None:
        """Keep its field apart from those of the other forms on the page."""
        super().__init__(prefix="question-")


class MoreTimeForm(TrackerForm):
    """The date that is asked for, and why."""

    due_on = DayField(lazy_gettext("Until when do you need?"))
    text = TextAreaField(lazy_gettext("Why do you need more time?"))

    def __init__(self) -> None:
        """Keep its fields apart from those of the other forms on the page."""
        super().__init__(prefix="time-")


class EvidenceForm(TrackerForm):
    """A file or the address of a web page."""

    file = FileField(
        lazy_gettext("File"),
        description=lazy_gettext("PDF, picture, plain text or office document, at most 15 MB."),
    )
    address = StringField(lazy_gettext("Or the address of a web page"))
    title = StringField(
        lazy_gettext("What it is"),
        description=lazy_gettext("For example “Report of the mission to Sal”; may be left empty."),
    )

    def __init__(self) -> None:
        """Keep its fields apart from those of the other forms on the page."""
        super().__init__(prefix="evidence-")


def _values(text: ReportText) -> dict[str, object]:
    values = {name: getattr(text, name) for name in ReportText.__slots__}
    return values | {"status": text.status.value if text.status else None}
