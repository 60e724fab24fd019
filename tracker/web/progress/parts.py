"""Views of the parts that other units add to a report: asked for, written, taken over."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, TextAreaField

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.contributions import AskedPart, find_part, parts_of_report
from tracker.services.contributions import ask_for_contribution, write_contribution
from tracker.services.progress import save_draft
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.choices import language_choices
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.progress.forms import ProgressForm
from tracker.web.progress.views import Page, blueprint, report_page
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


class PartForm(VersionedForm):
    """What a contributing unit adds to the lead's report."""

    text = TextAreaField(
        lazy_gettext("What your unit adds"),
        description=lazy_gettext("As it should stand in the report: full sentences, past tense."),
    )
    language = SelectField(lazy_gettext("Language of the text"))

    @classmethod
    def of(cls, part: AskedPart) -> "PartForm":
        """Return the form with what stands there; what was sent wins."""
        language = part.language if part.written_at else actor().language
        form = cls(text=part.text, language=language, version=str(part.version))
        form.language.choices = language_choices()
        return form


@blueprint.get("/parts/<int:part_id>")
@requires(Action.READ)
def part(part_id: int) -> Page:
    found = _part(part_id)
    return _part_page(found, PartForm.of(found))


@blueprint.post("/parts/<int:part_id>")
@requires(Action.WRITE_PROGRESS)
def write_part(part_id: int) -> Page:
    found = _part(part_id)
    form = PartForm.of(found)
    if not form.validate():
        return _part_page(found, form), 400
    try:
        with transaction() as session:
            write_contribution(
                session,
                contribution_id=part_id,
                version=form.seen_version,
                text=form.text.data or "",
                language=form.language.data,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        overtaken = found.text if isinstance(refusal, Stale) else None
        return _part_page(found, form, theirs=overtaken), status_of(refusal)
    flash(gettext("Your part is kept; %(unit)s sees it.", unit=found.lead_unit), "success")
    return redirect(url_for("progress.part", part_id=part_id), 303)


@blueprint.post("/<int:report_id>/parts")
@requires(Action.WRITE_PROGRESS)
def ask_for_part(report_id: int) -> Page:
    try:
        with transaction() as session:
            ask_for_contribution(
                session,
                report_id=report_id,
                unit_id=whole_number(request.form.get("unit_id", "")) or 0,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Duplicate, WrongState) as refusal:
        return report_page(report_id, refusal=refusal), status_of(refusal)
    flash(gettext("The unit is asked for its part."), "success")
    return redirect(url_for("progress.edit", report_id=report_id, _anchor="parts"), 303)


@blueprint.post("/<int:report_id>/parts/<int:part_id>/take-over")
@requires(Action.WRITE_PROGRESS)
def take_over(report_id: int, part_id: int) -> Page:
    """Put a part below what was done, with all that is in the form, into the person's draft."""
    form = ProgressForm()
    if not form.validate():
        return report_page(report_id, form), 400
    with reading() as session:
        parts = parts_of_report(session, report_id)
    words = next((found.text for found in parts if found.id == part_id), "")
    if not words:
        raise NotFound("There is no such contribution. Open it from the list of your work.")
    done = "\n\n".join(text for text in (form.text.done.strip(), words) if text)
    try:
        with transaction() as session:
            save_draft(
                session,
                report_id=report_id,
                text=replace(form.text, done=done),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        return report_page(report_id, form, refusal=refusal), status_of(refusal)
    flash(gettext("The part stands below what was done, in your draft."), "success")
    return redirect(url_for("progress.edit", report_id=report_id, _anchor="done"), 303)


def _part(part_id: int) -> AskedPart:
    with reading() as session:
        found = find_part(session, part_id)
    if found is None:
        raise NotFound("There is no such contribution. Open it from the list of your work.")
    return found


def _part_page(found: AskedPart, form: PartForm, *, theirs: str | None = None) -> str:
    return render_template(
        "progress/part.html",
        part=found,
        form=form,
        theirs=theirs,
        version=found.version if theirs is not None else form.seen_version,
        may_write=found.takes_text
        and is_allowed(actor(), Action.WRITE_PROGRESS, unit_id=found.unit_id),
        today=clock.today(filters.reader_time_zone()),
    )
