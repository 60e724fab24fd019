"""Views of an edited copy: it comes back from Word, is looked at, and taken."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.kept_comparisons import COPY_KIND, asked_of_copy
from tracker.queries.kept_compositions import find_composition, is_composed_apart
from tracker.queries.report_wordings import newest_wordings, reports_behind
from tracker.reading.edited_report import read_copy_mark
from tracker.services.kept_compositions import ask_for_composition
from tracker.services.kept_results import ask_for
from tracker.services.report_wordings import NewWording, ask_about_wording, keep_wordings
from tracker.storage import is_digest
from tracker.web.biennial_reports.copy_comparison import (
    CopyComparison,
    ShownChange,
    compared_copy,
    edition_handed_out,
)
from tracker.web.biennial_reports.forms import CopyForm, TakeCopyForm
from tracker.web.biennial_reports.views import blueprint
from tracker.web.biennial_reports.wording import told_of_copy
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.stretches import Stretch, asked_place
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int] | Response
CHOICES = ("take", "ask", "leave")
MOST_LISTED = 40  # of what cannot be taken, of each sort


@blueprint.get("/<int:period_id>/copy")
@requires(Action.GENERATE_REPORT)
def ask_for_copy(period_id: int) -> str:
    return _upload_page(period_id, CopyForm())


@blueprint.post("/<int:period_id>/copy")
@requires(Action.GENERATE_REPORT)
def compare_copy(period_id: int) -> Page:
    form = CopyForm()
    if not form.validate():
        return _upload_page(period_id, form), 400
    content = form.copy.data.read()
    try:
        installation().uploads.look_at(content)
        with reading() as session:
            edition_handed_out(period_with_editions(session, period_id), read_copy_mark(content))
            is_apart = is_composed_apart(session, period_id)
        digest = installation().uploads.keep(content)
        if is_apart:
            return _ask_for_comparison(period_id, digest)
        with reading() as session:
            comparison = compared_copy(session, period_id, digest)
    except (Invalid, NotFound, WrongState) as refusal:
        form.refuse(refusal, at="copy")
        return _upload_page(period_id, form), status_of(refusal)
    return _comparison_page(comparison, _take_form(digest), {})


@blueprint.get("/<int:period_id>/copy/<digest>")
@requires(Action.GENERATE_REPORT)
def copied(period_id: int, digest: str) -> str:
    with reading() as session:
        comparison = compared_copy(session, period_id, digest)
    return _comparison_page(comparison, _take_form(digest), {})


@blueprint.post("/<int:period_id>/copy/<digest>")
@requires(Action.GENERATE_REPORT)
def compare_copy_again(period_id: int, digest: str) -> Response:
    if not is_digest(digest):
        raise NotFound("The copy is not named. Choose the file once more.")
    return _ask_for_comparison(period_id, digest)


@blueprint.post("/<int:period_id>/copy/take")
@requires(Action.GENERATE_REPORT)
def take_copy(period_id: int) -> Page:
    form = TakeCopyForm()
    choices = {
        name.removeprefix("choice-"): value
        for name, value in request.form.items()
        if name.startswith("choice-") and value in CHOICES
    }
    with reading() as session:
        comparison = compared_copy(session, period_id, form.kept.data or "")
    if not form.validate():
        return _comparison_page(comparison, form, choices), 400
    seen = comparison.seen(choices, asked_place())
    if comparison.result is None or form.seal.data != comparison.seal(seen):
        form.form_errors.append(
            gettext(
                "The report has changed since you looked at the copy. Nothing was taken: look at "
                "the changes once more, then take them."
            )
        )
        return _comparison_page(comparison, form, choices), 409
    try:
        kept, asked = _take(comparison, seen)
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _comparison_page(comparison, form, choices), status_of(refusal)
    flash(told_of_copy(kept, asked), "success")
    return redirect(_way_on(comparison, seen, form.kept.data or ""), 303)


def _way_on(comparison: CopyComparison, seen: Stretch[ShownChange], digest: str) -> str:
    """Return where the next changes of the copy stand, or the edited texts after the last."""
    period_id = comparison.found.id
    if seen.following is None:
        return url_for(
            "biennial_reports.texts",
            period_id=period_id,
            language=comparison.mark.language,
            show="edited",
        )
    # What was taken is in the report now, so that the changes behind it have moved up.
    start = seen.following - sum(each.choice == "take" for each in seen.items)
    return url_for(
        "biennial_reports.copied", period_id=period_id, digest=digest, start=start or None
    )


def _take(comparison: CopyComparison, seen: Stretch[ShownChange]) -> tuple[int, int]:
    with transaction() as session:
        held = newest_wordings(session, comparison.found.id, comparison.mark.language)
        kept = keep_wordings(
            session,
            period_id=comparison.found.id,
            language=comparison.mark.language,
            wordings=[
                NewWording(
                    each.change.passage.key,
                    each.change.passage.composed,
                    each.change.after,
                    held[each.change.passage.key].id if each.change.passage.key in held else 0,
                )
                for each in seen.items
                if each.choice == "take"
            ],
            is_from_copy=True,
            actor=actor(),
            at=clock.now(),
        )
        asked = 0
        for each in seen.items:
            if each.choice != "ask":
                continue
            for report in reports_behind(session, each.change.passage.sources)[:1]:
                ask_about_wording(
                    session,
                    report_id=report.report_id,
                    before=each.change.before,
                    after=each.change.after,
                    language=comparison.mark.language,
                    actor=actor(),
                    at=clock.now(),
                )
                asked += 1
    return kept, asked


def _ask_for_comparison(period_id: int, digest: str) -> Response:
    """Have a copy of a long report compared, and the report composed where it never was."""
    mark = read_copy_mark(installation().uploads.content_of(digest))
    with transaction() as session:
        handed_out = edition_handed_out(period_with_editions(session, period_id), mark)
        ask_for(
            session,
            COPY_KIND,
            asked_of_copy(handed_out.id, digest),
            action=Action.GENERATE_REPORT,
            actor=actor(),
            at=clock.now(),
        )
        kept, _task = find_composition(session, period_id, handed_out.language)
        if kept is None:
            ask_for_composition(
                session,
                period_id=period_id,
                language=handed_out.language,
                actor=actor(),
                at=clock.now(),
            )
    return redirect(url_for("biennial_reports.copied", period_id=period_id, digest=digest), 303)


def _take_form(digest: str) -> TakeCopyForm:
    form = TakeCopyForm(formdata=None)
    form.kept.data = digest
    return form


def _upload_page(period_id: int, form: CopyForm) -> str:
    with reading() as session:
        found: PeriodWithEditions = period_with_editions(session, period_id)
    return render_template(
        "biennial_reports/copy.html",
        period=found,
        form=form,
        drafts=[
            edition for edition in found.editions if edition.state == "draft" and edition.comes_back
        ],
    )


def _comparison_page(
    comparison: CopyComparison, form: TakeCopyForm, choices: Mapping[str, str]
) -> str:
    digest = form.kept.data or ""
    about = {
        "period": comparison.found,
        "mark": comparison.mark,
        "composed": comparison.composed,
        "work": comparison.work,
        "is_read": comparison.is_read,
        "digest": digest,
    }
    if comparison.result is None:
        return render_template("biennial_reports/copy_waits.html", **about)
    seen = comparison.seen(choices, asked_place())
    form.seal.data = comparison.seal(seen)
    return render_template(
        "biennial_reports/copy_changes.html",
        **about,
        form=form,
        seen=seen,
        changes=seen.items,
        already=sum(change.is_there_already for change in comparison.result.changes),
        gone=comparison.result.gone,
        untaken=comparison.result.untaken,
        most_listed=MOST_LISTED,
    )
