"""Views of a progress report."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.domain.workflow import WAITS_AT_SECOND
from tracker.queries.action_points import NO_POINTS, points_of_mandate
from tracker.queries.contributions import parts_of_report
from tracker.queries.conversations import conversation_on
from tracker.queries.evidence import evidence_on
from tracker.queries.people import units
from tracker.queries.progress import find_report_page
from tracker.queries.progress_entries import notes_of_report
from tracker.queries.report_texts import field_texts
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.progress import (
    clear_report,
    clear_several,
    return_report,
    save_draft,
    submit_report,
)
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.forms import TrackerForm, VersionedForm
from tracker.web.progress.forms import (
    AttestationForm,
    EvidenceForm,
    ExtensionForm,
    MoreTimeForm,
    ProgressForm,
    QuestionForm,
    RemarkForm,
    WaiverForm,
)
from tracker.web.progress.permitted import permitted
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("progress", __name__, url_prefix="/progress")

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:report_id>")
@requires(Action.READ)
def edit(report_id: int) -> Page:
    return report_page(report_id)


@blueprint.get("/<int:report_id>/submit")
@requires(Action.READ)
def edit_again(report_id: int) -> Page:
    """Show the report where the browser stands after a text was refused, and people reload."""
    return report_page(report_id)


@blueprint.post("/<int:report_id>/draft")
@requires(Action.WRITE_PROGRESS)
def save(report_id: int) -> Page:
    form = ProgressForm()
    if not form.validate():
        return report_page(report_id, form), 400
    try:
        with transaction() as session:
            save_draft(session, report_id=report_id, text=form.text, actor=actor(), at=clock.now())
    except (Invalid, WrongState) as refusal:
        shown = _told(form, refusal)
        return report_page(report_id, form, refusal=shown), status_of(refusal)
    if "X-Autosave" in request.headers:
        return "", 204
    flash(gettext("Draft saved. Nobody else sees it until you submit the report."), "success")
    return redirect(url_for("progress.edit", report_id=report_id), 303)


@blueprint.post("/<int:report_id>/submit")
@requires(Action.SUBMIT_REPORT)
def submit(report_id: int) -> Page:
    form = ProgressForm()
    if not form.validate():
        return report_page(report_id, form), 400
    try:
        with transaction() as session:
            submit_report(
                session,
                report_id=report_id,
                version=form.seen_version,
                text=form.text,
                given_by=form.given_by.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        shown = _told(form, refusal)
        return report_page(report_id, form, refusal=shown), status_of(refusal)
    flash(gettext("Report submitted. It waits for the manager of the unit now."), "success")
    return redirect(url_for("dashboard.index"), 303)


@blueprint.post("/<int:report_id>/clear")
@requires(Action.CLEAR_REPORT)
def clear(report_id: int) -> Page:
    form = VersionedForm()
    with transaction() as session:
        report = clear_report(
            session,
            report_id=report_id,
            version=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
        waits_at_second = report.stage == WAITS_AT_SECOND
    if waits_at_second:
        flash(gettext("Report cleared. It goes on to the second level of clearance."), "success")
    else:
        flash(gettext("Report cleared. Its text goes into the biennial report."), "success")
    return redirect(url_for("dashboard.index"), 303)


@blueprint.post("/clear")
@requires(Action.CLEAR_REPORT)
def clear_selected() -> Page:
    versions = _selected(request.form.getlist("report"))
    with transaction() as session:
        reports = clear_several(session, versions=versions, actor=actor(), at=clock.now())
        passed_on = sum(report.stage == WAITS_AT_SECOND for report in reports)
    told = ngettext("%(num)s report cleared.", "%(num)s reports cleared.", len(versions))
    if passed_on:
        goes_on = ngettext(
            "%(num)s goes on to the second level of clearance.",
            "%(num)s go on to the second level of clearance.",
            passed_on,
        )
        told = f"{told} {goes_on}"
    flash(told, "success")
    return redirect(url_for("dashboard.index"), 303)


@blueprint.post("/<int:report_id>/return")
@requires(Action.RETURN_REPORT)
def give_back(report_id: int) -> Page:
    form = RemarkForm()
    try:
        with transaction() as session:
            return_report(
                session,
                report_id=report_id,
                version=form.seen_version,
                remark=form.remark.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        shown = _told(form, refusal)
        return report_page(report_id, remark_form=form, refusal=shown), status_of(refusal)
    flash(gettext("Report returned. Its author reads your remark."), "success")
    return redirect(url_for("dashboard.index"), 303)


@blueprint.post("/<int:report_id>/extend")
@requires(Action.EXTEND_DUE_DATE)
def extend(report_id: int) -> Page:
    form = ExtensionForm()
    if not form.validate() or form.due_on.data is None:
        if not form.errors:
            form.refuse(Invalid("Enter the new due date.", field="due_on"))
        return report_page(report_id, extension_form=form), 400
    try:
        with transaction() as session:
            extend_due_date(
                session,
                report_id=report_id,
                due_on=form.due_on.data,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        shown = _told(form, refusal)
        return report_page(report_id, extension_form=form, refusal=shown), status_of(refusal)
    flash(gettext("The due date is extended; the reason is in the history."), "success")
    return redirect(url_for("progress.edit", report_id=report_id), 303)


@blueprint.post("/<int:report_id>/waive")
@requires(Action.OPEN_PERIOD)
def waive(report_id: int) -> Page:
    form = WaiverForm()
    try:
        with transaction() as session:
            waive_report(
                session,
                report_id=report_id,
                version=form.seen_version,
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        shown = _told(form, refusal)
        return report_page(report_id, waiver_form=form, refusal=shown), status_of(refusal)
    flash(gettext("The report is waived: nobody is asked for it in this period."), "success")
    return redirect(url_for("progress.edit", report_id=report_id), 303)


def _selected(values: list[str]) -> Mapping[int, int]:
    """Return version by report id of values such as "42:3"; damaged ones are left out."""
    pairs = (value.partition(":") for value in values)
    numbers = ((whole_number(first), whole_number(last)) for first, _, last in pairs)
    return {
        report_id: version
        for report_id, version in numbers
        if report_id is not None and version is not None
    }


def _told(form: TrackerForm, refusal: Refused) -> Refused | None:
    """Show a refusal at its field; return it where it is about the whole page."""
    if isinstance(refusal, Invalid):
        form.refuse(refusal)
        return None
    return refusal


def report_page(  # noqa: PLR0913 - one page with many forms
    report_id: int,
    form: ProgressForm | None = None,
    *,
    refusal: Refused | None = None,
    remark_form: RemarkForm | None = None,
    extension_form: ExtensionForm | None = None,
    waiver_form: WaiverForm | None = None,
    question_form: QuestionForm | None = None,
    attestation_form: AttestationForm | None = None,
    time_form: MoreTimeForm | None = None,
    evidence_form: EvidenceForm | None = None,
    written_answer: tuple[int, str] | None = None,
) -> str:
    """Show a report; ``form`` holds text that was sent and not taken, ``refusal`` says why.

    ``written_answer`` is the id of a message with the answer to it that was not taken.
    """
    with reading() as session:
        page = find_report_page(session, report_id, reader_id=actor().person_id, at=clock.now())
        if page is None:
            raise NotFound(
                "There is no such progress report. Choose one from the list of your work."
            )
        has, reader_id = page.parts, actor().person_id
        notes = notes_of_report(session, report_id) if has.notes else ()
        parts = parts_of_report(session, report_id) if has.contributions else ()
        messages = conversation_on(session, report_id) if has.messages else ()
        points = points_of_mandate(session, page.line.mandate_id) if has.points else NO_POINTS
        evidence = evidence_on(session, report_id, reader_id=reader_id) if has.evidence else ()
        may = permitted(page, actor())
        asked = {page.line.unit_id, *(part.unit_id for part in parts)}
        to_ask = [unit for unit in units(session) if unit.id not in asked] if may.write else []
    shown = form or ProgressForm(start=page.starting_text, language=actor().language)
    is_overtaken = form is not None and isinstance(refusal, Stale)
    return render_template(
        "progress/edit.html",
        page=page,
        form=shown,
        # A text refused for itself keeps the version its author saw; one that was overtaken gets
        # the present one, since its author now sees both texts.
        version=page.line.version if form is None or is_overtaken else form.seen_version,
        has_unsaved_text=form is not None,
        refusal=filters.said(refusal) if refusal else None,
        theirs=page.submitted if is_overtaken else None,
        against_theirs=field_texts(shown.text.stripped(), page.submitted.text)
        if is_overtaken and page.submitted
        else (),
        compared=field_texts(page.submitted.text, page.last.text)
        if page.submitted and page.last
        else (),
        extensions=[(row.due_on, row.reason, row.set_by) for row in page.due_dates[1:]],
        permitted=may,
        notes=notes,
        parts=parts,
        points=points,
        messages=messages,
        written_answer=written_answer,
        evidence=evidence,
        # A form takes longer to make than what is around it: only those that are shown.
        evidence_form=evidence_form or (EvidenceForm() if may.write else None),
        question_form=question_form or (QuestionForm() if may.ask else None),
        attestation_form=attestation_form or (AttestationForm() if may.write else None),
        time_form=time_form or (MoreTimeForm() if may.ask_for_time else None),
        units_to_ask=[(unit.id, unit.name) for unit in to_ask],
        today=clock.today(actor().time_zone),
        remark_form=remark_form or (RemarkForm() if may.return_it else None),
        extension_form=extension_form or (ExtensionForm() if may.extend else None),
        waiver_form=waiver_form or (WaiverForm() if may.waive else None),
    )
