"""What the records changed since the newest draft: found for the page, or by a task before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.database import Session
from tracker.domain.biennial_report.late_changes import (
    FoundChanges,
    LateChange,
    LateChanges,
    late_changes,
)
from tracker.queries.editions import Edition, PeriodWithEditions, edition_file
from tracker.queries.kept_compositions import find_composition, is_composed_apart
from tracker.queries.report_wordings import Wording, newest_wordings
from tracker.reading.edited_report import read_edited_report
from tracker.web.biennial_reports.composed import Composed, laid_over
from tracker.web.biennial_reports.views import edition_of_today
from tracker.web.transactions import installation
from tracker.writing.biennial_report import ReportForm
from tracker.writing.biennial_report.change_file import ChangeFile


@dataclass(frozen=True, slots=True)
class SinceDraft:
    """The newest draft in a language, and what changed since.

    ``is_known`` is False where a task must compose the report first; ``is_unread`` tells that
    it did, and could not read the draft.
    """

    draft: Edition | None
    changes: LateChanges
    composed: Composed
    is_known: bool = True
    is_unread: bool = False


def since_draft(session: Session, found: PeriodWithEditions, language: str) -> SinceDraft:
    """Return what changed since the newest draft, of a long report as a task found it."""
    draft = found.newest_draft_in(language)
    if draft is None:
        return SinceDraft(None, FoundChanges(()), Composed(None))
    wordings = newest_wordings(session, found.id, language)
    accepted = {key: each.composed for key, each in wordings.items() if each.text is None}
    if is_composed_apart(session, found.id):
        return _kept(session, found, draft, wordings, accepted)
    kept = edition_file(session, draft.id, ReportForm.DOCX)
    copy = read_edited_report(installation().files.content_of(kept.digest))
    document = edition_of_today(session, found, language).document
    changes = FoundChanges(late_changes(copy, document, accepted))
    return SinceDraft(draft, changes, Composed(None))


def _kept(
    session: Session,
    found: PeriodWithEditions,
    draft: Edition,
    wordings: Mapping[str, Wording],
    accepted: Mapping[str, str],
) -> SinceDraft:
    kept, task = find_composition(session, found.id, draft.language)
    composed = Composed(None, True, kept, task)
    if kept is None or kept.draft_id != draft.id:
        return SinceDraft(draft, FoundChanges(()), composed, is_known=False)
    if not kept.changes:
        return SinceDraft(draft, FoundChanges(()), composed, is_unread=True)
    path = installation().uploads.find_path(kept.changes)
    if path is None:
        return SinceDraft(draft, FoundChanges(()), replace(composed, kept=None), is_known=False)
    later = {
        key: wording for key, wording in wordings.items() if wording.written_at >= kept.composed_at
    }

    def is_settled(change: LateChange) -> bool:
        if change.passage is not None and change.key in later:
            change = replace(change, passage=laid_over(change.passage, later[change.key]))
        return change.is_settled(accepted)

    looked_at = ChangeFile(path).with_keys(wordings.keys())
    settled = {change.key for change in looked_at if is_settled(change)}
    return SinceDraft(draft, ChangeFile(path, settled), composed)
