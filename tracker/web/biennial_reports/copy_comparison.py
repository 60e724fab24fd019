"""An edited copy against the edition it was made from, and against the report of today."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.database import Session
from tracker.domain.biennial_report.editing import (
    CopyChange,
    CopyChanges,
    CopyEdits,
    CopyMark,
    changes_by,
    edits_of,
)
from tracker.domain.biennial_report.kept_edits import read_edits
from tracker.domain.differences import Part
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.queries.editions import (
    Edition,
    PeriodWithEditions,
    edition_file,
    period_with_editions,
)
from tracker.queries.kept_comparisons import COPY_KIND, asked_of_copy, find_comparison
from tracker.reading.edited_report import read_copy_mark, read_edited_report
from tracker.storage import is_digest
from tracker.web.biennial_reports.composed import Composed, composed_today
from tracker.web.biennial_reports.wording import digest_of_text
from tracker.web.biennial_reports.work import Work
from tracker.web.stretches import (
    Items,
    Stretch,
    difference_bytes,
    shown_difference,
    stretch_of,
    text_bytes,
)
from tracker.web.transactions import installation
from tracker.writing.biennial_report import ReportForm

MOST_SHOWN = 60
CHANGE_BYTES = 1_550  # of HTML around the words of a change: three choices with their labels


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change of a copy as it is shown, under a number for its choice."""

    number: int
    change: CopyChange
    choice: str

    @property
    def difference(self) -> list[Part]:
        """Return what the copy changes against what it said when it was handed out."""
        return shown_difference(self.change.before, self.change.after)

    @property
    def bytes(self) -> int:
        """Return how many bytes of HTML it takes."""
        said = text_bytes(self.change.passage.text) if self.change.has_moved_on else 0
        return CHANGE_BYTES + said + difference_bytes(self.difference)


@dataclass(frozen=True, slots=True)
class CopyComparison:
    """What an edited copy would change in the report of today.

    ``result`` is None where the report is long and a task must compare the copy first, which
    ``work`` tells, or compose the report once the copy ``is_read``.
    """

    mark: CopyMark
    found: PeriodWithEditions
    composed: Composed
    work: Work
    is_read: bool
    result: CopyChanges | None

    def seen(self, choices: Mapping[str, str], first: int) -> Stretch[ShownChange]:
        """Return the changes from a place on that are not in the report, each with its choice."""
        changes = self.result.changes if self.result is not None else ()
        shown = (change for change in changes if not change.is_there_already)
        return stretch_of(
            Items(
                [
                    ShownChange(
                        number,
                        change,
                        choices.get(str(number), "leave" if change.has_moved_on else "take"),
                    )
                    for number, change in enumerate(shown, start=1)
                ]
            ),
            first,
            bytes_of=lambda each: each.bytes,
            most=MOST_SHOWN,
        )

    def seal(self, seen: Stretch[ShownChange]) -> str:
        """Return a mark by which it is seen that the same would be changed."""
        return digest_of_text(repr([(each.number, each.change) for each in seen.items]))


def compared_copy(session: Session, period_id: int, digest: str) -> CopyComparison:
    """Compare an uploaded copy with the edition that it was made from; refuse one of another."""
    if not is_digest(digest):
        raise Invalid("The copy is not named. Choose the file once more.")
    content = installation().uploads.content_of(digest)
    found, mark = period_with_editions(session, period_id), read_copy_mark(content)
    handed_out = edition_handed_out(found, mark)
    composed = composed_today(session, found, handed_out.language)
    if composed.is_apart:
        edits, work = _kept_edits(session, handed_out, digest)
    else:
        kept = edition_file(session, handed_out.id, ReportForm.DOCX)
        before = read_edited_report(installation().files.content_of(kept.digest))
        edits, work = edits_of(before, read_edited_report(content)), Work(None)
    result = None
    if edits is not None and composed.passages is not None:
        edited = {key for key, _, _ in edits.passages}
        result = changes_by(edits, composed.passages.with_keys(edited))
    return CopyComparison(
        mark=CopyMark(period_id, handed_out.number, handed_out.language),
        found=found,
        composed=composed,
        work=work,
        is_read=edits is not None,
        result=result,
    )


def edition_handed_out(found: PeriodWithEditions, mark: CopyMark | None) -> Edition:
    """Return the edition that a copy was made from; say what to do where it cannot be taken."""
    if mark is None:
        raise Invalid(
            "The file does not say which draft it was made from, so its changes cannot be found. "
            "Download a draft as Word here, put the changes into it, and choose that file."
        )
    if mark.period_id != found.id:
        raise Invalid(
            "The file is a copy of the report on another period. Open that report and choose the "
            "file there."
        )
    if found.is_final_in(mark.language):
        raise WrongState(
            "The final edition in this language is made, so its words stay as they are. If they "
            "must change, ask the coordinator to open the period again."
        )
    editions = (
        edition
        for edition in found.editions
        if (edition.number, edition.language) == (mark.number, mark.language)
    )
    handed_out = next(editions, None)
    if handed_out is None:
        raise NotFound(
            "The draft that the file was made from is not kept here. Generate a draft, put the "
            "changes into its Word file, and choose that file."
        )
    return handed_out


def _kept_edits(
    session: Session, handed_out: Edition, digest: str
) -> tuple[CopyEdits | None, Work]:
    """Return what a task found in a copy of a long report, None before it did."""
    kept, task = find_comparison(session, COPY_KIND, asked_of_copy(handed_out.id, digest))
    path = installation().uploads.find_path(kept) if kept else None
    return None if path is None else read_edits(path.read_bytes()), Work(task)
