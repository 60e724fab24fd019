"""Views of dated notes: left on a mandate at any time of the year."""

from flask import flash, render_template
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from tracker import clock
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, require
from tracker.queries.mandate_pages import MandatePage
from tracker.services.progress_entries import add_progress_entry
from tracker.web.choices import language_choices
from tracker.web.fields import DayField
from tracker.web.forms import TrackerForm
from tracker.web.mandates.views import blueprint, mandate_of, to_mandate
from tracker.web.security import actor, requires
from tracker.web.transactions import transaction

Page = str | tuple[str, int]


class NoteForm(TrackerForm):
    """What happened, and the day."""

    noted_on = DayField(
        lazy_gettext("Day it happened"),
        validators=[InputRequired(lazy_gettext("Enter the day it happened."))],
    )
    text = TextAreaField(
        lazy_gettext("What happened"),
        description=lazy_gettext("Whoever writes the report of the period finds it beside theirs."),
    )
    language = SelectField(lazy_gettext("Language of the text"))

    @classmethod
    def beginning_today(cls) -> "NoteForm":
        """Return the form with today and the writer's language; what was sent wins."""
        form = cls(noted_on=clock.today(actor().time_zone), language=actor().language)
        form.language.choices = language_choices()
        return form


@blueprint.get("/mandates/<int:mandate_id>/note")
@requires(Action.WRITE_PROGRESS)
def note(mandate_id: int) -> str:
    return _page(_own(mandate_id), NoteForm.beginning_today())


@blueprint.post("/mandates/<int:mandate_id>/note")
@requires(Action.WRITE_PROGRESS)
def leave_note(mandate_id: int) -> Response | Page:
    mandate, form = _own(mandate_id), NoteForm.beginning_today()
    if not form.validate() or form.noted_on.data is None:
        return _page(mandate, form), 400
    try:
        with transaction() as session:
            add_progress_entry(
                session,
                mandate_id=mandate_id,
                noted_on=form.noted_on.data,
                text=form.text.data or "",
                language=form.language.data,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(mandate, form), 400
    flash(gettext("The note is kept. It stands under the period that holds its day."), "success")
    return to_mandate(mandate_id)


def _own(mandate_id: int) -> MandatePage:
    mandate = mandate_of(mandate_id)
    require(actor(), Action.WRITE_PROGRESS, unit_id=mandate.unit_id)
    return mandate


def _page(mandate: MandatePage, form: NoteForm) -> str:
    return render_template("mandates/note.html", mandate=mandate, form=form)
