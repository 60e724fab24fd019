"""Views of a translation: the file goes out, comes back, is looked at, and taken."""

from dataclasses import replace

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.translations import ReturnedFile, TranslationState
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.i18n import language_name
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.kept_compositions import is_composed_apart
from tracker.queries.report_scopes import report_scopes
from tracker.reading.translation_files import read_translation_file
from tracker.services.report_translations import (
    TranslationWork,
    rehearse_return,
    seal_of,
    take_return,
    translation_file,
    translation_work,
)
from tracker.storage import is_digest
from tracker.web.biennial_reports.forms import TakeCopyForm, TranslationForm
from tracker.web.biennial_reports.views import (
    asked_scope,
    blueprint,
    language_choices,
    request_of_today,
)
from tracker.web.biennial_reports.wording import chosen_language
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm
from tracker.writing.translation_table import write_table
from tracker.writing.translation_xliff import write_xliff

Page = str | tuple[str, int] | Response
SHOWN = 40
"""Texts of a kind that a page shows."""


@blueprint.get("/<int:period_id>/translation")
@requires(Action.GENERATE_REPORT)
def translation(period_id: int) -> Page:
    return _work_page(period_id, TranslationForm(formdata=None))


@blueprint.get("/<int:period_id>/translation/file")
@requires(Action.GENERATE_REPORT)
def translation_out(period_id: int) -> Response:
    form = request.args.get("form", "xliff")
    if form not in {"xliff", "docx"}:
        raise NotFound("There is no such form of the translation file. Choose XLIFF or Word.")
    _, work = _work(period_id)
    file = translation_file(work, only_open=request.args.get("part") == "open")
    if form == "docx":
        own = work.mark.language
        content = write_table(
            file, names=(language_name(work.mark.source_language, own), language_name(own, own))
        )
        media_type, ending = ReportForm.DOCX.media_type, "docx"
    else:
        content, media_type, ending = write_xliff(file), "application/xliff+xml", "xlf"
    name = f"report_{period_id}_{work.mark.source_language}-{work.mark.language}.{ending}"
    return Download(
        content,
        mimetype=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.post("/<int:period_id>/translation")
@requires(Action.GENERATE_REPORT)
def rehearse_translation(period_id: int) -> Page:
    form = TranslationForm()
    if not form.validate():
        return _work_page(period_id, form), 400
    content = form.file.data.read()
    try:
        installation().uploads.look_at(content)
        return _rehearsal_page(
            period_id, read_translation_file(content), installation().uploads.keep(content)
        )
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal, at="file")
        return _work_page(period_id, form), status_of(refusal)


@blueprint.post("/<int:period_id>/translation/take")
@requires(Action.GENERATE_REPORT)
def take_translation(period_id: int) -> Page:
    form = TakeCopyForm()
    digest = form.kept.data or ""
    if not is_digest(digest):
        raise Invalid("The file is not named. Choose it once more.")
    returned = read_translation_file(installation().uploads.content_of(digest))
    try:
        with transaction() as session:
            found = period_with_editions(session, period_id)
            count = take_return(
                session,
                request=_request(session, found),
                returned=returned,
                seal=form.seal.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Stale, WrongState) as refusal:
        return _rehearsal_page(period_id, returned, digest, refusal), status_of(refusal)
    flash(
        ngettext("%(num)s text is translated.", "%(num)s texts are translated.", count)
        if count
        else gettext("Nothing was changed."),
        "success",
    )
    return redirect(
        url_for(
            "biennial_reports.translation",
            period_id=period_id,
            language=chosen_language(),
            scope=request.args.get("scope"),
        ),
        303,
    )


def _work(period_id: int) -> tuple[PeriodWithEditions, TranslationWork]:
    with reading() as session:
        found = period_with_editions(session, period_id)
        return found, translation_work(session, _request(session, found))


def _request(session: Session, found: PeriodWithEditions) -> EditionRequest:
    """Return what is asked for: the report, or the part of it that the address names."""
    scope = asked_scope()
    if is_composed_apart(session, found.id, scope):
        raise WrongState(
            "The report is so long that it is translated part by part. Open its translation and "
            "choose a unit or a subprogramme."
        )
    return replace(request_of_today(found, chosen_language()), scope=scope)


def _work_page(period_id: int, form: TranslationForm) -> str:
    language = chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        if is_composed_apart(session, period_id, asked_scope()):
            return render_template(
                "biennial_reports/translation_in_parts.html",
                period=found,
                scopes=report_scopes(session, period_id),
                text_language=language,
                text_languages=language_choices(),
            )
        try:
            work = translation_work(session, _request(session, found))
        except Invalid:  # the language that it is written in: the page offers the others
            work = None
    return render_template(
        "biennial_reports/translation.html",
        period=found,
        form=form,
        work=work,
        states=TranslationState,
        shown=SHOWN,
        text_language=language,
        text_languages=language_choices(),
        is_final=found.is_final_in(language),
    )


def _rehearsal_page(
    period_id: int, returned: ReturnedFile, digest: str, refusal: Refused | None = None
) -> str:
    found, work = _work(period_id)
    rehearsal = rehearse_return(work, returned)
    form = TakeCopyForm(formdata=None)
    form.kept.data, form.seal.data = digest, seal_of(rehearsal)
    if refusal is not None:
        form.refuse(refusal)
    return render_template(
        "biennial_reports/translation_return.html",
        period=found,
        form=form,
        work=work,
        rehearsal=rehearsal,
        # What needs a look comes first.
        taken=sorted(rehearsal.taken, key=lambda each: not (each.numbers or each.has_codes)),
        shown=SHOWN,
        text_language=work.mark.language,
    )
