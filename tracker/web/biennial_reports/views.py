"""Views of the biennial report."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.permissions import Action, may_ever
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.completeness import completeness
from tracker.queries.editions import (
    TASK_KIND,
    edition_file,
    find_newest_task,
    period_with_editions,
    periods_with_editions,
)
from tracker.services.background_tasks import request_task
from tracker.services.biennial_reports import compose_edition
from tracker.web import filters
from tracker.web.biennial_reports.forms import EditionForm
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm
from tracker.writing.biennial_report.web_page import write_fragment

blueprint = Blueprint("biennial_reports", __name__, url_prefix="/reports")


@blueprint.get("")
@requires(Action.READ)
def periods() -> str:
    with reading() as session:
        return render_template(
            "biennial_reports/periods.html",
            periods=periods_with_editions(session),
            may_name=may_ever(actor(), Action.WRITE_NAME),
        )


@blueprint.get("/<int:period_id>")
@requires(Action.READ)
def period(period_id: int) -> str:
    return _page(period_id, _form())


@blueprint.get("/<int:period_id>/preview")
@requires(Action.SEE_COMPLIANCE)
def preview(period_id: int) -> str:
    request = EditionRequest(
        period_id=period_id,
        language=filters.language(),
        entity_name=house().entity.name,
        issued_on=clock.today(installation().settings.time_zone),
    )
    with reading() as session:
        document = compose_edition(session, request)
        found = period_with_editions(session, period_id)
    return render_template(
        "biennial_reports/preview.html",
        period=found,
        # The fragment is made by the writer's own template, which escapes every text.
        fragment=Markup(write_fragment(document)),  # noqa: S704
    )


@blueprint.post("/<int:period_id>/generate")
@requires(Action.GENERATE_REPORT)
def generate(period_id: int) -> Response | tuple[str, int]:
    form = _form()
    if not form.validate():
        return _page(period_id, form), 400
    with transaction() as session:
        period_with_editions(session, period_id)
        request_task(
            session,
            kind=TASK_KIND,
            arguments={
                "period_id": period_id,
                "language": form.language.data,
                "document_symbol": (form.document_symbol.data or "").strip(),
                "names_missing": bool(form.names_missing.data),
                "is_final": bool(form.is_final.data),
            },
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The report is being written. You can leave this page meanwhile."), "success")
    return redirect(url_for("biennial_reports.period", period_id=period_id), 303)


@blueprint.get("/editions/<int:edition_id>/<form>")
@requires(Action.READ)
def download(edition_id: int, form: str) -> Response:
    with reading() as session:
        file = edition_file(session, edition_id, form)
        content = installation().files.content_of(file.digest)
        return send_file(
            BytesIO(content),
            mimetype=ReportForm(file.form).media_type,
            as_attachment=True,
            download_name=file.file_name,
        )


def _form() -> EditionForm:
    form = EditionForm()
    form.language.choices = [
        (language, filters.language_name(language).capitalize()) for language in house().languages
    ]
    return form


def _page(period_id: int, form: EditionForm) -> str:
    with reading() as session:
        found = period_with_editions(session, period_id)
        return render_template(
            "biennial_reports/period.html",
            period=found,
            form=form,
            task=find_newest_task(session, period_id),
            completeness=(
                completeness(session, period_id)
                if may_ever(actor(), Action.SEE_COMPLIANCE)
                else None
            ),
            may_generate=may_ever(actor(), Action.GENERATE_REPORT),
        )
