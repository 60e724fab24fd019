"""Views of a review: what was read beside its source, changed step by step, then imported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.differences import Part, word_difference
from tracker.domain.errors import Duplicate, Invalid, Refused, Stale, WrongState
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.review_edits import Join, Settle
from tracker.domain.review_history import Step, Turn
from tracker.domain.reviewed_text import ReviewedBlock
from tracker.models.imports import ReviewState
from tracker.queries.import_files import file_under_way
from tracker.queries.import_reviews import ReviewUnderWay, review_under_way, source_of_review
from tracker.queries.resolutions import body_names, resolution_address
from tracker.reading.annexes import with_annexes
from tracker.services.annexes import add_annexes
from tracker.services.bodies import plain_name
from tracker.services.edition_reviews import compare_review, known_text
from tracker.services.import_batches import import_together
from tracker.services.import_reviews import details_of, save_details, take_step
from tracker.services.proposals import nature_of
from tracker.services.resolutions import Details, preview_of
from tracker.web.addresses import whole_number
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import DetailsForm
from tracker.web.resolutions.imported import imported_there, to_imported
from tracker.web.resolutions.review_forms import (
    ChangeForm,
    How,
    asked_form,
    form_for,
    sent_form,
    step_of_button,
    step_of_form,
)
from tracker.web.resolutions.review_parts import (
    asked_review_part,
    doubt_beyond,
    listed_doubts,
    review_parts,
)
from tracker.web.resolutions.review_rows import review_rows
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """The form that stands open on the page; ``theirs`` shows what it would write over."""

    how: How
    key: str
    form: ChangeForm
    theirs: tuple[Part, ...] = ()


@blueprint.get("/resolutions/import/<int:review_id>")
@requires(Action.IMPORT_RESOLUTION)
def review(review_id: int) -> Response | Page:
    found = _review(review_id)
    if found.state is not ReviewState.OPEN:
        return to_closed(found)
    asked = asked_form(request.args, found.text)
    opened = _opened(*asked) if asked else None
    return _page(found, _details_form(found), opened=opened)


@blueprint.post("/resolutions/import/<int:review_id>/step")
@requires(Action.IMPORT_RESOLUTION)
def change_reading(review_id: int) -> Response | Page:
    found = _review(review_id)
    opened = None
    try:
        sent = sent_form(request.form, found.text)
        opened = _opened(*sent) if sent else None
        if opened is not None and sent is not None:
            step = step_of_form(opened.form, sent[1])
        else:
            step = step_of_button(request.form.get("do", ""), found.text)
        with transaction() as session:
            after = take_step(
                session,
                review_id=review_id,
                version=_seen_version(),
                step=step,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        return _refused_step(_review(review_id), opened, refusal)
    return redirect(_address(found, after, step), 303)


@blueprint.post("/resolutions/import/<int:review_id>/details")
@requires(Action.IMPORT_RESOLUTION)
def keep_details(review_id: int) -> Response | Page:
    found = _review(review_id)
    form = _details_form(found)
    if not form.validate():
        return _page(found, form), 400
    try:
        _save(review_id, form.details, form.seen_version)
    except Stale as refusal:
        form.refuse(refusal)
        return _page(found, form), 409
    flash(gettext("Symbol, title and adoption are kept for when you import."), "success")
    return redirect(url_for("resolutions.review", review_id=review_id, part=_seen_part()), 303)


@blueprint.post("/resolutions/import/<int:review_id>")
@requires(Action.IMPORT_RESOLUTION)
def confirm_import(review_id: int) -> Response | Page:
    found = _review(review_id)
    form = _details_form(found)
    if not form.validate():
        return _page(found, form), 400
    try:
        with transaction() as session:
            version = save_details(
                session,
                review_id=review_id,
                version=form.seen_version,
                details=form.details,
                actor=actor(),
                at=clock.now(),
            )
            made = import_together(
                session,
                versions={review_id: version},
                first_language=house().languages[0],
                actor=actor(),
                at=clock.now(),
                files=installation().files,
                uploads=installation().uploads,
                entity=house().entity,
            )
            for outcome in made.imported:
                add_annexes(
                    session,
                    instrument_id=outcome.instrument_id,
                    positions=_chosen_annexes(),
                    entity=house().entity,
                    actor=actor(),
                    at=clock.now(),
                )
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(found, form), 400
    except (Duplicate, Stale) as refusal:
        form.refuse(refusal)
        return _page(_review(review_id), form, there=imported_there(refusal)), 409
    return to_imported(made, file_id=found.file_id)


def _chosen_annexes() -> list[int]:
    """Return which annexes of the text were ticked, counted from 0."""
    sent = [whole_number(value) for value in request.form.getlist("annex")]
    return [position for position in sent if position is not None]


def _save(review_id: int, details: Details, version: int) -> None:
    with transaction() as session:
        save_details(
            session,
            review_id=review_id,
            version=version,
            details=details,
            actor=actor(),
            at=clock.now(),
        )


def _review(review_id: int) -> ReviewUnderWay:
    with reading() as session:
        return review_under_way(session, review_id, actor())


def _details_form(found: ReviewUnderWay) -> DetailsForm:
    return DetailsForm.of_details(details_of(found.details), version=found.version)


def _opened(how: How, there: ReviewedBlock) -> Opened:
    return Opened(how, there.key, form_for(how, there))


def _seen_part() -> int | None:
    """Return which part of a long text was on the page, None where there was no other."""
    return request.args.get("part", type=int)


def _seen_version() -> int:
    return request.form.get("version", default=0, type=int)


def _address(before: ReviewUnderWay, found: ReviewUnderWay, step: Step) -> str:
    """Return where the page goes on: at the paragraph, or at the next place that is doubtful."""
    if isinstance(step, Turn):
        live = found.standing.live
        key = live[-1][1].key if live else None
    elif isinstance(step, Settle):
        key = _next_doubtful(found, step.key)
    elif isinstance(step, Join):
        key = _above(before, step.key)
    else:
        key = step.key
    if key not in {each.key for each in found.text}:
        return url_for(
            "resolutions.review", review_id=found.id, part=_seen_part(), _anchor="reading"
        )
    return url_for("resolutions.review", review_id=found.id, at=key, _anchor=key)


def _above(found: ReviewUnderWay, key: str) -> str | None:
    """Return the paragraph that one was joined with."""
    upper = None
    for each in found.text:
        if each.key == key:
            return upper
        upper = upper if each.is_left_out else each.key
    return None


def _next_doubtful(found: ReviewUnderWay, key: str) -> str | None:
    keys = [each.key for each in found.text]
    later = [each.key for each in found.doubtful if keys.index(each.key) > keys.index(key)]
    rest = [each.key for each in found.doubtful]
    return next(iter(later or rest), key)


def _refused_step(found: ReviewUnderWay, opened: Opened | None, refusal: Refused) -> Page:
    """Show the page as it stands now with the refusal, and with what was typed."""
    status = 409 if isinstance(refusal, Stale) else 400
    form = _details_form(found)
    if opened is None:
        form.refuse(refusal, at="")
        return _page(found, form), status
    there = next((each for each in found.text if each.key == opened.key), None)
    opened.form.refuse(refusal)
    if isinstance(refusal, Stale) and there is not None and opened.how is How.TEXT:
        theirs = tuple(word_difference(opened.form.text.data or "", there.block.text))
        opened = Opened(opened.how, opened.key, opened.form, theirs)
    if there is None:
        form.refuse(refusal, at="")
    return _page(found, form, opened=opened), status


def to_closed(found: ReviewUnderWay) -> Response:
    """Lead from a review that is closed to what it became; raise where it became nothing."""
    if found.state is ReviewState.IMPORTED and found.instrument_id is not None:
        with reading() as session:
            body_key, slug = resolution_address(session, found.instrument_id)
        return redirect(url_for("resolutions.show", body=body_key, slug=slug))
    raise WrongState("This review was discarded. Upload the file again to review it anew.")


def _page(
    found: ReviewUnderWay,
    form: DetailsForm,
    *,
    opened: Opened | None = None,
    there: tuple[str, str] | None = None,
) -> str:
    preview = preview_of(found.reading, house().entity)
    with reading() as session:
        source = source_of_review(session, found.id)
        file = file_under_way(session, found.file_id, actor())
        known_bodies = body_names(session)
        known = known_text(session, found)
        comparison = None
        if known is not None and known.is_same_language:
            comparison = compare_review(session, found, entity=house().entity)
    rows, cut_source = review_rows(found, source, preview)
    parts = review_parts(rows, cut_source)
    part = asked_review_part(parts, request.args, key=opened.key if opened else None)
    return render_template(
        "resolutions/review.html",
        review=found,
        file=file,
        first_key=rows[0].key if rows else None,
        parts=parts,
        part=part,
        asked=part.number if len(parts) > 1 else None,
        doubts=listed_doubts(parts, part),
        beyond=doubt_beyond(parts, part),
        opened=opened,
        form=form,
        missing=form.missing,
        there=there,
        mandate_count=len(preview.proposals),
        asking_count=preview.asking_count,
        left_count=len(found.doubtful),
        nature_of=nature_of,
        body_names=known_bodies,
        new_body=_new_body(form, found, known_bodies),
        known=known,
        annexes=with_annexes(replace(found.reading, annexes=())).annexes,
        chosen_annexes=_chosen_annexes(),
        comparison=comparison,
        may_take_edition=is_allowed(actor(), Action.CORRECT_CLAUSE),
    )


def _new_body(form: DetailsForm, found: ReviewUnderWay, known: Sequence[str]) -> str:
    """Return the body that an import would make, as no body is called so; "" for one that is."""
    name = plain_name(form.body.data or found.reading.body or "")
    return "" if name.casefold() in {each.casefold() for each in known} else name
