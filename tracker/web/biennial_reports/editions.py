"""Views of editions that were made: read in the browser as they were made, and downloaded."""

from io import BytesIO

from flask import render_template, send_file
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.domain.permissions import Action
from tracker.queries.editions import edition_file, edition_with_period
from tracker.web.biennial_reports.views import blueprint
from tracker.web.security import requires
from tracker.web.transactions import installation, reading
from tracker.writing.biennial_report import ReportForm
from tracker.writing.biennial_report.web_page import fragment_of


@blueprint.get("/editions/<int:edition_id>")
@requires(Action.READ)
def read(edition_id: int) -> str:
    with reading() as session:
        period, edition = edition_with_period(session, edition_id)
        kept = edition_file(session, edition_id, ReportForm.HTML)
        page = installation().files.content_of(kept.digest)
    return render_template(
        "biennial_reports/edition.html",
        period=period,
        edition=edition,
        # The kept page was made by the writer's own template, which escapes every text.
        fragment=Markup(fragment_of(page)),  # noqa: S704
    )


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
