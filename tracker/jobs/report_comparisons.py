"""Comparing editions and edited copies of a report that are too long for a page to do so."""

from collections.abc import Callable, Mapping
from functools import partial

from tracker.domain.biennial_report.comparison import compare_records
from tracker.domain.biennial_report.editing import edits_of
from tracker.domain.biennial_report.kept_edits import written_edits
from tracker.domain.biennial_report.records import EditionRecord, read_record
from tracker.domain.errors import N_, NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.editions import edition_file, edition_with_period
from tracker.reading.edited_report import read_edited_report
from tracker.services.kept_results import keep_written
from tracker.storage import FileStore
from tracker.writing.biennial_report.comparison_file import write_comparison


def compare_editions(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Put two editions side by side and keep that."""
    require(actor, Action.READ)
    progress(0, translate_into(actor.language)(N_("Comparing the editions")))
    before, after = (
        _record(installation, int(str(arguments[name]))) for name in ("before", "after")
    )
    write = partial(write_comparison, compare_records(before, after))
    return {"digest": keep_written(write, store=_store(installation))}


def compare_copy(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Compare an edited copy with the edition that it was made from and keep what was edited."""
    require(actor, Action.GENERATE_REPORT)
    progress(0, translate_into(actor.language)(N_("Comparing the file with the draft")))
    with installation.database.reading() as session:
        handed_out = edition_file(session, int(str(arguments["edition_id"])), "docx").digest
    edits = edits_of(
        read_edited_report(installation.files.content_of(handed_out)),
        read_edited_report(installation.uploads.content_of(str(arguments["copy"]))),
    )
    return {"digest": _store(installation).keep(written_edits(edits))}


def _record(installation: Installation, edition_id: int) -> EditionRecord:
    with installation.database.reading() as session:
        _, edition = edition_with_period(session, edition_id)
    if edition.record_digest is None:
        raise NotFound(
            "This edition was made before it was kept what it says, passage by passage. Choose a "
            "later one."
        )
    return read_record(installation.files.content_of(edition.record_digest))


def _store(installation: Installation) -> FileStore:
    """Return where uploads are, for what we write: the scanner does not look at that."""
    return FileStore(installation.uploads.folder)
