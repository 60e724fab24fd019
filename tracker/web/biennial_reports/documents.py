"""Views at the permanent address of a report: what was issued, before that what was submitted."""

from flask import Response as Download
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.errors import NotFound
from tracker.queries.submissions import Issued, Submission, find_submission_at
from tracker.web import filters
from tracker.web.biennial_reports.views import blueprint
from tracker.web.exports import page_address
from tracker.web.security import find_signed_in_actor, public
from tracker.web.transactions import installation, reading

Page = str | Response


@blueprint.get("/documents/<slug>")
@public
def document(slug: str) -> Page:
    found = _open_to_reader(slug)
    if isinstance(found, Response):
        return found
    text = found.text_for(filters.language())
    return render_template(
        "biennial_reports/document.html",
        found=found,
        text=text,
        read_with=found.read_with(text) if text else (),
        address=page_address("biennial_reports.document", slug=slug),
        is_signed_in=find_signed_in_actor(),
    )


@blueprint.get("/documents/<slug>/<int:document_id>")
@public
def issued_file(slug: str, document_id: int) -> Response:
    found = _open_to_reader(slug)
    if isinstance(found, Response):
        return found
    issued = next((each for each in found.issued if each.id == document_id), None)
    if issued is None:
        raise NotFound("There is no such file of this document. Choose one from its page.")
    # Always as a file to keep: what was uploaded is not shown within this site.
    return Download(
        installation().files.content_of(issued.digest),
        mimetype=issued.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{slug}_{issued.id}{_ending(issued)}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _open_to_reader(slug: str) -> Submission | Response:
    """Return what is at the address; who is not signed in reads only what is public."""
    with reading() as session:
        found = find_submission_at(session, slug)
    if find_signed_in_actor() is None and (found is None or not found.is_public):
        address = url_for("biennial_reports.document", slug=slug)
        return redirect(url_for("account.sign_in", next=address))
    if found is None:
        raise NotFound("There is no document at this address. Choose a report under Reports.")
    return found


def _ending(issued: Issued) -> str:
    stem, dot, ending = issued.file_name.rpartition(".")
    plain = ending.isascii() and ending.isalnum() and len(ending) <= 5
    return f".{ending}" if stem and dot and plain else ""
