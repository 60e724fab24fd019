"""Views of the evidence on a report: added, handed out as a file, taken away."""

from urllib.parse import quote

from flask import Response as Download
from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.http import quote_header_value

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.permissions import Action
from tracker.queries.evidence import find_evidence
from tracker.services.evidence import add_file, add_link, remove_evidence
from tracker.web.errors import status_of
from tracker.web.progress.forms import EvidenceForm
from tracker.web.progress.views import Page, blueprint, report_page
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction


@blueprint.post("/<int:report_id>/evidence")
@requires(Action.WRITE_PROGRESS)
def add_evidence(report_id: int) -> Page:
    form = EvidenceForm()
    if not form.validate():
        return report_page(report_id, evidence_form=form), 400
    try:
        _add(report_id, form)
    except Invalid as refusal:
        form.refuse(refusal)
        return report_page(report_id, evidence_form=form), status_of(refusal)
    except WrongState as refusal:
        return report_page(report_id, refusal=refusal), status_of(refusal)
    flash(gettext("The evidence is kept with the report."), "success")
    return redirect(url_for("progress.edit", report_id=report_id, _anchor="evidence"), 303)


@blueprint.get("/evidence/<int:evidence_id>")
@requires(Action.READ)
def download_evidence(evidence_id: int) -> Download:
    with reading() as session:
        evidence = find_evidence(session, evidence_id, reader_id=actor().person_id)
    if evidence is None or evidence.digest is None:
        raise NotFound("There is no such evidence, or it is not submitted yet. Open the report.")
    # Always as a file to keep, whatever it is: what others upload is not shown within this site.
    return Download(
        installation().files.content_of(evidence.digest),
        mimetype=evidence.media_type,
        headers={
            "Content-Disposition": f"attachment; {_file_name(evidence.name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


@blueprint.post("/evidence/<int:evidence_id>/remove")
@requires(Action.WRITE_PROGRESS)
def take_evidence_away(evidence_id: int) -> Page:
    with transaction() as session:
        report_id = remove_evidence(session, evidence_id=evidence_id, actor=actor(), at=clock.now())
    flash(gettext("The evidence is taken away."), "success")
    return redirect(url_for("progress.edit", report_id=report_id, _anchor="evidence"), 303)


def _add(report_id: int, form: EvidenceForm) -> None:
    chosen = form.file.data
    address, title = form.address.data or "", form.title.data or ""
    if not chosen and not address.strip():
        raise Invalid("Choose a file or enter the address of a web page.", field="file")
    with transaction() as session:
        if chosen:
            add_file(
                session,
                report_id=report_id,
                name=chosen.filename or "",
                content=chosen.read(),
                files=installation().files,
                actor=actor(),
                at=clock.now(),
            )
        if address.strip():
            add_link(
                session,
                report_id=report_id,
                address=address,
                title=title,
                actor=actor(),
                at=clock.now(),
            )


def _file_name(name: str) -> str:
    """Return the name of a file as a header says it (RFC 6266), for any letters."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return f"filename={quote_header_value(plain)}; filename*=UTF-8''{quote(name, safe='')}"
