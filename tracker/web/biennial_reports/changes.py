"""Views of what the records changed since the newest draft: seen and accepted one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.late_changes import CELLS, LateChange, late_changes
from tracker.domain.differences import Part, word_difference
from tracker.domain.permissions import Action
from tracker.queries.editions import (
    Edition,
    PeriodWithEditions,
    edition_file,
    period_with_editions,
)
from tracker.queries.report_wordings import newest_wordings
from tracker.reading.edited_report import read_edited_report
from tracker.services.report_wordings import NewWording, accept_composed, keep_wordings
from tracker.web.biennial_reports.views import blueprint, edition_of_today, language_choices
from tracker.web.biennial_reports.wording import chosen_language, digest_of_text
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm

Page = str | tuple[str, int] | Response
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ShownLateChange:
    """A late change as it is shown, with the mark of what it says."""

    change: LateChange

    @property
    def difference(self) -> list[Part]:
        """Return what changed in the running text."""
        return word_difference(*map(_without_empty_cells, (self.change.before, self.change.after)))

    @property
    def seal(self) -> str:
        """Return a mark by which it is seen that the same is accepted that was shown."""
        return digest_of_text(self.change.after)


@blueprint.get("/<int:period_id>/changes")
@requires(Action.GENERATE_REPORT)
def late(period_id: int) -> str:
    language = chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        draft = _newest_draft(found, language)
        changes = _changes(session, found, draft) if draft else ()
    return render_template(
        "biennial_reports/changes.html",
        period=found,
        draft=draft,
        changes=[ShownLateChange(change) for change in changes[:MOST_SHOWN]],
        seal=_seal_of([ShownLateChange(change) for change in changes]),
        total=len(changes),
        text_language=language,
        text_languages=language_choices(),
        is_final=found.is_final_in(language),
    )


@blueprint.post("/<int:period_id>/changes")
@requires(Action.GENERATE_REPORT)
def settle_late(period_id: int) -> Page:
    language, act = chosen_language(), request.form.get("act", "")
    back = redirect(url_for("biennial_reports.late", period_id=period_id, language=language), 303)
    with transaction() as session:
        found = period_with_editions(session, period_id)
        draft = _newest_draft(found, language)
        shown = [
            ShownLateChange(each) for each in (_changes(session, found, draft) if draft else ())
        ]
        chosen = [
            each
            for each in shown
            if each.change.key == request.form.get("key") and each.seal == request.form.get("seal")
        ]
        if act == "accept_all" and request.form.get("seal") == _seal_of(shown):
            chosen = shown
        if not chosen:
            flash(gettext("The records have changed again, so nothing was done. Look once more."))
            return back
        for each in chosen:
            _settle(session, period_id, language, each.change, holds_former=act == "hold")
    if act == "hold":
        flash(gettext("The former wording stays in the document."), "success")
    else:
        flash(
            ngettext(
                "The change is accepted; the next edition prints it.",
                "%(num)s changes are accepted; the next edition prints them.",
                len(chosen),
            ),
            "success",
        )
    return back


def _settle(
    session: Session, period_id: int, language: str, change: LateChange, *, holds_former: bool
) -> None:
    if holds_former and change.passage is not None:
        held = newest_wordings(session, period_id, language).get(change.key)
        wording = NewWording(change.key, change.after, change.before, held.id if held else 0)
        keep_wordings(
            session,
            period_id=period_id,
            language=language,
            wordings=[wording],
            actor=actor(),
            at=clock.now(),
        )
        return
    accept_composed(
        session,
        period_id=period_id,
        language=language,
        passage=change.key,
        composed=change.after,
        actor=actor(),
        at=clock.now(),
    )


def _without_empty_cells(text: str) -> str:
    return CELLS.join(cell for cell in text.split(CELLS) if cell.strip())


def _seal_of(shown: Sequence[ShownLateChange]) -> str:
    return digest_of_text(" ".join(f"{each.change.key}:{each.seal}" for each in shown))


def _newest_draft(found: PeriodWithEditions, language: str) -> Edition | None:
    drafts = (
        edition
        for edition in found.editions
        if edition.language == language
        and edition.state == "draft"
        and edition.comes_back
        and ReportForm.DOCX in edition.form_names
    )
    return max(drafts, key=lambda edition: edition.number, default=None)


def _changes(session: Session, found: PeriodWithEditions, draft: Edition) -> tuple[LateChange, ...]:
    kept = edition_file(session, draft.id, ReportForm.DOCX)
    copy = read_edited_report(installation().files.content_of(kept.digest))
    wordings = newest_wordings(session, found.id, draft.language)
    accepted = {key: each.composed for key, each in wordings.items() if each.text is None}
    document = edition_of_today(session, found, draft.language).document
    return late_changes(copy, document, accepted)
