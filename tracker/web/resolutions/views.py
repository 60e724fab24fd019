"""Views of resolutions: the list, one as adopted, and the import with its review."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Refused, UnreadableDocument
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.i18n import sentence_of
from tracker.queries.paging import Place
from tracker.queries.resolution_pages import resolution_at
from tracker.queries.resolutions import (
    bodies,
    body_names,
    resolution_address,
    resolutions,
)
from tracker.reading import source_text
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.services.proposals import nature_of
from tracker.services.resolutions import (
    ImportOutcome,
    Preview,
    import_resolutions,
    preview_resolutions,
)
from tracker.services.source_files import receive_file
from tracker.web.mandates.selection import read_selection
from tracker.web.resolutions.forms import DetailsForm, UploadForm
from tracker.web.resolutions.source_lines import places_in_source
from tracker.web.resolutions.uploads import Upload, read_upload, sign_upload
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("resolutions", __name__)
Page = str | tuple[str, int]


@blueprint.get("/resolutions")
@requires(Action.READ)
def index() -> str:
    body_key = request.args.get("body")
    place = Place(after=request.args.get("after"), before=request.args.get("before"))
    with reading() as session:
        return render_template(
            "resolutions/index.html",
            page=resolutions(session, body_key=body_key, place=place),
            bodies=bodies(session),
            body_key=body_key,
            may_import=may_ever(actor(), Action.IMPORT_RESOLUTION),
        )


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
                files=installation().files,
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


@blueprint.get("/<body>/<slug>")
@requires(Action.READ)
def show(body: str, slug: str) -> str:
    return _resolution_page(body, slug)


@blueprint.post("/resolutions/<int:instrument_id>/confirm")
@requires(Action.CONFIRM_MANDATE)
def confirm(instrument_id: int) -> Response | Page:
    return _decide(instrument_id, requires_action=True)


@blueprint.post("/resolutions/<int:instrument_id>/set-aside")
@requires(Action.CONFIRM_MANDATE)
def set_aside(instrument_id: int) -> Response | Page:
    return _decide(instrument_id, requires_action=False)


@blueprint.post("/resolutions/<int:instrument_id>/assign")
@requires(Action.ASSIGN_MANDATE)
def assign(instrument_id: int) -> Response | Page:
    try:
        selection = read_selection(request.form)
    except Invalid as refusal:
        return _refused_selection(instrument_id, refusal)
    return redirect(url_for("mandates.assign_several", mandate=selection.ids), 303)


@blueprint.post("/resolutions/<int:instrument_id>/set-aside-rest")
@requires(Action.CONFIRM_MANDATE)
def set_rest_aside(instrument_id: int) -> Response:
    with transaction() as session:
        count = set_aside_rest(session, instrument_id=instrument_id, actor=actor(), at=clock.now())
    flash(_decided(count, requires_action=False), "success")
    return _to_resolution(instrument_id)


def _decide(instrument_id: int, *, requires_action: bool) -> Response | Page:
    try:
        selection = read_selection(request.form)
    except Invalid as refusal:
        return _refused_selection(instrument_id, refusal)
    with transaction() as session:
        count = confirm_mandates(
            session,
            decisions=dict.fromkeys(selection.ids, requires_action),
            versions=selection.versions,
            actor=actor(),
            at=clock.now(),
        )
    flash(_decided(count, requires_action=requires_action), "success")
    return _to_resolution(instrument_id)


def _decided(count: int, *, requires_action: bool) -> str:
    if requires_action:
        return ngettext(
            "%(num)s mandate is confirmed as requiring our action.",
            "%(num)s mandates are confirmed as requiring our action.",
            count,
        )
    return ngettext("%(num)s mandate is set aside.", "%(num)s mandates are set aside.", count)


def _refused_selection(instrument_id: int, refusal: Invalid) -> Page:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    return _resolution_page(body, slug, problem=refusal), 400


def _to_resolution(instrument_id: int) -> Response:
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    return redirect(url_for("resolutions.show", body=body, slug=slug), 303)


def _resolution_page(body: str, slug: str, *, problem: Refused | None = None) -> str:
    with reading() as session:
        resolution = resolution_at(session, body, slug)
    return render_template(
        "resolutions/show.html",
        resolution=resolution,
        problem=sentence_of(problem, gettext) if problem else None,
        may_confirm=is_allowed(actor(), Action.CONFIRM_MANDATE),
        may_assign=may_ever(actor(), Action.ASSIGN_MANDATE),
    )


def _previews(found: Upload) -> tuple[Preview, ...]:
    content = installation().files.content_of(found.digest)
    return preview_resolutions(content, file_name=found.file_name, entity=installation().entity)


def _review_page(
    found: Upload,
    previews: Sequence[Preview],
    form: DetailsForm,
    *,
    there: tuple[str, str] | None = None,
) -> str:
    content = installation().files.content_of(found.digest)
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
            content=installation().files.content_of(found.digest),
            file_name=found.file_name,
            details=form.details if is_single else None,
            actor=actor(),
            at=clock.now(),
            files=installation().files,
            entity=installation().entity,
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
