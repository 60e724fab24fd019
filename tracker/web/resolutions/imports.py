"""Views of the import: files are received, and the texts that they hold are listed and imported."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Refused, Stale, UnreadableDocument
from tracker.domain.permissions import Action
from tracker.models.imports import FileState
from tracker.queries.import_files import (
    FileUnderWay,
    digest_of_file,
    files_received_with,
    half_done_files,
)
from tracker.queries.known_texts import known_reviews
from tracker.queries.received_texts import received_texts
from tracker.services.housekeeping import REVIEWS_KEPT
from tracker.services.import_batches import import_together
from tracker.services.import_reviews import discard_reviews
from tracker.services.scanned_imports import begin_again
from tracker.web.addresses import whole_number
from tracker.web.filters import said
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import MOST_FILES, UploadForm
from tracker.web.resolutions.imported import imported_there, to_imported
from tracker.web.resolutions.receiving import receive_file, receive_several
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
    if len(form.document.data) > 1:
        return _receive_drop(form)
    [document] = form.document.data
    try:
        file_id = receive_file(document.read(), document.filename)
    except (UnreadableDocument, Duplicate) as refusal:
        form.refuse(refusal, at="document")
        return _upload_page(form, there=imported_there(refusal)), 400
    return redirect(_address_of(_files(file_id)[0]), 303)


def _receive_drop(form: UploadForm) -> Response | Page:
    drop = receive_several(form.document.data)
    if not drop.received:
        form.document.errors = [f"{each.file_name}: {each.problem}" for each in drop.refused]
        return _upload_page(form), 400
    return redirect(url_for("resolutions.received", file_id=drop.received[0]), 303)


@blueprint.get("/resolutions/import/files/<int:file_id>")
@requires(Action.IMPORT_RESOLUTION)
def received(file_id: int) -> Response | str:
    files = _files(file_id)
    file = next(each for each in files if each.id == file_id)
    is_awaited = "then" in request.args
    if file.state is not FileState.READ and (is_awaited or len(files) == 1):
        return _waiting_page(file)
    if is_awaited and len(file.open_reviews) == len(file.reviews) == 1:
        return redirect(_address_of(file))  # who waited for the reading wants to see it
    return _texts_page(files)


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
        return _texts_page(_files(file_id), refusal), 400
    except (Duplicate, Stale) as refusal:
        return _texts_page(_files(file_id), refusal), 409
    return to_imported(made, file_id=file_id)


@blueprint.post("/resolutions/import/files/<int:file_id>/discard")
@requires(Action.IMPORT_RESOLUTION)
def discard(file_id: int) -> Response:
    files = [each for each in _files(file_id) if "all" in request.args or each.id == file_id]
    with transaction() as session:
        for file in files:
            discard_reviews(session, file_id=file.id, actor=actor(), at=clock.now())
    names = ", ".join(file.file_name for file in files)
    flash(gettext("The review of %(name)s is discarded.", name=names), "success")
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


def _files(file_id: int) -> Sequence[FileUnderWay]:
    """Return a file with those that came together with it."""
    with reading() as session:
        return files_received_with(session, file_id, actor())


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
        most_files=MOST_FILES,
        most_megabytes=installation().reading_limits.size_bytes // 1024**2,
    )


def _waiting_page(file: FileUnderWay) -> str:
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


def _texts_page(files: Sequence[FileUnderWay], refusal: Refused | None = None) -> str:
    """Return the list of the texts in a file, or in files that came together."""
    with reading() as session:
        texts = received_texts(session, files, first_language=house().languages[0])
    return render_template(
        "resolutions/received.html",
        files=files,
        texts=texts,
        unread=[(file, _address_of(file)) for file in files if file.state is not FileState.READ],
        problem=said(refusal) if refusal else None,
        there=imported_there(refusal) if refusal else None,
    )
