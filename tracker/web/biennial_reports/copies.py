"""Views of an edited copy: it comes back from Word, is looked at, and taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.editing import (
    CopyChange,
    CopyChanges,
    CopyMark,
    CopyText,
    changes_of,
)
from tracker.domain.differences import Part, word_difference
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, edition_file, period_with_editions
from tracker.queries.report_wordings import newest_wordings, reports_behind
from tracker.reading.edited_report import read_edited_report
from tracker.services.report_wordings import NewWording, ask_about_wording, keep_wordings
from tracker.storage import is_digest
from tracker.web.biennial_reports.forms import CopyForm, TakeCopyForm
from tracker.web.biennial_reports.views import blueprint
from tracker.web.biennial_reports.wording import (
    ShownPassage,
    digest_of_text,
    shown_passages,
    told_of_copy,
)
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm

Page = str | tuple[str, int] | Response
CHOICES = ("take", "ask", "leave")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change of a copy as it is shown, under a number for its choice."""

    number: int
    change: CopyChange
    shown: ShownPassage
    choice: str

    @property
    def difference(self) -> list[Part]:
        """Return what the copy changes against what it said when it was handed out."""
        return word_difference(self.change.before, self.change.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An edited copy against the edition that it was made from and the report of today."""

    mark: CopyMark
    found: PeriodWithEditions
    result: CopyChanges
    passages: Mapping[str, ShownPassage]

    @property
    def seal(self) -> str:
        """Return a mark by which it is seen that the same would be changed."""
        return digest_of_text(repr(self.result))

    def shown(self, choices: Mapping[str, str]) -> list[ShownChange]:
        """Return the changes that are not in the report already, each with its choice."""
        changes = [change for change in self.result.changes if not change.is_there_already]
        return [
            ShownChange(
                number,
                change,
                self.passages[change.passage.key],
                choices.get(str(number), "leave" if change.has_moved_on else "take"),
            )
            for number, change in enumerate(changes, start=1)
        ]


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
            comparison = _compare(session, period_id, read_edited_report(content))
    except (Invalid, NotFound, WrongState) as refusal:
        form.refuse(refusal, at="copy")
        return _upload_page(period_id, form), status_of(refusal)
    take = TakeCopyForm(formdata=None)
    take.kept.data = installation().uploads.keep(content)
    return _comparison_page(comparison, take, {})


@blueprint.post("/<int:period_id>/copy/take")
@requires(Action.GENERATE_REPORT)
def take_copy(period_id: int) -> Page:
    form = TakeCopyForm()
    choices = {
        name.removeprefix("choice-"): value
        for name, value in request.form.items()
        if name.startswith("choice-") and value in CHOICES
    }
    copy = _read_kept(form.kept.data or "")
    with reading() as session:
        comparison = _compare(session, period_id, copy)
    if not form.validate():
        return _comparison_page(comparison, form, choices), 400
    if form.seal.data != comparison.seal:
        form.form_errors.append(
            gettext(
                "The report has changed since you looked at the copy. Nothing was taken: look at "
                "the changes once more, then take them."
            )
        )
        return _comparison_page(comparison, form, choices), 409
    try:
        kept, asked = _take(comparison, choices)
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _comparison_page(comparison, form, choices), status_of(refusal)
    flash(told_of_copy(kept, asked), "success")
    return redirect(
        url_for(
            "biennial_reports.texts",
            period_id=period_id,
            language=comparison.mark.language,
            show="edited",
        ),
        303,
    )


def _take(comparison: Comparison, choices: Mapping[str, str]) -> tuple[int, int]:
    shown = comparison.shown(choices)
    with transaction() as session:
        seen = newest_wordings(session, comparison.found.id, comparison.mark.language)
        kept = keep_wordings(
            session,
            period_id=comparison.found.id,
            language=comparison.mark.language,
            wordings=[
                NewWording(
                    each.change.passage.key,
                    each.change.passage.composed,
                    each.change.after,
                    seen[each.change.passage.key].id if each.change.passage.key in seen else 0,
                )
                for each in shown
                if each.choice == "take"
            ],
            is_from_copy=True,
            actor=actor(),
            at=clock.now(),
        )
        asked = 0
        for each in shown:
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


def _compare(session: Session, period_id: int, copy: CopyText) -> Comparison:
    """Compare a copy with the edition that it was made from; refuse one of something else."""
    found = period_with_editions(session, period_id)
    mark = copy.mark
    if mark is None:
        raise Invalid(
            "The file does not say which draft it was made from, so its changes cannot be found. "
            "Download a draft as Word here, put the changes into it, and choose that file."
        )
    if mark.period_id != period_id:
        raise Invalid(
            "The file is a copy of the report on another period. Open that report and choose the "
            "file there."
        )
    if found.is_final_in(mark.language):
        raise WrongState(
            "The final edition in this language is made, so its words stay as they are. If they "
            "must change, ask the coordinator to open the period again."
        )
    handed_out = next(
        (
            edition
            for edition in found.editions
            if (edition.number, edition.language) == (mark.number, mark.language)
        ),
        None,
    )
    if handed_out is None:
        raise NotFound(
            "The draft that the file was made from is not kept here. Generate a draft, put the "
            "changes into its Word file, and choose that file."
        )
    kept = edition_file(session, handed_out.id, ReportForm.DOCX)
    before = read_edited_report(installation().files.content_of(kept.digest))
    passages = shown_passages(session, found, mark.language)
    return Comparison(
        mark=mark,
        found=found,
        result=changes_of(before, copy, [shown.passage for shown in passages]),
        passages={shown.passage.key: shown for shown in passages},
    )


def _read_kept(digest: str) -> CopyText:
    if not is_digest(digest):
        raise Invalid("The copy is not named. Choose the file once more.")
    return read_edited_report(installation().uploads.content_of(digest))


def _upload_page(period_id: int, form: CopyForm) -> str:
    with reading() as session:
        found = period_with_editions(session, period_id)
    return render_template(
        "biennial_reports/copy.html",
        period=found,
        form=form,
        drafts=[
            edition for edition in found.editions if edition.state == "draft" and edition.comes_back
        ],
    )


def _comparison_page(comparison: Comparison, form: TakeCopyForm, choices: Mapping[str, str]) -> str:
    form.seal.data = comparison.seal
    return render_template(
        "biennial_reports/copy_changes.html",
        period=comparison.found,
        mark=comparison.mark,
        form=form,
        changes=comparison.shown(choices),
        already=sum(change.is_there_already for change in comparison.result.changes),
        gone=comparison.result.gone,
        untaken=comparison.result.untaken,
    )
