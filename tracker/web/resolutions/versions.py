"""Views of language versions: a file is received, lined up with the original, and then added."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField

from tracker import clock
from tracker.domain.errors import N_, Duplicate, Invalid, ScannedDocument, UnreadableDocument
from tracker.domain.permissions import Action
from tracker.queries.jobs import find_task
from tracker.queries.language_versions import LanguageVersion, language_versions
from tracker.queries.resolutions import resolution_address
from tracker.reading.scans import found_tesseract
from tracker.services.language_rehearsals import (
    Difference,
    VersionRehearsal,
    rehearse_language_version,
)
from tracker.services.language_versions import add_language_version, confirm_version
from tracker.services.scanned_imports import receive_scanned_version
from tracker.services.source_files import receive_file
from tracker.storage import digest_of
from tracker.web.choices import language_choices, language_name
from tracker.web.forms import TrackerForm
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.edition_parts import lined_up_stretch
from tracker.web.resolutions.scans import WaitingScan, waiting_page
from tracker.web.resolutions.uploads import Upload, read_upload, sign_upload
from tracker.web.security import actor, requires
from tracker.web.stretches import asked_place
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


class VersionFileForm(TrackerForm):
    """The file with the text in another language."""

    document = FileField(
        lazy_gettext("File with the text in another language"),
        description=lazy_gettext(
            "Word, PDF, web page, plain text or a scan: this one resolution alone."
        ),
        validators=[FileRequired(lazy_gettext("Choose the file with the text."))],
    )


class VersionForm(TrackerForm):
    """What a person says about a language version before it is added."""

    language = SelectField(lazy_gettext("Language of the file"))
    is_official = BooleanField(
        lazy_gettext("Official version"),
        default=True,
        description=lazy_gettext(
            "Issued by the documents service. A translation of your own is unofficial."
        ),
    )


@blueprint.get("/resolutions/<int:instrument_id>/languages")
@requires(Action.IMPORT_RESOLUTION)
def languages(instrument_id: int) -> str:
    return _upload_page(instrument_id, VersionFileForm())


@blueprint.post("/resolutions/<int:instrument_id>/languages")
@requires(Action.IMPORT_RESOLUTION)
def receive_version(instrument_id: int) -> Response | Page:
    form = VersionFileForm()
    if not form.validate():
        return _upload_page(instrument_id, form), 400
    file_name, content = form.document.data.filename, form.document.data.read()
    try:
        upload = _received(instrument_id, content, file_name)
    except (UnreadableDocument, Duplicate, Invalid) as refusal:
        form.refuse(refusal, at="document")
        return _upload_page(instrument_id, form), 400
    return redirect(_address_of(instrument_id, upload), 303)


@blueprint.get("/resolutions/<int:instrument_id>/languages/<token>")
@requires(Action.IMPORT_RESOLUTION)
def review_version(instrument_id: int, token: str) -> Page:
    found = read_upload(token, _secret_key(), person_id=actor().person_id)
    try:
        rehearsal = _rehearsal(instrument_id, found)
    except ScannedDocument:
        return _scan_page(instrument_id, found)
    except (UnreadableDocument, Invalid) as refusal:  # as a scan shows only when it is recognised
        empty = VersionFileForm()
        empty.refuse(refusal, at="document")
        return _upload_page(instrument_id, empty), 400
    form = offer_languages(VersionForm(formdata=None, language=rehearsal.language), instrument_id)
    return _review_page(instrument_id, found, rehearsal, form)


@blueprint.post("/resolutions/<int:instrument_id>/languages/<token>")
@requires(Action.IMPORT_RESOLUTION)
def add_version(instrument_id: int, token: str) -> Response | Page:
    found = read_upload(token, _secret_key(), person_id=actor().person_id)
    form = offer_languages(VersionForm(), instrument_id)
    if not form.validate():
        return _review_page(instrument_id, found, _rehearsal(instrument_id, found), form), 400
    content = installation().uploads.content_of(found.digest)
    try:
        read = installation().read(content, found.file_name)
        with transaction() as session:
            add_language_version(
                session,
                instrument_id=instrument_id,
                content=content,
                file_name=found.file_name,
                language=form.language.data,
                is_official=form.is_official.data,
                actor=actor(),
                at=clock.now(),
                files=installation().files,
                reading=read,
            )
            body, slug = resolution_address(session, instrument_id)
    except (Invalid, Duplicate) as refusal:
        form.refuse(refusal)
        status = 409 if isinstance(refusal, Duplicate) else 400
        return _review_page(instrument_id, found, _rehearsal(instrument_id, found), form), status
    flash(
        gettext("The text in %(language)s is added.", language=language_name(form.language.data)),
        "success",
    )
    return redirect(url_for("resolutions.show", body=body, slug=slug, text=form.language.data), 303)


@blueprint.post("/resolutions/<int:instrument_id>/languages/<language>/current")
@requires(Action.IMPORT_RESOLUTION)
def confirm_current(instrument_id: int, language: str) -> Response:
    with transaction() as session:
        confirm_version(
            session,
            instrument_id=instrument_id,
            language=language,
            actor=actor(),
            at=clock.now(),
        )
        body, slug = resolution_address(session, instrument_id)
    flash(
        gettext("The text in %(language)s is current.", language=language_name(language)), "success"
    )
    return redirect(url_for("resolutions.show", body=body, slug=slug, text=language), 303)


def _received(instrument_id: int, content: bytes, file_name: str) -> Upload:
    """Keep a file that can be lined up with the original, or have it recognised first.

    Raises UnreadableDocument, Duplicate or Invalid.
    """
    parts, person_id = installation(), actor().person_id
    try:
        read = parts.read(content, file_name)
    except ScannedDocument as scan:
        found_tesseract(scan, parts.scan_limits)
        with transaction() as session:
            task_id = receive_scanned_version(
                session,
                content=content,
                file_name=file_name,
                scan=scan,
                actor=actor(),
                at=clock.now(),
                files=parts.uploads,
            )
        return Upload(digest_of(content), file_name, person_id, task_id)
    with reading() as session:
        digest = receive_file(
            session,
            content=content,
            file_name=file_name,
            actor=actor(),
            files=parts.uploads,
            reading=read,
        )
    upload = Upload(digest, file_name, person_id)
    _rehearsal(instrument_id, upload)
    return upload


def _scan_page(instrument_id: int, found: Upload) -> str:
    """Return the page of a version that is being recognised, or whose recognition ended badly."""
    with reading() as session:
        task = find_task(session, found.task_id) if found.task_id is not None else None
    gone = N_("What was recognised of this scan is no longer here. Upload it again.")
    is_over = task is None or task.is_over
    return waiting_page(
        WaitingScan(
            file_name=found.file_name,
            task=task,
            here=_address_of(instrument_id, found),
            upload=url_for("resolutions.languages", instrument_id=instrument_id),
            discard=url_for("tasks.cancel", task_id=found.task_id or 0),
            problem=gettext((task and task.message) or gone) if is_over else "",
        )
    )


def _address_of(instrument_id: int, upload: Upload) -> str:
    token = sign_upload(upload, _secret_key())
    return url_for("resolutions.review_version", instrument_id=instrument_id, token=token)


def _rehearsal(instrument_id: int, found: Upload) -> VersionRehearsal:
    content = installation().uploads.content_of(found.digest)
    read = installation().read(content, found.file_name)
    with reading() as session:
        return rehearse_language_version(
            session,
            instrument_id=instrument_id,
            content=content,
            file_name=found.file_name,
            actor=actor(),
            reading=read,
        )


def offer_languages(form: VersionForm, instrument_id: int) -> VersionForm:
    """Offer the languages of the site save the original's; a text that is there is replaced."""
    versions = {version.language: version for version in _versions(instrument_id)}
    form.language.choices = [
        (code, _offer(name, versions.get(code)))
        for code, name in language_choices()
        if code not in versions or not versions[code].is_original
    ]
    return form


