"""Views of a reviewed text that is one in another language of a resolution that is there."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Stale
from tracker.domain.permissions import Action
from tracker.models.imports import ReviewState
from tracker.queries.import_reviews import ReviewUnderWay, review_under_way
from tracker.queries.resolutions import resolution_address
from tracker.services.edition_reviews import known_text
from tracker.services.language_rehearsals import Difference
from tracker.services.version_reviews import (
    SaidOfVersion,
    add_reviewed_version,
    rehearse_review,
)
from tracker.web.addresses import whole_number
from tracker.web.choices import language_name
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.edition_parts import lined_up_stretch
from tracker.web.resolutions.reviews import to_closed
from tracker.web.resolutions.versions import VersionForm, offer_languages
from tracker.web.security import actor, requires
from tracker.web.stretches import asked_place
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


@blueprint.get("/resolutions/import/<int:review_id>/language")
@requires(Action.IMPORT_RESOLUTION)
def compare_version(review_id: int) -> Response | Page:
    found = _review(review_id)
    if found.state is not ReviewState.OPEN:
        return to_closed(found)
    return _version_page(found, VersionForm(formdata=None, language=found.language))


@blueprint.post("/resolutions/import/<int:review_id>/language")
@requires(Action.IMPORT_RESOLUTION)
def add_compared_version(review_id: int) -> Response | Page:
    found = _review(review_id)
    if found.state is not ReviewState.OPEN:
        return to_closed(found)
    form = VersionForm()
    offer_languages(form, _instrument_id(found))
    if not form.validate():
        return _version_page(found, form), 400
    try:
        with transaction() as session:
            instrument_id = add_reviewed_version(
                session,
                review_id=review_id,
                said=SaidOfVersion(
                    review_version=whole_number(request.form.get("version", "")) or 0,
                    language=form.language.data,
                    is_official=form.is_official.data,
                ),
                actor=actor(),
                at=clock.now(),
                files=installation().files,
                uploads=installation().uploads,
            ).instrument_id
    except (Invalid, Duplicate, Stale) as refusal:
        form.refuse(refusal)
        status = 400 if isinstance(refusal, Invalid) else 409
        return _version_page(_review(review_id), form), status
    language = language_name(form.language.data)
    flash(gettext("The text in %(language)s is added.", language=language), "success")
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    return redirect(url_for("resolutions.show", body=body, slug=slug, text=form.language.data), 303)


def _review(review_id: int) -> ReviewUnderWay:
    with reading() as session:
        return review_under_way(session, review_id, actor())


def _instrument_id(found: ReviewUnderWay) -> int:
    with reading() as session:
        known = known_text(session, found)
    return known.instrument_id if known else 0


def _version_page(found: ReviewUnderWay, form: VersionForm) -> str:
    with reading() as session:
        rehearsal = rehearse_review(session, found)
        instrument_id = _instrument_id(found)
        body, slug = resolution_address(session, instrument_id)
    return render_template(
        "resolutions/review_language.html",
        form=offer_languages(form, instrument_id),
        action=url_for("resolutions.add_compared_version", review_id=found.id),
        version=found.version,
        other_file=url_for("resolutions.review", review_id=found.id),
        is_reviewed=True,
        file_name=found.file_name,
        rehearsal=rehearsal,
        shown=lined_up_stretch(rehearsal.rows, asked_place()),
        differences=Difference,
        body=body,
        slug=slug,
    )
