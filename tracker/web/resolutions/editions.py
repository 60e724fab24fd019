"""Views of corrected editions: compared with the text that is there, taken, and looked up later."""

from collections.abc import Mapping
from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import StringField

from tracker import clock
from tracker.domain.differences import Part, word_difference
from tracker.domain.errors import Invalid, Stale
from tracker.domain.permissions import Action
from tracker.models.imports import ReviewState
from tracker.queries.corrected_editions import EditionComparison
from tracker.queries.import_reviews import ReviewUnderWay, review_under_way
from tracker.queries.resolutions import resolution_address
from tracker.queries.text_editions import edition_page, find_source, replaced_by
from tracker.services.edition_reviews import (
    SaidOfEdition,
    compare_review,
    take_reviewed_edition,
)
from tracker.services.proposals import nature_of
from tracker.web.addresses import whole_number
from tracker.web.choices import language_name
from tracker.web.forms import TrackerForm
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.edition_parts import (
    NEW,
    edition_stretch,
    read_said,
    said_elsewhere,
    text_stretch,
    touched_stretch,
)
from tracker.web.resolutions.reviews import to_closed
from tracker.web.security import actor, requires
from tracker.web.stretches import MOST_BYTES, asked_place
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


class EditionForm(TrackerForm):
    """What a person says of an edition as a whole."""

    label = StringField(
        lazy_gettext("What this edition is"),
        description=lazy_gettext(
            "The symbol of the correction, for example E/2024/42/Corr.1, or a few words such as "
            "“the signed text”. The history of the text cites it, and so do mandates that end."
        ),
    )


@blueprint.get("/resolutions/import/<int:review_id>/edition")
@requires(Action.CORRECT_CLAUSE)
def compare_edition(review_id: int) -> Response | Page:
    found = _review(review_id)
    if found.state is not ReviewState.OPEN:
        return to_closed(found)
    return _comparison_page(found, EditionForm(formdata=None), {})


@blueprint.post("/resolutions/import/<int:review_id>/edition")
@requires(Action.CORRECT_CLAUSE)
def take_edition(review_id: int) -> Response | Page:
    found = _review(review_id)
    if found.state is not ReviewState.OPEN:
        return to_closed(found)
    form, said = EditionForm(), read_said(request.form)
    if not form.validate():
        return _comparison_page(found, form, said), 400
    if request.form.get("do") != "take":
        return _comparison_page(found, form, said)
    try:
        instrument_id = _take(review_id, form.label.data or "", said)
    except Invalid as refusal:
        form.refuse(refusal)
        return _comparison_page(found, form, said), 400
    except Stale as refusal:
        form.refuse(refusal)
        return _comparison_page(_review(review_id), form, said), 409
    flash(gettext("The edition is the text now. What it replaced is kept."), "success")
    with reading() as session:
        body, slug = resolution_address(session, instrument_id)
    return redirect(url_for("resolutions.show", body=body, slug=slug), 303)


@blueprint.get("/resolutions/editions/<int:edition_id>")
@requires(Action.READ)
def edition(edition_id: int) -> str:
    with reading() as session:
        page = edition_page(session, edition_id)
    return render_template(
        "resolutions/edition.html",
        page=page,
        touched=touched_stretch(page.touched, asked_place(), most_bytes=MOST_BYTES // 2),
        earlier=text_stretch(page.earlier_text, asked_place("text"), most_bytes=MOST_BYTES // 2),
        title_difference=_difference(page.edition.before_title, page.edition.after_title),
    )


@blueprint.get("/resolutions/sources/<digest>")
@requires(Action.READ)
def source_file(digest: str) -> Response:
    with reading() as session:
        file = find_source(session, digest)
    # Sent as a file of no kind: what outsiders wrote must not run in the reader's browser.
    return send_file(
        BytesIO(installation().files.content_of(file.digest)),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=file.file_name,
    )


def _take(review_id: int, label: str, said: Mapping[int, int | None]) -> int:
    with transaction() as session:
        return take_reviewed_edition(
            session,
            review_id=review_id,
            said=SaidOfEdition(
                label=label,
                review_version=_sent_number("version"),
                instrument_version=_sent_number("instrument"),
                paragraphs=said,
            ),
            entity=house().entity,
            actor=actor(),
            at=clock.now(),
            files=installation().files,
            uploads=installation().uploads,
        ).instrument_id


def _sent_number(name: str) -> int:
    return whole_number(request.form.get(name, "")) or 0


def _review(review_id: int) -> ReviewUnderWay:
    with reading() as session:
        return review_under_way(session, review_id, actor())


def _difference(before: str | None, after: str | None) -> tuple[Part, ...]:
    return tuple(word_difference(before or "", after or ""))


def _comparison_page(
    found: ReviewUnderWay, form: EditionForm, said: Mapping[int, int | None]
) -> str:
    with reading() as session:
        comparison: EditionComparison = compare_review(
            session, found, entity=house().entity, said=said
        )
        earlier = replaced_by(session, found.digest)
    # The page where it was sent from, unless the person goes on to another.
    asked = request.form.get("go", request.form.get("start", ""))
    shown = edition_stretch(comparison, asked)
    return render_template(
        "resolutions/compare_edition.html",
        review=found,
        comparison=comparison,
        form=form,
        earlier=earlier,
        shown=shown,
        elsewhere=said_elsewhere(said, shown),
        title_difference=_difference(comparison.title_before, comparison.title_after),
        other_languages=[language_name(code) for code in comparison.other_languages],
        nature_of=nature_of,
        new=NEW,
    )
