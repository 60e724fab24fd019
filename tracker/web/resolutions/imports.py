"""Views of the import: a file is received, and the texts that it holds are listed and imported."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import (
    Duplicate,
    Invalid,
    Refused,
    ScannedDocument,
    Stale,
    UnreadableDocument,
)
from tracker.domain.permissions import Action
from tracker.models.imports import FileState
from tracker.queries.import_files import (
    FileUnderWay,
    digest_of_file,
    file_under_way,
    half_done_files,
)
from tracker.queries.known_texts import known_reviews
from tracker.reading.scans import found_tesseract
from tracker.services.housekeeping import REVIEWS_KEPT
from tracker.services.import_batches import import_together
from tracker.services.import_reviews import discard_reviews, receive_import
from tracker.services.scanned_imports import begin_again, receive_scan
from tracker.web.addresses import whole_number
from tracker.web.filters import said
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import UploadForm
from tracker.web.resolutions.imported import imported_there, to_imported
from tracker.web.resolutions.scans import WaitingScan, waiting_page
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/resolutions/import")
@requires(Action.IMPORT_RESOLUTION)
def upload() -> str:
    return _upload_page(UploadForm())


@blueprint.post("/resolutions/import")
@requires(Action.IMPORT_RESOLUTION)
def receive() -> Response | Page:
    form = UploadForm()
    if not form.validate():
        return _upload_page(form), 400
    try:
        file_id = _received(form.document.data.read(), form.document.data.filename)
    except (UnreadableDocument, Duplicate) as refusal:
        form.refuse(refusal, at="document")
        return _upload_page(form, there=imported_there(refusal)), 400
    return redirect(_address_of(_file(file_id)), 303)


@blueprint.get("/resolutions/import/files/<int:file_id>")
@requires(Action.IMPORT_RESOLUTION)
def received(file_id: int) -> Response | str:
    file = _file(file_id)
    if "then" in request.args and len(file.open_reviews) == len(file.reviews) == 1:
        return redirect(_address_of(file))  # who waited for the reading wants to see it
    return _file_page(file)


@blueprint.get("/resolutions/import/files/<int:file_id>/pages/<int:number>")
@requires(Action.IMPORT_RESOLUTION)
def scanned_page(file_id: int, number: int) -> Response:
    with reading() as session:
        digest = digest_of_file(session, file_id, actor())
    picture = installation().pages.picture_of(digest, number)
    answer = Response(picture, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.post("/resolutions/import/files/<int:file_id>/again")
@requires(Action.IMPORT_RESOLUTION)
def recognise_again(file_id: int) -> Response:
    with transaction() as session:
        begin_again(session, file_id=file_id, actor=actor(), at=clock.now())
    return redirect(url_for("resolutions.received", file_id=file_id, then="review"), 303)


@blueprint.post("/resolutions/import/files/<int:file_id>")
@requires(Action.IMPORT_RESOLUTION)
def import_chosen(file_id: int) -> Response | Page:
    try:
        versions = _chosen()
        with transaction() as session:
            made = import_together(
                session,
                versions=versions,
                first_language=house().languages[0],
                actor=actor(),
                at=clock.now(),
                files=installation().files,
                uploads=installation().uploads,
                entity=house().entity,
            )
    except Invalid as refusal:
        return _file_page(_file(file_id), refusal), 400
    except (Duplicate, Stale) as refusal:
        return _file_page(_file(file_id), refusal), 409
    return to_imported(made)


@blueprint.post("/resolutions/import/files/<int:file_id>/discard")
@requires(Action.IMPORT_RESOLUTION)
def discard(file_id: int) -> Response:
    file = _file(file_id)
    with transaction() as session:
        discard_reviews(session, file_id=file_id, actor=actor(), at=clock.now())
    flash(gettext("The review of %(name)s is discarded.", name=file.file_name), "success")
    return redirect(url_for("resolutions.upload"), 303)


def _chosen() -> dict[int, int]:
    """Return the reviews that were ticked, each with the version that the person saw."""
    versions = {}
    for value in request.form.getlist("review"):
        first, _, last = value.partition(":")
        review_id, version = whole_number(first), whole_number(last)
        if review_id is not None and version is not None:
            versions[review_id] = version
    if not versions:
        raise Invalid("Nothing is selected. Select the texts to import, then press the button.")
    return versions


def _file(file_id: int) -> FileUnderWay:
    with reading() as session:
        return file_under_way(session, file_id, actor())


def _received(content: bytes, file_name: str) -> int:
    """Read a file and open its reviews, or have it recognised first; return the id of its row.

    Raises UnreadableDocument or Duplicate.
    """
    parts = installation()
    try:
        read = parts.read(content, file_name)  # before the transaction: it may take long
    except ScannedDocument as scan:
        found_tesseract(scan, parts.scan_limits)
        with transaction() as session:
            return receive_scan(
                session,
                content=content,
                file_name=file_name,
                scan=scan,
                actor=actor(),
                at=clock.now(),
                uploads=parts.uploads,
            ).id
    with transaction() as session:
        return receive_import(
            session,
            content=content,
            file_name=file_name,
            actor=actor(),
            at=clock.now(),
            uploads=parts.uploads,
            reading=read,
        ).id


def _address_of(file: FileUnderWay) -> str:
    if len(file.reviews) == 1:
        return url_for("resolutions.review", review_id=file.reviews[0].id)
    if file.state is FileState.READING:
        return url_for("resolutions.received", file_id=file.id, then="review")
    return url_for("resolutions.received", file_id=file.id)


def _upload_page(form: UploadForm, *, there: tuple[str, str] | None = None) -> str:
    with reading() as session:
        waiting = half_done_files(session, actor())
        known = known_reviews(session, [each for file in waiting for each in file.open_reviews])
    return render_template(
        "resolutions/upload.html",
        known=known,
        form=form,
        there=there,
        waiting=[(file, _address_of(file)) for file in waiting],
        days_kept=REVIEWS_KEPT.days,
    )


def _file_page(file: FileUnderWay, refusal: Refused | None = None) -> str:
    if file.state is not FileState.READ:
        return waiting_page(
            WaitingScan(
                file_name=file.file_name,
                task=file.task,
                here=_address_of(file),
                upload=url_for("resolutions.upload"),
                discard=url_for("resolutions.discard", file_id=file.id),
                again=url_for("resolutions.recognise_again", file_id=file.id),
                problem=file.problem,
                is_listed=True,
            )
        )
    with reading() as session:
        known = known_reviews(session, file.open_reviews)
    return render_template(
        "resolutions/received.html",
        file=file,
        known=known,
        problem=said(refusal) if refusal else None,
        there=imported_there(refusal) if refusal else None,
    )