def _offer(name: str, there: LanguageVersion | None) -> str:
    if there is None:
        return name
    return gettext("%(language)s (in place of the text that is there)", language=name)


def _versions(instrument_id: int) -> tuple[LanguageVersion, ...]:
    with reading() as session:
        return language_versions(session, instrument_id)


def _upload_page(instrument_id: int, form: VersionFileForm) -> str:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    versions = _versions(instrument_id)
    original = next((each.language for each in versions if each.is_original), None)
    return render_template(
        "resolutions/add_language.html",
        form=form,
        instrument_id=instrument_id,
        body=body,
        slug=slug,
        versions=[(version, language_name(version.language)) for version in versions],
        offered=[name for code, name in language_choices() if code != original],
    )


def _review_page(
    instrument_id: int, found: Upload, rehearsal: VersionRehearsal, form: VersionForm
) -> str:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    token = sign_upload(found, _secret_key())
    return render_template(
        "resolutions/review_language.html",
        form=form,
        action=url_for("resolutions.add_version", instrument_id=instrument_id, token=token),
        other_file=url_for("resolutions.languages", instrument_id=instrument_id),
        file_name=found.file_name,
        rehearsal=rehearsal,
        shown=lined_up_stretch(rehearsal.rows, asked_place()),
        differences=Difference,
        body=body,
        slug=slug,
    )


def _secret_key() -> str:
    return installation().settings.secret_key
