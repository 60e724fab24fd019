"""Views of the import: the file is received, its reading reviewed, and only then imported."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Refused, UnreadableDocument
from tracker.domain.permissions import Action
from tracker.queries.resolutions import body_names
from tracker.reading import source_text
from tracker.services.proposals import nature_of
from tracker.services.resolutions import (
    ImportOutcome,
    Preview,
    import_resolutions,
    preview_resolutions,
)
from tracker.services.source_files import receive_file
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import DetailsForm, UploadForm
from tracker.web.resolutions.source_lines import places_in_source
from tracker.web.resolutions.uploads import Upload, read_upload, sign_upload
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/resolutions/import")
@requires(Action.IMPORT_RESOLUTION)
def upload() -> str:
    return render_template("resolutions/upload.html", form=UploadForm(), there=None)


@blueprint.post("/resolutions/import")
@requires(Action.IMPORT_RESOLUTION)
def receive() -> Response | Page:
    form = UploadForm()
    if not form.validate():
        return render_template("resolutions/upload.html", form=form, there=None), 400
    file_name = form.document.data.filename
    content = form.document.data.read()
    try:
        with reading() as session:
            digest = receive_file(
                session,
                content=content,
                file_name=file_name,
                actor=actor(),
                files=installation().uploads,
            )
    except (UnreadableDocument, Duplicate) as refusal:
        form.refuse(refusal, at="document")
        there = _imported(refusal)
        return render_template("resolutions/upload.html", form=form, there=there), 400
    token = sign_upload(Upload(digest, file_name, actor().person_id), _secret_key())
    return redirect(url_for("resolutions.review", token=token), 303)


@blueprint.get("/resolutions/import/<token>")
@requires(Action.IMPORT_RESOLUTION)
def review(token: str) -> str:
    found = read_upload(token, _secret_key(), person_id=actor().person_id)
    previews = _previews(found)
    return _review_page(found, previews, DetailsForm.of_reading(previews[0].reading))


@blueprint.post("/resolutions/import/<token>")
@requires(Action.IMPORT_RESOLUTION)
def confirm_import(token: str) -> Response | Page:
    found = read_upload(token, _secret_key(), person_id=actor().person_id)
    previews = _previews(found)
    form = DetailsForm.of_reading(previews[0].reading)
    if not form.validate():
        return _review_page(found, previews, form), 400
    try:
        outcomes = _import(found, form, is_single=len(previews) == 1)
    except Invalid as refusal:
        form.refuse(refusal)
        return _review_page(found, previews, form), 400
    except Duplicate as refusal:
        form.refuse(refusal)
        return _review_page(found, previews, form, there=_imported(refusal)), 409
    return _to_imported(outcomes)


def _previews(found: Upload) -> tuple[Preview, ...]:
    content = installation().uploads.content_of(found.digest)
    return preview_resolutions(content, file_name=found.file_name, entity=house().entity)


def _review_page(
    found: Upload,
    previews: Sequence[Preview],
    form: DetailsForm,
    *,
    there: tuple[str, str] | None = None,
) -> str:
    content = installation().uploads.content_of(found.digest)
    lines = [line for line in source_text(content, found.file_name).splitlines() if line.strip()]
    doubtful = [block for preview in previews for block in preview.doubtful_blocks]
    with reading() as session:
        known_bodies = body_names(session)
    return render_template(
        "resolutions/review.html",
        token=sign_upload(found, _secret_key()),
        file_name=found.file_name,
        previews=previews,
        form=form,
        there=there,
        source=lines,
        places=places_in_source(lines, doubtful),
        mandate_count=sum(len(preview.proposals) for preview in previews),
        asking_count=sum(preview.asking_count for preview in previews),
        doubt_count=len(doubtful),
        nature_of=nature_of,
        body_names=known_bodies,
    )


def _import(found: Upload, form: DetailsForm, *, is_single: bool) -> tuple[ImportOutcome, ...]:
    with transaction() as session:
        return import_resolutions(
            session,
            content=installation().uploads.content_of(found.digest),
            file_name=found.file_name,
            details=form.details if is_single else None,
            actor=actor(),
            at=clock.now(),
            files=installation().files,
            entity=house().entity,
        )


def _to_imported(outcomes: Sequence[ImportOutcome]) -> Response:
    count = sum(outcome.mandate_count for outcome in outcomes)
    symbols = ", ".join(outcome.symbol for outcome in outcomes)
    flash(
        ngettext(
            "%(symbols)s is imported with %(num)s mandate.",
            "%(symbols)s is imported with %(num)s mandates.",
            count,
            symbols=symbols,
        ),
        "success",
    )
    if len(outcomes) > 1:
        return redirect(url_for("resolutions.index"), 303)
    return redirect(
        url_for("resolutions.show", body=outcomes[0].body_key, slug=outcomes[0].slug), 303
    )


def _imported(refusal: Refused) -> tuple[str, str] | None:
    """Return symbol and address of the resolution that a refusal says is there already."""
    values = refusal.values
    if not isinstance(refusal, Duplicate) or "slug" not in values:
        return None
    address = url_for("resolutions.show", body=values["body_key"], slug=values["slug"])
    return str(values["symbol"]), address


def _secret_key() -> str:
    return installation().settings.secret_key
