"""Views of a report on its way to the session: its sheet, its submission, what was issued."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Duplicate, Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action, may_ever
from tracker.domain.submissions import Distribution, IssuedEntry, IssuedKind, Sheet
from tracker.queries.editions import (
    Edition,
    edition_with_period,
    files_of_edition,
)
from tracker.queries.references import Reference
from tracker.queries.submissions import Submission, clauses_of_session, find_submission
from tracker.services.submissions import (
    attach_issued,
    link_noting_clause,
    save_sheet,
    submit_edition,
    title_to_begin_with,
    withdraw_issued,
)
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.submission_forms import IssuedForm, NotedForm, SheetForm
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.shown_names import session_name
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm
from tracker.writing.submission_sheet import (
    SubmittedDocument,
    sheet_lines,
    write_pdf,
    write_word,
)

Page = str | tuple[str, int] | Response


@blueprint.get("/editions/<int:edition_id>/submission")
@requires(Action.READ)
def submission(edition_id: int) -> Page:
    with reading() as session:
        period, edition = edition_with_period(session, edition_id)
    same = (each.id for each in period.finals if each.number == edition.number)
    original_id = next(same, edition_id)
    if original_id != edition_id:  # its languages are submitted with it
        return redirect(url_for("biennial_reports.submission", edition_id=original_id))
    return _page(edition_id)


@blueprint.post("/editions/<int:edition_id>/submission")
@requires(Action.SUBMIT_EDITION)
def write_sheet(edition_id: int) -> Page:
    form = SheetForm().offer(language_choices())
    if not form.validate():
        return _page(edition_id, sheet_form=form), 400
    try:
        with transaction() as session:
            row = save_sheet(
                session,
                edition_id=edition_id,
                version=form.seen_version,
                sheet=Sheet(
                    form.title.data or "",
                    form.mandate.data or "",
                    form.agenda_item.data or "",
                    Distribution(form.distribution.data),
                    tuple(form.targets.data or ()),
                ),
                languages=house().languages,
                word_limit=installation().settings.report_words,
                files=installation().files,
                actor=actor(),
                at=clock.now(),
            )
            if form.act.data == "submit":
                submit_edition(
                    session,
                    edition_id=edition_id,
                    version=row.version,
                    actor=actor(),
                    at=clock.now(),
                )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _page(edition_id, sheet_form=form), status_of(refusal)
    flash(
        gettext("The report is submitted. Its files and its sheet stay as they are.")
        if form.act.data == "submit"
        else gettext("The sheet is saved."),
        "success",
    )
    return _back(edition_id)


@blueprint.post("/editions/<int:edition_id>/submission/issued")
@requires(Action.SUBMIT_EDITION)
def attach(edition_id: int) -> Page:
    form = IssuedForm().offer(language_choices())
    if not form.validate():
        return _page(edition_id, issued_form=form), 400
    issued_on, file = form.issued_on.data, form.file.data
    try:
        with transaction() as session:
            attach_issued(
                session,
                edition_id=edition_id,
                entry=IssuedEntry(
                    IssuedKind(form.kind.data),
                    form.language.data,
                    form.symbol.data or "",
                    issued_on or date.min,
                ),
                file_name=file.filename or "document",
                content=file.read(),
                files=installation().files,
                actor=actor(),
                at=clock.now(),
            )
    except (Duplicate, Invalid, WrongState) as refusal:
        form.refuse(refusal, at="file" if isinstance(refusal, Duplicate) else None)
        return _page(edition_id, issued_form=form), status_of(refusal)
    flash(gettext("The official file is kept. The permanent address leads to it."), "success")
    return _back(edition_id)


@blueprint.post("/issued/<int:document_id>/withdraw")
@requires(Action.SUBMIT_EDITION)
def withdraw(document_id: int) -> Response:
    with transaction() as session:
        edition_id = withdraw_issued(
            session, document_id=document_id, actor=actor(), at=clock.now()
        )
    flash(gettext("The file is taken away."), "success")
    return _back(edition_id)


@blueprint.post("/editions/<int:edition_id>/submission/noted")
@requires(Action.SUBMIT_EDITION)
def note(edition_id: int) -> Page:
    try:
        with transaction() as session:
            link_noting_clause(
                session,
                edition_id=edition_id,
                clause_id=whole_number(request.form.get("clause_id", "")) or None,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        return _page(edition_id, refusal=refusal), status_of(refusal)
    flash(gettext("It is kept which paragraph took note of the report."), "success")
    return _back(edition_id)


@blueprint.get("/editions/<int:edition_id>/submission/sheet.<form>")
@requires(Action.READ)
def sheet_file(edition_id: int, form: str) -> Download:
    language = filters.language()
    with reading() as session:
        period, _edition = edition_with_period(session, edition_id)
        found = find_submission(session, edition_id)
        files = files_of_edition(session, edition_id)
    if found is None or form not in {"docx", "pdf"}:
        raise NotFound("There is no such sheet. Fill in the submission sheet of the report first.")
    zone = ZoneInfo(actor().time_zone)
    lines = sheet_lines(
        SubmittedDocument(
            sheet=found.sheet,
            symbol=found.symbol,
            session=session_name(period.session_name) or "",
            original_language=found.original_language,
            word_count=found.word_count,
            word_limit=found.word_limit,
            slot_on=found.slot_on,
            submitted_on=found.submitted_at.astimezone(zone).date() if found.submitted_at else None,
            files=tuple((file.file_name, file.digest) for file in files),
        ),
        language,
        language_name=filters.language_name,
        number=filters.number,
    )
    entity = house().entity.name_in(language)
    if form == "docx":
        content = write_word(lines, entity=entity, language=language)
    else:
        written_on = clock.today(actor().time_zone)
        content = write_pdf(lines, entity=entity, language=language, written_on=written_on)
    return Download(
        content,
        mimetype=ReportForm(form).media_type,
        headers={
            "Content-Disposition": f"attachment; filename=submission_sheet_{found.slug}.{form}"
        },
    )


def _back(edition_id: int) -> Response:
    return redirect(url_for("biennial_reports.submission", edition_id=edition_id), 303)


def _page(
    edition_id: int,
    *,
    sheet_form: SheetForm | None = None,
    issued_form: IssuedForm | None = None,
    refusal: Refused | None = None,
) -> str:
    with reading() as session:
        period, edition = edition_with_period(session, edition_id)
        if edition.state != "final":
            raise WrongState("Only a final edition is submitted. Make it first.")
        found = find_submission(session, edition_id)
        files = files_of_edition(session, edition_id)
        clauses = clauses_of_session(session, edition_id) if found and found.submitted_at else ()
        form = sheet_form or _sheet_form(session, edition, found)
    noted = NotedForm(formdata=None)
    noted.clause_id.choices = [
        (0, gettext("None so far")),
        *((each.clause_id, _gist(each.reference, each.text)) for each in clauses),
    ]
    noted.clause_id.data = found.noted_in.clause_id if found and found.noted_in else 0
    if refusal is not None:
        noted.refuse(refusal)
    shown = next((each for each in (sheet_form, issued_form) if each and each.errors), noted)
    return render_template(
        "biennial_reports/submission.html",
        period=period,
        edition=edition,
        found=found,
        files=files,
        form=form,
        issued_form=issued_form or IssuedForm(formdata=None).offer(language_choices()),
        noted_form=noted,
        has_clauses=bool(clauses),
        problems=shown,
        may_submit=may_ever(actor(), Action.SUBMIT_EDITION),
        address=f"{installation().settings.base_url}"
        f"{url_for('biennial_reports.document', slug=found.slug)}"
        if found
        else "",
    )


def _sheet_form(session: Session, edition: Edition, found: Submission | None) -> SheetForm:
    """Return the form with what is kept; at first with what the report itself tells."""
    if found is not None:
        sheet = found.sheet
        values = {name: getattr(sheet, name) for name in SheetForm.TEXTS}
        values |= {"distribution": sheet.distribution.value, "targets": list(sheet.targets)}
        return SheetForm(formdata=None, data=values | {"version": found.version}).offer(
            language_choices()
        )
    return SheetForm(
        formdata=None,
        data={
            "title": title_to_begin_with(
                session, edition_id=edition.id, files=installation().files
            ),
            "targets": list(house().languages),
            "version": 0,
        },
    ).offer(language_choices())


def _gist(reference: Reference, text: str) -> str:
    return f"{filters.cited(reference)}: {filters.gist(text, 100)}"
