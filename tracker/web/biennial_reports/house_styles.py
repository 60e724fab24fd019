"""Views of the Word styles of a body: a file looked at, seen in the report, kept, left again."""

from dataclasses import replace

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response
from wtforms import HiddenField

from tracker import clock
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import period_with_editions
from tracker.queries.report_templates import BodyWithTemplates, newest_period_of
from tracker.services.biennial_reports import compose_edition
from tracker.services.house_styles import (
    keep_styles,
    look_at_styles,
    present_styles_file,
    remove_styles,
    tried_styles,
)
from tracker.services.report_templates import house_files
from tracker.storage import is_digest
from tracker.web.biennial_reports.house_templates import held_version, said_of_version, type_of
from tracker.web.biennial_reports.views import blueprint, preview_language, request_of_today
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm, write
from tracker.writing.biennial_report.house_styles import StylesSeen

Page = str | tuple[str, int] | Response


class StylesForm(VersionedForm):
    """A Word file of the house."""

    file = FileField(
        lazy_gettext("The Word file"),
        description=lazy_gettext(
            "A .docx or .dotx file without macros, 10 MB at most. Its text, heads, comments and "
            "properties are not read."
        ),
        validators=[FileRequired(lazy_gettext("Choose the Word file with the styles."))],
    )


class TakeStylesForm(VersionedForm):
    """A file that was looked at: where it waits, and its name."""

    kept = HiddenField()
    name = HiddenField()


@blueprint.get("/templates/<int:body_id>/<kind>/styles")
@requires(Action.SET_TEMPLATES)
def styles(body_id: int, kind: str) -> Page:
    body, held, number = held_version(body_id, type_of(kind))
    form = StylesForm()
    form.version.data = str(number)
    return _page(body, type_of(kind), held, form)


@blueprint.post("/templates/<int:body_id>/<kind>/styles")
@requires(Action.SET_TEMPLATES)
def look_at(body_id: int, kind: str) -> Page:
    document_type = type_of(kind)
    body, held, _number = held_version(body_id, document_type)
    form = StylesForm()
    if not form.validate():
        return _page(body, document_type, held, form), 400
    content = form.file.data.read()
    try:
        seen = look_at_styles(content, installation().uploads)
    except Invalid as refusal:
        return _refused(body, document_type, held, form, refusal)
    take = TakeStylesForm(formdata=None)
    take.version.data = form.version.data
    take.kept.data = installation().uploads.keep(content)
    take.name.data = form.file.data.filename or ""
    return _seen_page(body, document_type, take, seen)


@blueprint.post("/templates/<int:body_id>/<kind>/styles/keep")
@requires(Action.SET_TEMPLATES)
def take(body_id: int, kind: str) -> Page:
    document_type, act = type_of(kind), request.form.get("act", "")
    body, held, number = held_version(body_id, document_type)
    form = TakeStylesForm()
    try:
        kept_or_removed = _removed if act == "remove" else _kept
        said = kept_or_removed(body_id, document_type, form)
    except (Invalid, NotFound, Stale, WrongState) as refusal:
        again = StylesForm(formdata=None)
        again.version.data = str(number)
        return _refused(body, document_type, held, again, refusal)
    flash(said, "success")
    return redirect(url_for("biennial_reports.template", body_id=body_id, kind=kind), 303)


@blueprint.get("/templates/<int:body_id>/<kind>/styles.docx")
@requires(Action.SET_TEMPLATES)
def styles_as_word(body_id: int, kind: str) -> Download:
    _body, held, _number = held_version(body_id, type_of(kind))
    content = present_styles_file(held, installation().files)
    return _word_file(content, f"report_styles_{type_of(kind).value}")


@blueprint.get("/templates/<int:body_id>/<kind>/styles/report.docx")
@requires(Action.SET_TEMPLATES)
def report_with_styles(body_id: int, kind: str) -> Download:
    document_type = type_of(kind)
    body, held, _number = held_version(body_id, document_type)
    content = _waiting(request.args.get("kept", ""))
    return _report_with(body, document_type, held, content)


def _kept(body_id: int, document_type: DocumentType, form: TakeStylesForm) -> str:
    content = _waiting(form.kept.data or "")
    with transaction() as session:
        kept = keep_styles(
            session,
            body_id=body_id,
            document_type=document_type,
            content=content,
            file_name=form.name.data or "",
            seen_number=form.seen_version,
            store=installation().files,
            actor=actor(),
            at=clock.now(),
        )
    return said_of_version(kept)


def _removed(body_id: int, document_type: DocumentType, form: TakeStylesForm) -> str:
    with transaction() as session:
        row = remove_styles(
            session,
            body_id=body_id,
            document_type=document_type,
            seen_number=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
    return gettext(
        "The Word report has the styles as delivered again, with version %(number)s.",
        number=row.number,
    )


def _report_with(
    body: BodyWithTemplates, document_type: DocumentType, held: HouseTemplate, content: bytes
) -> Download:
    """Return the newest report to the body in Word with styles that are not kept."""
    tried, files = tried_styles(held, content, installation().uploads)
    kept = house_files(replace(tried, styles=None), installation().files)
    with reading() as session:
        period_id = newest_period_of(session, body.id)
        if period_id is None:
            raise NotFound(
                "No report goes to this body yet, so there is no document to show it in. A "
                "coordinator names the session of a period on its page."
            )
        today = request_of_today(period_with_editions(session, period_id), preview_language())
        wanted = replace(today, document_type=document_type, template=tried)
        document = compose_edition(session, wanted).document
    written = write(document, ReportForm.DOCX, files={**kept, **files})
    return _word_file(written.content, "report_with_styles")


def _waiting(digest: str) -> bytes:
    """Return the file that was looked at; raise NotFound where it does not wait any more."""
    if is_digest(digest):
        return installation().uploads.content_of(digest)
    raise NotFound("The file waits no longer. Choose it again.")


def _word_file(content: bytes, name: str) -> Download:
    return Download(
        content,
        mimetype=ReportForm.DOCX.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.docx"'},
    )


def _refused(
    body: BodyWithTemplates,
    document_type: DocumentType,
    held: HouseTemplate,
    form: StylesForm,
    refusal: Refused,
) -> Page:
    form.refuse(refusal)
    return _page(body, document_type, held, form), status_of(refusal)


def _page(
    body: BodyWithTemplates, document_type: DocumentType, held: HouseTemplate, form: StylesForm
) -> str:
    return render_template(
        "biennial_reports/styles.html", body=body, kind=document_type, styles=held.styles, form=form
    )


def _seen_page(
    body: BodyWithTemplates, document_type: DocumentType, form: TakeStylesForm, seen: StylesSeen
) -> str:
    return render_template(
        "biennial_reports/styles_seen.html",
        body=body,
        kind=document_type,
        form=form,
        seen=seen,
        language=preview_language(),
    )
